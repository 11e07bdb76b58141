/** How much work it takes to look at a module, for its size (move-binary-format, check_complexity.rs). */
import {
  type Code,
  type CompiledModule,
  OPCODES,
  OPERANDS,
  type Operand,
  type SignatureToken,
} from '../../core/format';
import { VmError } from './status';

const PER_TYPE_NODE = 8;
const BASE_BUDGET = 2048;
const BUDGET_PER_BYTE = 20;

const INSTANTIATIONS = [
  'functionInstantiations',
  'structInstantiations',
  'fieldInstantiations',
  'variantInstantiations',
  'variantFieldInstantiations',
] as const;

/** @param size - of the module, in bytes. @throws VmError PROGRAM_TOO_COMPLEX */
export function requireSimpleEnough(module: CompiledModule, size: number): void {
  if (complexity(module) > BASE_BUDGET + BUDGET_PER_BYTE * size)
    throw new VmError('PROGRAM_TOO_COMPLEX');
}

function complexity(module: CompiledModule): number {
  const identifier = (index: number): number =>
    new TextEncoder().encode(module.identifiers[index] ?? '').length;
  const moduleName = (index: number): number => identifier(module.moduleHandles[index]?.name ?? -1);
  const datatypeName = (index: number): number => {
    const handle = module.datatypeHandles[index];
    return handle === undefined ? 0 : identifier(handle.name) + moduleName(handle.module);
  };
  const token = (type: SignatureToken): number => {
    const name = type.kind === 'datatype' ? datatypeName(type.handle) : 0;
    return PER_TYPE_NODE + name + sum(children(type).map(token));
  };
  const signatures = module.signatures.map((types) => sum(types.map(token)));
  const signature = (index: number): number => signatures[index] ?? 0;
  const code = ({ locals, ops, operands }: Code): number => {
    let cost = signature(locals);
    for (const [pc, byte] of ops.entries()) {
      const index = operands[pc] ?? 0;
      const table = TABLE_OF[byte];
      if (table === 'signatures') cost += signature(index);
      const found = INSTANTIATIONS.find((name) => name === table);
      if (found !== undefined) cost += signature(module[found][index]?.typeArguments ?? -1);
    }
    return cost;
  };
  const instantiated = (
    ['functionInstantiations', 'structInstantiations', 'fieldInstantiations'] as const
  ).flatMap((table) => module[table].map(({ typeArguments }) => signature(typeArguments)));
  const functions = module.functionHandles.map(
    ({ module: owner, name, parameters, returns }) =>
      moduleName(owner) + identifier(name) + signature(parameters) + signature(returns),
  );
  const datatypes = module.datatypeHandles.map((_, index) => datatypeName(index));
  const bodies = module.functionDefinitions.map((each) => (each.code ? code(each.code) : 0));
  const structs = module.structDefinitions.map(({ fields }) => {
    if (fields.kind === 'native') return 0;
    const variants = fields.kind === 'declared' ? [] : fields.variants;
    const all =
      fields.kind === 'declared' ? fields.fields : variants.flatMap((variant) => variant.fields);
    const names = sum(variants.map(({ name }) => identifier(name)));
    return names + sum(all.map(({ type }) => nodes(type)));
  });
  return sum([...signatures, ...instantiated, ...functions, ...datatypes, ...bodies, ...structs]);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const nodes = (type: SignatureToken): number => 1 + sum(children(type).map(nodes));

function children(type: SignatureToken): readonly SignatureToken[] {
  switch (type.kind) {
    case 'vector':
      return [type.element];
    case 'reference':
      return [type.to];
    case 'datatype':
      return type.typeArguments;
    case 'function':
      return [...type.parameters, ...type.results];
    default:
      return [];
  }
}

/** Of an instruction's operand, by its opcode. */
const TABLE_OF = Array.from({ length: 256 }, (_, byte) => {
  const opcode = OPCODES.aptos[byte];
  const operand: Operand | undefined = opcode && OPERANDS[opcode.operand];
  return operand?.form === 'index' ? operand.table : undefined;
});
