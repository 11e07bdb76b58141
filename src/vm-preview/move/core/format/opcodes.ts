import type { Flavour } from './config';
import type { OperandKind } from './operands';

/** An instruction of the format: its byte, the chain's name for it, what follows, since which version. */
type Row = readonly [byte: number, name: string, operand: OperandKind, since: number];

// biome-ignore format: one row per opcode
const SHARED = [
  [0x01, 'Pop', 'none', 5],
  [0x02, 'Ret', 'none', 5],
  [0x03, 'BrTrue', 'codeOffset', 5],
  [0x04, 'BrFalse', 'codeOffset', 5],
  [0x05, 'Branch', 'codeOffset', 5],
  [0x06, 'LdU64', 'u64', 5],
  [0x07, 'LdConst', 'constant', 5],
  [0x08, 'LdTrue', 'none', 5],
  [0x09, 'LdFalse', 'none', 5],
  [0x0a, 'CopyLoc', 'local', 5],
  [0x0b, 'MoveLoc', 'local', 5],
  [0x0c, 'StLoc', 'local', 5],
  [0x0d, 'MutBorrowLoc', 'local', 5],
  [0x0e, 'ImmBorrowLoc', 'local', 5],
  [0x0f, 'MutBorrowField', 'fieldHandle', 5],
  [0x10, 'ImmBorrowField', 'fieldHandle', 5],
  [0x11, 'Call', 'functionHandle', 5],
  [0x12, 'Pack', 'structDefinition', 5],
  [0x13, 'Unpack', 'structDefinition', 5],
  [0x14, 'ReadRef', 'none', 5],
  [0x15, 'WriteRef', 'none', 5],
  [0x16, 'Add', 'none', 5],
  [0x17, 'Sub', 'none', 5],
  [0x18, 'Mul', 'none', 5],
  [0x19, 'Mod', 'none', 5],
  [0x1a, 'Div', 'none', 5],
  [0x1b, 'BitOr', 'none', 5],
  [0x1c, 'BitAnd', 'none', 5],
  [0x1d, 'Xor', 'none', 5],
  [0x1e, 'Or', 'none', 5],
  [0x1f, 'And', 'none', 5],
  [0x20, 'Not', 'none', 5],
  [0x21, 'Eq', 'none', 5],
  [0x22, 'Neq', 'none', 5],
  [0x23, 'Lt', 'none', 5],
  [0x24, 'Gt', 'none', 5],
  [0x25, 'Le', 'none', 5],
  [0x26, 'Ge', 'none', 5],
  [0x27, 'Abort', 'none', 5],
  [0x28, 'Nop', 'none', 5],
  [0x29, 'Exists', 'structDefinition', 5],
  [0x2a, 'MutBorrowGlobal', 'structDefinition', 5],
  [0x2b, 'ImmBorrowGlobal', 'structDefinition', 5],
  [0x2c, 'MoveFrom', 'structDefinition', 5],
  [0x2d, 'MoveTo', 'structDefinition', 5],
  [0x2e, 'FreezeRef', 'none', 5],
  [0x2f, 'Shl', 'none', 5],
  [0x30, 'Shr', 'none', 5],
  [0x31, 'LdU8', 'u8', 5],
  [0x32, 'LdU128', 'u128', 5],
  [0x33, 'CastU8', 'none', 5],
  [0x34, 'CastU64', 'none', 5],
  [0x35, 'CastU128', 'none', 5],
  [0x36, 'MutBorrowFieldGeneric', 'fieldInstantiation', 5],
  [0x37, 'ImmBorrowFieldGeneric', 'fieldInstantiation', 5],
  [0x38, 'CallGeneric', 'functionInstantiation', 5],
  [0x39, 'PackGeneric', 'structInstantiation', 5],
  [0x3a, 'UnpackGeneric', 'structInstantiation', 5],
  [0x3b, 'ExistsGeneric', 'structInstantiation', 5],
  [0x3c, 'MutBorrowGlobalGeneric', 'structInstantiation', 5],
  [0x3d, 'ImmBorrowGlobalGeneric', 'structInstantiation', 5],
  [0x3e, 'MoveFromGeneric', 'structInstantiation', 5],
  [0x3f, 'MoveToGeneric', 'structInstantiation', 5],
  [0x40, 'VecPack', 'signatureCount', 5],
  [0x41, 'VecLen', 'signature', 5],
  [0x42, 'VecImmBorrow', 'signature', 5],
  [0x43, 'VecMutBorrow', 'signature', 5],
  [0x44, 'VecPushBack', 'signature', 5],
  [0x45, 'VecPopBack', 'signature', 5],
  [0x46, 'VecUnpack', 'signatureCount', 5],
  [0x47, 'VecSwap', 'signature', 5],
  [0x48, 'LdU16', 'u16', 6],
  [0x49, 'LdU32', 'u32', 6],
  [0x4a, 'LdU256', 'u256', 6],
  [0x4b, 'CastU16', 'none', 6],
  [0x4c, 'CastU32', 'none', 6],
  [0x4d, 'CastU256', 'none', 6],
] as const satisfies readonly Row[];

