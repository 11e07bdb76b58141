/** The chains that `npm start` runs beside the site. */
import { aptos } from './aptos';
import type { LocalChain } from './chain';
import { solana } from './solana';
import { sui } from './sui';

export type { LocalChain, Sample } from './chain';

export const LOCAL_CHAINS: readonly LocalChain[] = [solana, aptos, sui];

export { solana as FIRST_CHAIN };
