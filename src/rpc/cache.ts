import { createAptosCache } from '../chains/aptos';
import { createSolanaCache } from '../chains/solana';
import { createSuiCache } from '../chains/sui';
import { Cache } from '../store';

const stored = new Cache();

/** One for all requests: what a preview loads, the next need not. */
export const solanaCache = createSolanaCache(stored);
export const aptosCache = createAptosCache(stored);
export const suiCache = createSuiCache(stored);

/** Writes what was learned; called while the user reads, since it may take a second. */
export async function saveCache(): Promise<void> {
  await stored.flush();
}
