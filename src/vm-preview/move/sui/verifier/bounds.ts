/** Bounds on names, jumps and types in published code (move-bytecode-verifier, limits.rs and others). */
import { CannotPreview } from '../../../errors';
import type { Code, CompiledModule, FunctionDefinition, SignatureToken } from '../../core/format';
import { at } from '../../core/loader/at';
import { VerificationError } from '../../core/verifier';
import { type CodeReader, needed } from '../../core/verifier/instruction';
import type { SuiRules } from './rules';

/** More than any node of a type weighs for the chain. */
const NODE_WEIGHT = 4;

/** @throws VerificationError; CannotPreview where only the chain's own count could tell */
export function checkBounds(module: CompiledModule, reader: CodeReader, rules: SuiRules): void {
  if (rules.bansSelfName && module.identifiers.includes('<SELF>'))
    throw new VerificationError('INVALID_IDENTIFIER');
  if (rules.bansUnusedJumps)
    for (const { code } of module.functionDefinitions)
      if (code !== undefined && hasUnusedJumps(code, reader)) throw unusedJumps();
  checkTypeNodes(module, reader, rules);
}

function hasUnusedJumps(code: Code, reader: CodeReader): boolean {
  const used = reader
    .instructions(code)
    .filter(({ operation }) => operation === 'VariantSwitch').length;
  return used < code.jumpTables.length;
}

/** Compilers make none, and how the chain calls the error is not known. */
function unusedJumps(): CannotPreview {
  return new CannotPreview(
    'sui-unused-jumps',
    'published code with a table of jumps that is not used',
  );
}

function checkTypeNodes(module: CompiledModule, reader: CodeReader, rules: SuiRules): void {
  const { maxTypeNodesPerFunction: perFunction, maxTypeNodesPerModule: perModule } = rules;
  if (perFunction === undefined && perModule === undefined) return;
  let all = 0;
  for (const definition of module.functionDefinitions) {
    const nodes = mostNodes(module, definition, reader);
    if (nodes > (perFunction ?? nodes)) throw tooManyNodes();
    all += nodes;
  }
  if (all > (perModule ?? all)) throw tooManyNodes();
}

function tooManyNodes(): CannotPreview {
  return new CannotPreview('sui-type-nodes', 'published code with as many type arguments as this');
}

/** At least as many as the chain counts: of signatures, locals and all type arguments. */
function mostNodes(
  module: CompiledModule,
  { handle: handleIndex, code }: FunctionDefinition,
  reader: CodeReader,
): number {
  const handle = at(module.functionHandles, handleIndex);
  const signatures = [handle.parameters, handle.returns];
  if (code !== undefined) {
    signatures.push(code.locals);
    for (const { generic, typeArguments } of reader.instructions(code))
      if (generic) signatures.push(needed(typeArguments));
  }
  return signatures.reduce((sum, index) => sum + weigh(at(module.signatures, index)), 0);
}

const weigh = (types: readonly SignatureToken[]): number =>
  types.reduce((sum, type) => sum + NODE_WEIGHT * nodesOf(type), 0);

function nodesOf(type: SignatureToken): number {
  switch (type.kind) {
    case 'vector':
      return 1 + nodesOf(type.element);
    case 'reference':
      return 1 + nodesOf(type.to);
    case 'datatype':
      return type.typeArguments.reduce((sum, argument) => sum + nodesOf(argument), 1);
    default:
      return 1;
  }
}
