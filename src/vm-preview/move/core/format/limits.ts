/** Bounds of the format, the same on both chains (move-binary-format, file_format_common.rs). */
export const TABLE_COUNT_MAX = 255;
export const TABLE_OFFSET_MAX = 0xffff_ffff;
export const TABLE_INDEX_MAX = 65_535;
export const BYTECODE_COUNT_MAX = 65_535;
export const LOCAL_INDEX_MAX = 255;
export const CONSTANT_SIZE_MAX = 65_535;
export const METADATA_KEY_SIZE_MAX = 1_023;
export const METADATA_VALUE_SIZE_MAX = 65_535;
export const SIGNATURE_SIZE_MAX = 255;
export const ACQUIRES_COUNT_MAX = 255;
export const FIELD_COUNT_MAX = 255;
export const FIELD_OFFSET_MAX = 255;
export const TYPE_PARAMETER_COUNT_MAX = 255;
export const TYPE_PARAMETER_INDEX_MAX = 65_536;
export const SIGNATURE_TOKEN_DEPTH_MAX = 256;
export const ABILITIES_MAX = 0xf;
export const VARIANT_COUNT_MAX = 127;
/** Aptos. */
export const VARIANT_OFFSET_MAX = 127;
export const ACCESS_SPECIFIER_COUNT_MAX = 64;
export const ATTRIBUTE_COUNT_MAX = 16;
/** Sui. */
export const JUMP_TABLE_INDEX_MAX = 127;
export const VARIANT_HANDLE_INDEX_MAX = 1_024;

export const ADDRESS_LENGTH = 32;
export const IDENTIFIER_SIZE_MAX = 255;
export const LEGACY_IDENTIFIER_SIZE_MAX = 65_535;