/** From 0x4e on the same byte means different things on the two chains. */
// biome-ignore format: one row per opcode
const APTOS = [
  [0x4e, 'ImmBorrowVariantField', 'variantFieldHandle', 7],
  [0x4f, 'MutBorrowVariantField', 'variantFieldHandle', 7],
  [0x50, 'ImmBorrowVariantFieldGeneric', 'variantFieldInstantiation', 7],
  [0x51, 'MutBorrowVariantFieldGeneric', 'variantFieldInstantiation', 7],
  [0x52, 'PackVariant', 'variantHandle', 7],
  [0x53, 'PackVariantGeneric', 'variantInstantiation', 7],
  [0x54, 'UnpackVariant', 'variantHandle', 7],
  [0x55, 'UnpackVariantGeneric', 'variantInstantiation', 7],
  [0x56, 'TestVariant', 'variantHandle', 7],
  [0x57, 'TestVariantGeneric', 'variantInstantiation', 7],
  [0x58, 'PackClosure', 'closure', 8],
  [0x59, 'PackClosureGeneric', 'closureGeneric', 8],
  [0x5a, 'CallClosure', 'signature', 8],
  [0x5b, 'LdI8', 'i8', 9],
  [0x5c, 'LdI16', 'i16', 9],
  [0x5d, 'LdI32', 'i32', 9],
  [0x5e, 'LdI64', 'i64', 9],
  [0x5f, 'LdI128', 'i128', 9],
  [0x60, 'LdI256', 'i256', 9],
  [0x61, 'CastI8', 'none', 9],
  [0x62, 'CastI16', 'none', 9],
  [0x63, 'CastI32', 'none', 9],
  [0x64, 'CastI64', 'none', 9],
  [0x65, 'CastI128', 'none', 9],
  [0x66, 'CastI256', 'none', 9],
  [0x67, 'Negate', 'none', 9],
  [0x68, 'AbortMsg', 'none', 10],
] as const satisfies readonly Row[];

// biome-ignore format: one row per opcode
const SUI = [
  [0x4e, 'PackVariant', 'enumVariantHandle', 7],
  [0x4f, 'PackVariantGeneric', 'enumVariantInstantiation', 7],
  [0x50, 'UnpackVariant', 'enumVariantHandle', 7],
  [0x51, 'UnpackVariantImmRef', 'enumVariantHandle', 7],
  [0x52, 'UnpackVariantMutRef', 'enumVariantHandle', 7],
  [0x53, 'UnpackVariantGeneric', 'enumVariantInstantiation', 7],
  [0x54, 'UnpackVariantGenericImmRef', 'enumVariantInstantiation', 7],
  [0x55, 'UnpackVariantGenericMutRef', 'enumVariantInstantiation', 7],
  [0x56, 'VariantSwitch', 'jumpTable', 7],
] as const satisfies readonly Row[];

export type OpcodeName = (typeof SHARED | typeof APTOS | typeof SUI)[number][1];

export interface Opcode {
  readonly byte: number;
  readonly name: OpcodeName;
  readonly operand: OperandKind;
  /** First format version that has it. */
  readonly since: number;
}

type OpcodeTable = readonly (Opcode | undefined)[];

function table(
  ...parts: readonly (readonly (readonly [number, OpcodeName, OperandKind, number])[])[]
) {
  const rows: (Opcode | undefined)[] = new Array<undefined>(256).fill(undefined);
  for (const [byte, name, operand, since] of parts.flat())
    rows[byte] = { byte, name, operand, since };
  return rows;
}

/** Opcodes by their byte. */
export const OPCODES: Readonly<Record<Flavour, OpcodeTable>> = {
  aptos: table(SHARED, APTOS),
  sui: table(SHARED, SUI),
};

/** Opcodes by the chain's name (a variant of its `Bytecode`). */
export const OPCODES_BY_NAME: Readonly<Record<Flavour, ReadonlyMap<string, Opcode>>> = {
  aptos: byName(OPCODES.aptos),
  sui: byName(OPCODES.sui),
};

function byName(opcodes: OpcodeTable): ReadonlyMap<string, Opcode> {
  return new Map(opcodes.flatMap((row) => (row === undefined ? [] : [[row.name, row] as const])));
}
