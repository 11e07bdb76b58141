import type { Cell } from '../cell';
import { NONCE_CELLS } from './nonce';
import { SYSTEM_CELLS } from './system';
import { TOKEN_CELLS } from './token';

/** The whole table. */
export const CELLS: readonly Cell[] = [...SYSTEM_CELLS, ...NONCE_CELLS, ...TOKEN_CELLS];
