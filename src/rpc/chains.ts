/** The chains whose transactions the snap previews and signs. */
import { aptosChain } from '../chains/aptos';
import type { Chain } from '../chains/chain';
import { solanaChain } from '../chains/solana';
import { suiChain } from '../chains/sui';
import { aptosCache, solanaCache, suiCache } from './cache';

export const CHAINS: readonly Chain[] = [
  solanaChain(solanaCache),
  aptosChain(aptosCache),
  suiChain(suiCache),
];

export function chainOf(id: Chain['id']): Chain {
  const chain = CHAINS.find((candidate) => candidate.id === id);
  if (chain === undefined) throw new TypeError(`no chain ${id}`);
  return chain;
}
