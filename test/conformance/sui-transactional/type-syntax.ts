/** Types as tests write them, with named addresses (move-core-types, parsing/types.rs). */
import { parseTypeTag, type TypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import { Syntax } from './syntax';

const PRIMITIVE = /(?:bool|address|signer|u8|u16|u32|u64|u128|u256)(?![a-zA-Z0-9_])/y;
const NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const NUMBER = /0x[0-9a-fA-F]+|[0-9]+/y;

export function parseType(syntax: Syntax, address: (name: string) => Uint8Array): TypeTag {
  const [primitive] = syntax.take(PRIMITIVE) ?? [];
  if (primitive !== undefined) return parseTypeTag(primitive);
  if (syntax.accept('vector<')) {
    const element = parseType(syntax, address);
    syntax.expect('>');
    return { kind: 'vector', element };
  }
  const [number] = syntax.take(NUMBER) ?? [];
  const of =
    number === undefined
      ? address(syntax.need(NAME))
      : Address.parse(`0x${BigInt(number).toString(16)}`).bytes;
  syntax.expect('::');
  const module = syntax.need(NAME);
  syntax.expect('::');
  const name = syntax.need(NAME);
  const typeArguments = syntax.accept('<')
    ? syntax.list('>', () => parseType(syntax, address))
    : [];
  return { kind: 'struct', address: of, module, name, typeArguments };
}

export function parseTypeText(text: string, address: (name: string) => Uint8Array): TypeTag {
  const syntax = new Syntax(text);
  const type = parseType(syntax, address);
  if (!syntax.ended) throw new Error(`no type: ${text}`);
  return type;
}
