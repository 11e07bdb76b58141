/** A chain on this machine, as the playground and the first steps use it, whichever it is. */
import type { Network } from '../../../src/chains/chain';
import type { ChainId } from '../../../src/vm-preview/model/preview';

export interface LocalChain {
  readonly id: ChainId;
  readonly name: string;
  readonly network: Network;
  /** To begin with. */
  readonly samples: readonly Sample[];
  /** Test money. */
  fund(address: string): Promise<void>;
  /** The address of somebody there to send to. */
  bob(): Promise<string>;
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
