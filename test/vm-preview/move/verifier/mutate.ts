/** Breaks one thing in a module. */
import {
  type Code,
  type CompiledModule,
  type Flavour,
  type FunctionDefinition,
  OPCODES,
  OPERANDS,
  type Opcode,
  type Operand,
  type SignatureToken,
  type StructDefinition,
} from '../../../../src/vm-preview/move/core/format';

/** What is broken, as numbers that are taken modulo what there is. */
export interface Mutation {
  readonly kind:
    | 'opcode'
    | 'operand'
    | 'remove'
    | 'repeat'
    | 'swap'
    | 'type'
    | 'abilities'
    | 'constraint'
    | 'field'
    | 'acquires';
  readonly at: number;
  readonly pc: number;
  readonly value: number;
}

export const MUTATION_KINDS: readonly Mutation['kind'][] = [
  ...(['opcode', 'opcode', 'operand', 'operand', 'remove', 'repeat', 'swap'] as const),
  ...(['type', 'abilities', 'constraint', 'field', 'acquires'] as const),
];

const TYPES: readonly SignatureToken[] = (
  ['bool', 'u8', 'u64', 'u128', 'address', 'signer'] as const
).map((kind) => ({ kind }));

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** Instructions whose operands are alike may stand for each other. */
const ALIKE: Readonly<Record<Flavour, ReadonlyMap<string, readonly Opcode[]>>> = {
  aptos: byOperand('aptos'),
  sui: byOperand('sui'),
};

function byOperand(flavour: Flavour): ReadonlyMap<string, readonly Opcode[]> {
  const groups = new Map<string, Opcode[]>();
  for (const opcode of OPCODES[flavour]) {
    if (opcode === undefined) continue;
    groups.set(opcode.operand, [...(groups.get(opcode.operand) ?? []), opcode]);
  }
  return groups;
}

/** @returns the module with one thing changed, and in which function (by definition) if in one */
export function mutate(
  module: CompiledModule,
  mutation: Mutation,
): { readonly module: CompiledModule; readonly definition: number | undefined } {
  const { kind, at, value } = mutation;
  switch (kind) {
    case 'type': {
      const index = at % module.signatures.length;
      const signature = module.signatures[index] ?? [];
      const place = mutation.pc % Math.max(1, signature.length);
      const changed = signature.map((type, i) => (i === place ? otherType(type, value) : type));
      const signatures = module.signatures.map((known, i) => (i === index ? changed : known));
      return { module: { ...module, signatures }, definition: undefined };
    }
    case 'abilities': {
      const datatypeHandles = changed(module.datatypeHandles, at, (handle) => ({
        ...handle,
        abilities: handle.abilities ^ (1 << (value % 4)),
      }));
      return { module: { ...module, datatypeHandles }, definition: undefined };
    }
    case 'constraint': {
      const functionHandles = changed(module.functionHandles, at, (handle) => ({
        ...handle,
        typeParameters: changed(
          handle.typeParameters,
          mutation.pc,
          (set) => set ^ (1 << (value % 4)),
        ),
      }));
      return { module: { ...module, functionHandles }, definition: undefined };
    }
    case 'field': {
      const structDefinitions = changed(
        module.structDefinitions,
        at,
        (struct): StructDefinition =>
          struct.fields.kind !== 'declared'
            ? struct
            : {
                ...struct,
                fields: {
                  kind: 'declared',
                  fields: changed(struct.fields.fields, mutation.pc, (field) => ({
                    ...field,
                    type: otherType(field.type, value),
                  })),
                },
              },
      );
      return { module: { ...module, structDefinitions }, definition: undefined };
    }
    default:
      return inFunction(module, mutation);
  }
}

function inFunction(module: CompiledModule, mutation: Mutation) {
  const withCode = module.functionDefinitions.flatMap(({ code }, i) =>
    code === undefined || code.ops.length < 2 ? [] : [i],
  );
  const definition = pick(withCode, mutation.at);
  const functionDefinitions = module.functionDefinitions.map((entry, i): FunctionDefinition => {
    if (i !== definition || entry.code === undefined) return entry;
    if (mutation.kind !== 'acquires')
      return { ...entry, code: mutateCode(module, entry.code, mutation) };
    const acquires =
      entry.acquires.length > 0
        ? entry.acquires.slice(1)
        : [mutation.value % Math.max(1, module.structDefinitions.length)];
    return { ...entry, acquires: module.structDefinitions.length === 0 ? [] : acquires };
  });
  return { module: { ...module, functionDefinitions }, definition };
}

interface Step {
  op: number;
  operand: number;
  immediate: bigint | undefined;
}

function mutateCode({ flavour, ...module }: CompiledModule, code: Code, mutation: Mutation): Code {
  const steps: Step[] = [...code.ops].map((op, pc) => ({
    op,
    operand: code.operands[pc] ?? 0,
    immediate: code.immediates.get(pc),
  }));
  const pc = mutation.pc % steps.length;
  const step = steps[pc];
  const opcode = step && OPCODES[flavour][step.op];
  if (step === undefined || opcode === undefined) return code;
  const candidates = (ALIKE[flavour].get(opcode.operand) ?? []).filter(
    ({ since }) => since <= module.version,
  );
  if (mutation.kind === 'opcode') step.op = pick(candidates, mutation.value)?.byte ?? step.op;
  else if (mutation.kind === 'operand') {
    const operand: Operand = OPERANDS[opcode.operand];
    const table = operand.form === 'index' ? operand.table : undefined;
    const size = table === undefined ? sizeOf(opcode, steps.length) : module[table].length;
    step.operand = mutation.value % Math.max(1, size);
  } else if (mutation.kind === 'remove') steps.splice(pc, 1);
  else if (mutation.kind === 'repeat') steps.splice(pc, 0, { ...step });
  else if (mutation.kind === 'swap') steps.splice(pc, 2, ...steps.slice(pc, pc + 2).reverse());
  return {
    ...code,
    ops: Uint8Array.from(steps, ({ op }) => op),
    operands: Uint32Array.from(steps, ({ operand }) => operand),
    immediates: new Map(
      steps.flatMap(({ immediate }, i) =>
        immediate === undefined ? [] : [[i, immediate] as const],
      ),
    ),
  };
}

function sizeOf({ operand }: Opcode, length: number): number {
  return operand === 'codeOffset' ? length : operand === 'local' ? 6 : 1;
}

function changed<T>(list: readonly T[], at: number, change: (entry: T) => T): readonly T[] {
  const index = at % Math.max(1, list.length);
  return list.map((entry, i) => (i === index ? change(entry) : entry));
}

function otherType(type: SignatureToken, value: number): SignatureToken {
  if (value % 3 === 0 && type.kind === 'reference') return { ...type, mutable: !type.mutable };
  if (value % 3 === 1) return { kind: 'vector', element: type };
  return pick(TYPES, value) ?? type;
}
