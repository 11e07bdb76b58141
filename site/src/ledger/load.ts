import type { ChainId } from '../../../src/vm-preview/model/preview';
import type { Ledger } from './ledger';

const LEDGERS: Readonly<Record<ChainId, () => Promise<Ledger>>> = {
  solana: async () => (await import('./solana')).solana,
  aptos: async () => (await import('./aptos')).aptos,
  sui: async () => (await import('./sui')).sui,
};

/** A chain's code comes when the chain is first asked for. */
export const loadLedger = (chain: ChainId): Promise<Ledger> => LEDGERS[chain]();
