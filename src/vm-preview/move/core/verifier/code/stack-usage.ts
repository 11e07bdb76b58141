/** Each block leaves the stack as it found it, and never takes what it did not push (stack_usage_verifier.rs). */
import { at } from '../../loader/at';
import type { Instruction, Operation } from '../instruction';
import { type FunctionContext, failAt } from './context';

/** How many values an instruction takes and how many it pushes. */
type Effect = readonly [pops: number, pushes: number];

export function checkStackUsage(context: FunctionContext): void {
  const { config, flow, instructions } = context;
  for (const { start, end } of flow.blocks) {
    let height = 0;
    let pushed = 0;
    for (let pc = start; pc <= end; pc++) {
      const [pops, pushes] = effectOf(context, at(instructions, pc));
      pushed += pushes;
      if (pushed > config.maxPushSize) throw failAt(context, 'VALUE_STACK_PUSH_OVERFLOW', start);
      if (height < pops) throw failAt(context, 'NEGATIVE_STACK_SIZE_WITHIN_BLOCK', start);
      height += pushes - pops;
      if (height > config.maxValueStackSize) throw failAt(context, 'VALUE_STACK_OVERFLOW', start);
    }
    if (height > 0) throw failAt(context, 'POSITIVE_STACK_SIZE_AT_BLOCK_END', start);
  }
}

const TAKES_ONE: Effect = [1, 0];
const TAKES_TWO: Effect = [2, 0];
const GIVES_ONE: Effect = [0, 1];
const ONE_TO_ONE: Effect = [1, 1];
const TWO_TO_ONE: Effect = [2, 1];
const NOTHING: Effect = [0, 0];

export function effectOf(context: FunctionContext, instruction: Instruction): Effect {
  const effect = EFFECTS[instruction.operation];
  return typeof effect === 'function' ? effect(context, instruction) : effect;
}

function call({ unit }: FunctionContext, { functionHandle }: Instruction): Effect {
  const { parameters, returns } = at(unit.functionHandles, functionHandle ?? 0);
  return [at(unit.signatures, parameters).length, at(unit.signatures, returns).length];
}

function callClosure({ unit }: FunctionContext, { operand }: Instruction): Effect {
  const [type] = at(unit.signatures, operand);
  // The signature checker has seen that it is one.
  return type?.kind === 'function' ? [1 + type.parameters.length, type.results.length] : NOTHING;
}

function packClosure(_: FunctionContext, { immediate }: Instruction): Effect {
  return [capturedCount(immediate), 1];
}

export function capturedCount(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) count++;
  return count;
}

const pack = (_: FunctionContext, { datatype }: Instruction): Effect => [
  datatype?.fields?.length ?? 0,
  1,
];
const unpack = (_: FunctionContext, { datatype }: Instruction): Effect => [
  1,
  datatype?.fields?.length ?? 0,
];

const EFFECTS: Readonly<
  Record<Operation, Effect | ((context: FunctionContext, instruction: Instruction) => Effect)>
> = {
  Pop: TAKES_ONE,
  BrTrue: TAKES_ONE,
  BrFalse: TAKES_ONE,
  StLoc: TAKES_ONE,
  Abort: TAKES_ONE,
  VariantSwitch: TAKES_ONE,
  LdU8: GIVES_ONE,
  LdU16: GIVES_ONE,
  LdU32: GIVES_ONE,
  LdU64: GIVES_ONE,
  LdU128: GIVES_ONE,
  LdU256: GIVES_ONE,
  LdI8: GIVES_ONE,
  LdI16: GIVES_ONE,
  LdI32: GIVES_ONE,
  LdI64: GIVES_ONE,
  LdI128: GIVES_ONE,
  LdI256: GIVES_ONE,
  LdTrue: GIVES_ONE,
  LdFalse: GIVES_ONE,
  LdConst: GIVES_ONE,
  CopyLoc: GIVES_ONE,
  MoveLoc: GIVES_ONE,
  MutBorrowLoc: GIVES_ONE,
  ImmBorrowLoc: GIVES_ONE,
  Not: ONE_TO_ONE,
  Negate: ONE_TO_ONE,
  FreezeRef: ONE_TO_ONE,
  ReadRef: ONE_TO_ONE,
  Exists: ONE_TO_ONE,
  MutBorrowGlobal: ONE_TO_ONE,
  ImmBorrowGlobal: ONE_TO_ONE,
  MutBorrowField: ONE_TO_ONE,
  ImmBorrowField: ONE_TO_ONE,
  MutBorrowVariantField: ONE_TO_ONE,
  ImmBorrowVariantField: ONE_TO_ONE,
  TestVariant: ONE_TO_ONE,
  MoveFrom: ONE_TO_ONE,
  CastU8: ONE_TO_ONE,
  CastU16: ONE_TO_ONE,
  CastU32: ONE_TO_ONE,
  CastU64: ONE_TO_ONE,
  CastU128: ONE_TO_ONE,
  CastU256: ONE_TO_ONE,
  CastI8: ONE_TO_ONE,
  CastI16: ONE_TO_ONE,
  CastI32: ONE_TO_ONE,
  CastI64: ONE_TO_ONE,
  CastI128: ONE_TO_ONE,
  CastI256: ONE_TO_ONE,
  VecLen: ONE_TO_ONE,
  VecPopBack: ONE_TO_ONE,
  Add: TWO_TO_ONE,
  Sub: TWO_TO_ONE,
  Mul: TWO_TO_ONE,
  Mod: TWO_TO_ONE,
  Div: TWO_TO_ONE,
  BitOr: TWO_TO_ONE,
  BitAnd: TWO_TO_ONE,
  Xor: TWO_TO_ONE,
  Shl: TWO_TO_ONE,
  Shr: TWO_TO_ONE,
  Or: TWO_TO_ONE,
  And: TWO_TO_ONE,
  Eq: TWO_TO_ONE,
  Neq: TWO_TO_ONE,
  Lt: TWO_TO_ONE,
  Gt: TWO_TO_ONE,
  Le: TWO_TO_ONE,
  Ge: TWO_TO_ONE,
  VecImmBorrow: TWO_TO_ONE,
  VecMutBorrow: TWO_TO_ONE,
  VecPack: (_, { immediate }) => [Number(immediate), 1],
  VecUnpack: (_, { immediate }) => [1, Number(immediate)],
  VecSwap: [3, 0],
  MoveTo: TAKES_TWO,
  WriteRef: TAKES_TWO,
  VecPushBack: TAKES_TWO,
  AbortMsg: TAKES_TWO,
  Branch: NOTHING,
  Nop: NOTHING,
  Ret: ({ returns }) => [returns.length, 0],
  Call: call,
  CallClosure: callClosure,
  PackClosure: packClosure,
  Pack: pack,
  PackVariant: pack,
  Unpack: unpack,
  UnpackVariant: unpack,
  UnpackVariantImmRef: unpack,
  UnpackVariantMutRef: unpack,
};
