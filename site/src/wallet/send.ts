/** From "send this much there" to a transaction that the network has taken. */
import type { Network } from '../../../src/chains/chain';
import type { RpcChain } from '../../../src/rpc/types';
import type { LookaheadSnap } from '../../provider';
import type { Transaction, Transfer } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { toBase64 } from '../parts/base64';

/** What takes the time, in order. */
export const PHASES = ['build', 'network', 'review', 'confirm'] as const;
export type Phase = (typeof PHASES)[number];

export interface Sending {
  readonly snap: LookaheadSnap;
  readonly network: Network;
  readonly transfer: Transfer;
}

interface Signing {
  /** Its id in the wallet. */
  readonly network: string;
  readonly account: string;
  /** Base64. */
  readonly transaction: string;
}

type Send = (snap: LookaheadSnap, signing: Signing) => Promise<string>;

/** @returns what the transaction is known by */
const SEND: Readonly<Record<RpcChain, Send>> = {
  solana: async (snap, signing) =>
    (await snap.request('solana_signAndSendTransaction', signing)).signature,
  aptos: async (snap, signing) =>
    (await snap.request('aptos_signAndSubmitTransaction', signing)).hash,
  sui: async (snap, signing) =>
    (await snap.request('sui_signAndExecuteTransaction', signing)).digest,
};

const POLL_MS = 500;
const DEADLINE_MS = 60_000;

/**
 * @param tell - called as each phase begins
 * @throws WalletError, StateError, LocalnetError; Error when it is not confirmed within a minute
 */
export async function send(
  { network, snap, transfer }: Sending,
  tell: (phase: Phase) => void,
): Promise<Transaction> {
  tell('build');
  const ledger = await loadLedger(network.chain);
  const bytes = await ledger.transfer(network, transfer);
  tell('network');
  const known = await walletNetwork(snap, network);
  tell('review');
  const id = await SEND[network.chain](snap, {
    network: known,
    account: transfer.from,
    transaction: toBase64(bytes),
  });
  tell('confirm');
  for (const start = Date.now(); Date.now() - start < DEADLINE_MS; ) {
    const landed = await ledger.transaction(network, id);
    if (landed !== undefined) return landed;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new UnconfirmedError(id);
}

/** It was sent, and may still land. */
export class UnconfirmedError extends Error {
  override readonly name = 'UnconfirmedError';

  constructor(readonly id: string) {
    super('The network has not confirmed the transaction within a minute; it may still do so.');
  }
}

/** Its id in the wallet, which asks the user about a network that it does not know. */
async function walletNetwork(snap: LookaheadSnap, network: Network): Promise<string> {
  if (network.builtin) return network.id;
  const { chain, endpoint, isTest, name } = network;
  const added = await snap.request('wallet_addNetwork', { chain, name, endpoint, isTest });
  return added.network.id;
}
