/** Source: agave `program-runtime/src/cpi.rs`. */
export const MAX_SIGNERS = 16;
export const MAX_CPI_ACCOUNT_INFOS = 255;
/** What an account info is charged as (SIMD-0339): two addresses, a balance and a length; in bytes. */
export const ACCOUNT_INFO_BYTE_SIZE = 80;
/** What an account meta is charged as, in bytes. */
export const ACCOUNT_META_BYTE_SIZE = 34;
