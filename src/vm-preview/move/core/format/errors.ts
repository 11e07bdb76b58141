import { type ErrorContext, LookaheadError } from '../../../errors';

/** What the chain's deserializer and bounds checker call it: names of Move's `StatusCode`. */
export type FormatStatus =
  | 'MALFORMED'
  | 'BAD_MAGIC'
  | 'UNKNOWN_VERSION'
  | 'UNKNOWN_TABLE_TYPE'
  | 'BAD_HEADER_TABLE'
  | 'DUPLICATE_TABLE'
  | 'TRAILING_BYTES'
  | 'UNKNOWN_SERIALIZED_TYPE'
  | 'UNKNOWN_ABILITY'
  | 'UNKNOWN_NATIVE_STRUCT_FLAG'
  | 'UNKNOWN_ENUM_FLAG'
  | 'UNKNOWN_JUMP_TABLE_FLAG'
  | 'UNKNOWN_OPCODE'
  | 'INVALID_FLAG_BITS'
  | 'BAD_U16'
  | 'BAD_U32'
  | 'BAD_U64'
  | 'BAD_U128'
  | 'BAD_U256'
  | 'INDEX_OUT_OF_BOUNDS'
  | 'NO_MODULE_HANDLES'
  | 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH'
  | 'TOO_MANY_LOCALS'
  | 'ZERO_VARIANTS_ERROR'
  | 'INVALID_ENUM_SWITCH';

/** Bytes that are no Move module or script, or an object that no module's bytes can hold. */
export class FormatError extends LookaheadError {
  override readonly name = 'FormatError';

  /**
   * @param what - a noun phrase for what was being read or checked
   * @param context - `offset` (from the first byte of the binary) where bytes were read; index and
   *   bound where an index was checked
   */
  constructor(
    readonly status: FormatStatus,
    readonly what: string,
    context: ErrorContext = {},
  ) {
    const code = `move-${status.toLowerCase().replaceAll('_', '-')}`;
    super('malformed', code, `not a Move binary: ${what}`, { status, ...context });
  }
}
