import type { Cell } from '../cell';
import { ASSOCIATED_TOKEN_CELLS } from './associated-token';
import { COMPUTE_BUDGET_CELLS } from './compute-budget';
import { LIGHT_CELLS } from './light';
import { LOADER_CELLS } from './loader';
import { LOOKUP_TABLE_CELLS } from './lookup-table';
import { MEMO_CELLS } from './memo';
import { NONCE_CELLS } from './nonce';
import { PRECOMPILE_CELLS } from './precompiles';
import { PROGRAM_CELLS } from './programs';
import { STAKE_CELLS } from './stake';
import { SYSTEM_CELLS } from './system';
import { TOKEN_CELLS } from './token';
import { TOKEN_2022_CELLS } from './token-2022';
import { TRANSACTION_CELLS } from './transaction';
import { VOTE_CELLS } from './vote';

/** The whole table. */
export const CELLS: readonly Cell[] = [
  ...SYSTEM_CELLS,
  ...NONCE_CELLS,
  ...TOKEN_CELLS,
  ...TOKEN_2022_CELLS,
  ...ASSOCIATED_TOKEN_CELLS,
  ...MEMO_CELLS,
  ...STAKE_CELLS,
  ...VOTE_CELLS,
  ...LOOKUP_TABLE_CELLS,
  ...COMPUTE_BUDGET_CELLS,
  ...LOADER_CELLS,
  ...PROGRAM_CELLS,
  ...PRECOMPILE_CELLS,
  ...LIGHT_CELLS,
  ...TRANSACTION_CELLS,
];
