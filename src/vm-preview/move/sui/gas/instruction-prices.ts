/** What each instruction does to the stack whose price depends on nothing else (gas_model/tables.rs). */
import { OPCODES, type OpcodeName } from '../../core/format';

interface StackChange {
  readonly pops: number;
  readonly pushes: number;
  /** What it adds to the size of the stack. */
  readonly size: number;
}

const change = (pops: number, pushes: number, size: number): StackChange => ({
  pops,
  pushes,
  size,
});

const LOAD = change(0, 1, 1);
const UNARY = change(1, 1, 1);
const BINARY = change(2, 1, 1);
const REFERENCE = 8;

const PREFIXES: readonly (readonly [RegExp, StackChange])[] = [
  [/^(Nop|Ret|Branch)$/, change(0, 0, 0)],
  [/^(BrTrue|BrFalse|Abort|VariantSwitch)$/, change(1, 0, 0)],
  [/^Ld(U\d+|True|False)$/, LOAD],
  [/^FreezeRef$/, change(1, 1, REFERENCE)],
  [/^(Imm|Mut)BorrowLoc$/, change(0, 1, REFERENCE)],
  [/^(Imm|Mut)BorrowField(Generic)?$/, change(1, 1, REFERENCE)],
  [/^(Cast\w+|Not)$/, UNARY],
  [/^(Add|Sub|Mul|Mod|Div|BitOr|BitAnd|Xor|Shl|Shr|Or|And|Lt|Gt|Le|Ge)$/, BINARY],
  [/^VecLen$/, UNARY],
  [/^Vec(Imm|Mut)Borrow$/, change(2, 1, REFERENCE)],
  [/^VecSwap$/, change(1, 1, 0)],
];

function changeOf(name: OpcodeName): StackChange | undefined {
  return PREFIXES.find(([pattern]) => pattern.test(name))?.[1];
}

/** By opcode; undefined for those that are priced by what they work on. */
export const STACK_CHANGES: readonly (StackChange | undefined)[] = OPCODES.sui.map((opcode) =>
  opcode === undefined ? undefined : changeOf(opcode.name),
);
