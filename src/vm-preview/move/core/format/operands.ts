import type { FormatStatus } from './errors';
import {
  BYTECODE_COUNT_MAX,
  JUMP_TABLE_INDEX_MAX,
  LOCAL_INDEX_MAX,
  TABLE_INDEX_MAX,
  VARIANT_HANDLE_INDEX_MAX,
} from './limits';
import type { TableName } from './types';

/** What follows an opcode in the bytes. */
export type Operand =
  | { readonly form: 'none' }
  /** A ULEB128 index, and after it a second part where `then` names one. */
  | {
      readonly form: 'index';
      readonly max: number;
      /** The table it points into. */
      readonly table?: TableName;
      readonly then?: 'u64' | 'uleb64';
    }
  /** A little-endian number. */
  | {
      readonly form: 'literal';
      readonly size: number;
      readonly signed: boolean;
      readonly status: FormatStatus;
    };

const index = (table: TableName, then?: 'u64' | 'uleb64', max = TABLE_INDEX_MAX): Operand =>
  then === undefined ? { form: 'index', max, table } : { form: 'index', max, table, then };
const literal = (size: number, status: FormatStatus, signed = false): Operand => ({
  form: 'literal',
  size,
  signed,
  status,
});

export const OPERANDS = {
  none: { form: 'none' },
  codeOffset: { form: 'index', max: BYTECODE_COUNT_MAX },
  local: { form: 'index', max: LOCAL_INDEX_MAX },
  jumpTable: { form: 'index', max: JUMP_TABLE_INDEX_MAX },
  constant: index('constants'),
  fieldHandle: index('fieldHandles'),
  fieldInstantiation: index('fieldInstantiations'),
  functionHandle: index('functionHandles'),
  functionInstantiation: index('functionInstantiations'),
  structDefinition: index('structDefinitions'),
  structInstantiation: index('structInstantiations'),
  variantFieldHandle: index('variantFieldHandles'),
  variantFieldInstantiation: index('variantFieldInstantiations'),
  variantHandle: index('variantHandles'),
  variantInstantiation: index('variantInstantiations'),
  enumVariantHandle: index('variantHandles', undefined, VARIANT_HANDLE_INDEX_MAX),
  enumVariantInstantiation: index('enumVariantInstantiations', undefined, VARIANT_HANDLE_INDEX_MAX),
  signature: index('signatures'),
  /** The number of elements follows. */
  signatureCount: index('signatures', 'u64'),
  /** The mask of captured arguments follows. */
  closure: index('functionHandles', 'uleb64'),
  closureGeneric: index('functionInstantiations', 'uleb64'),
  u8: literal(1, 'MALFORMED'),
  u16: literal(2, 'BAD_U16'),
  u32: literal(4, 'BAD_U32'),
  u64: literal(8, 'BAD_U64'),
  u128: literal(16, 'BAD_U128'),
  u256: literal(32, 'BAD_U256'),
  i8: literal(1, 'MALFORMED', true),
  i16: literal(2, 'MALFORMED', true),
  i32: literal(4, 'MALFORMED', true),
  i64: literal(8, 'MALFORMED', true),
  i128: literal(16, 'MALFORMED', true),
  i256: literal(32, 'MALFORMED', true),
} satisfies Record<string, Operand>;

export type OperandKind = keyof typeof OPERANDS;
