/** Commands of a programmable transaction as tests write them (programmable_transaction_test_parser). */
import type { TypeTag } from '../../../src/vm-preview/move/core/types';
import type { Argument, Command } from '../../../src/vm-preview/move/sui';
import { Syntax } from './syntax';
import { parseType } from './type-syntax';

export interface Names {
  /** 32 bytes of a named address. */
  address(name: string): Uint8Array;
  /** Modules of a staged package. */
  staged(name: string): readonly Uint8Array[] | undefined;
}

const NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const NUMBER = /[0-9][0-9_]*/y;
/** Blanks, and comments that are no commands. */
const SKIPPED = /(?:\s+|\/\/(?!>)[^\n]*(?:\n|$))+/y;
/** A comment with none inside. */
const COMMENT = /\/\*(?:(?!\/\*)[\s\S])*?\*\//g;

export function parseCommands(text: string, names: Names): Command[] {
  if (/(?:^|\n)\s*\/\/\s+>/.test(text))
    throw new Error('Remove whitespace between // and > to start a command');
  const syntax = new Syntax(withoutComments(text), SKIPPED);
  const commands: Command[] = [];
  const places: (number | undefined)[] = [];
  while (!syntax.ended) {
    syntax.expect('//>');
    const place = syntax.take(/([0-9]+)\s*:(?!:)/y)?.[1];
    places.push(place === undefined ? undefined : Number(place));
    commands.push(command(syntax, names));
    if (!syntax.accept(';')) break;
  }
  if (!syntax.ended)
    throw new Error(`Expected end of token stream. Got: ${syntax.rest.slice(0, 40)}`);
  for (const [i, place] of places.entries())
    if (place !== undefined && place !== i)
      throw new Error(`Actual command index of ${i} does not match annotated index ${place}`);
  return commands;
}

/** They nest. */
function withoutComments(text: string): string {
  const shorter = text.replace(COMMENT, ' ');
  return shorter === text ? text : withoutComments(shorter);
}

function command(syntax: Syntax, names: Names): Command {
  const name = syntax.need(NAME);
  if (syntax.accept('::')) return moveCall(syntax, names, name);
  const type = name === 'MakeMoveVec' ? typesOf(syntax, names)?.[0] : undefined;
  syntax.expect('(');
  const made = builtIn(syntax, names, name, type);
  syntax.accept(',');
  syntax.expect(')');
  return made;
}

function moveCall(syntax: Syntax, names: Names, packageName: string): Command {
  const module = syntax.need(NAME);
  syntax.expect('::');
  const call = {
    package: names.address(packageName),
    module,
    function: syntax.need(NAME),
    typeArguments: typesOf(syntax, names) ?? [],
  };
  syntax.expect('(');
  return { kind: 'moveCall', call: { ...call, args: syntax.list(')', () => argument(syntax)) } };
}

function builtIn(syntax: Syntax, names: Names, name: string, type: TypeTag | undefined): Command {
  const list = (): Argument[] => {
    syntax.expect('[');
    return syntax.list(']', () => argument(syntax));
  };
  switch (name) {
    case 'TransferObjects': {
      const objects = list();
      syntax.expect(',');
      return { kind: 'transferObjects', objects, address: argument(syntax) };
    }
    case 'SplitCoins': {
      const coin = argument(syntax);
      syntax.expect(',');
      return { kind: 'splitCoins', coin, amounts: list() };
    }
    case 'MergeCoins': {
      const destination = argument(syntax);
      syntax.expect(',');
      return { kind: 'mergeCoins', destination, sources: list() };
    }
    case 'MakeMoveVec':
      return { kind: 'makeMoveVec', type, elements: list() };
    case 'Publish':
      return { kind: 'publish', ...staged(syntax, names) };
    case 'Upgrade': {
      const upgrade = staged(syntax, names);
      syntax.expect(',');
      const upgraded = names.address(syntax.need(NAME));
      syntax.expect(',');
      return { kind: 'upgrade', ...upgrade, package: upgraded, ticket: argument(syntax) };
    }
    default:
      throw new Error(`no command: ${name}`);
  }
}

function staged(
  syntax: Syntax,
  names: Names,
): { modules: readonly Uint8Array[]; dependencies: readonly Uint8Array[] } {
  const name = syntax.need(NAME);
  const modules = names.staged(name);
  if (modules === undefined) throw new Error(`No staged package '${name}'`);
  syntax.expect(',');
  syntax.expect('[');
  return { modules, dependencies: syntax.list(']', () => names.address(syntax.need(NAME))) };
}

function argument(syntax: Syntax): Argument {
  const name = syntax.need(NAME);
  if (name === 'Gas') return { kind: 'gasCoin' };
  syntax.expect('(');
  const numbers = syntax.list(')', () => Number(syntax.need(NUMBER).replaceAll('_', '')));
  const [index, nested] = numbers;
  if (index === undefined) throw new Error(`no argument: ${name}`);
  if (name === 'NestedResult' && nested !== undefined)
    return { kind: 'nestedResult', index, nested };
  if (name === 'Input') return { kind: 'input', index };
  if (name === 'Result') return { kind: 'result', index };
  throw new Error(`no argument: ${name}`);
}

function typesOf(syntax: Syntax, names: Names): TypeTag[] | undefined {
  if (!syntax.accept('<')) return undefined;
  return syntax.list('>', () => parseType(syntax, (name) => names.address(name)));
}
