/** A chain on this machine, as the playground and the wallet's part use it, whichever it is. */
import type { Network } from '../../../src/chains/chain';
import type { ChainId } from '../../../src/vm-preview/model/preview';
import type { LookaheadSnap } from '../../provider';

export interface LocalChain {
  readonly id: ChainId;
  readonly name: string;
  readonly network: Network;
  /** To begin with. */
  readonly samples: readonly Sample[];
  balances(address: string): Promise<readonly Balance[]>;
  /** Test money. */
  fund(address: string): Promise<void>;
  /** The address of somebody there to send to. */
  bob(): Promise<string>;
  /** What the chain's network is known by. */
  genesis(): Promise<string>;
  /** Has the wallet sign and send it. @returns what the transaction is known by */
  send(snap: LookaheadSnap, signing: Signing): Promise<string>;
  /** Waits, and says how it ended: `confirmed in slot 7`. */
  outcome(id: string): Promise<string>;
}

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Whether it can be sent once the account has signed it. */
  readonly complete: boolean;
  /** @param owner - whose money it is; somebody of the local chain where absent */
  build(owner?: string): Promise<Built>;
}

export interface Built {
  readonly bytes: Uint8Array;
  readonly owner: string;
}

export interface Balance {
  readonly symbol: string;
  readonly amount: string;
}

export interface Signing {
  /** Its id in the wallet. */
  readonly network: string;
  readonly account: string;
  /** Base64. */
  readonly transaction: string;
}
