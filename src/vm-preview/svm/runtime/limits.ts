/** Bounds of a transaction's accounts and instructions. Source: agave `transaction-context/src/lib.rs`. */

/** One less than the accounts of a transaction: 255 marks "no duplicate" in a program's input. */
export const MAX_ACCOUNTS_PER_INSTRUCTION = 255;
/** In bytes. */
export const MAX_INSTRUCTION_DATA_LENGTH = 10 * 1024;
/** In bytes. */
export const MAX_ACCOUNT_DATA_LENGTH = 10 * 1024 * 1024;
/** In bytes, of all accounts together. */
export const MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION = 2 * MAX_ACCOUNT_DATA_LENGTH;
/** In bytes, of one account; solana-sdk calls it MAX_PERMITTED_DATA_INCREASE. */
export const MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION = 10 * 1024;
