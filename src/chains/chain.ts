/** What every chain offers to the methods above it. Amounts and addresses are as in the preview model. */
import type { ChainId, DecodedCall, NetworkView, Preview } from '../vm-preview/model/preview';

export { type ErrorContext, type ErrorKind, LookaheadError } from '../vm-preview/errors';

/** A network is data: a built-in one, or one that the user added by endpoint. */
export interface Network extends NetworkView {
  readonly chain: ChainId;
  /** https, or http on loopback. */
  readonly endpoint: string;
  /** Genesis hash or chain id, pinned: a node that says otherwise is refused. */
  readonly genesis: string;
  readonly builtin: boolean;
}

/** What can be said before any state is read. */
export interface DecodedTransaction {
  readonly feePayer: string;
  /** Addresses whose signatures it needs. */
  readonly signers: readonly string[];
  /** Those of them whose signature is already there. */
  readonly signed: readonly string[];
  readonly calls: readonly DecodedCall[];
}

/** A preview, with what is needed to sign exactly the bytes that were run. */
export interface PreviewedTransaction {
  readonly preview: Preview;
  /** The whole transaction that was run. */
  readonly transaction: Uint8Array;
  /** What a signature covers. */
  readonly message: Uint8Array;
  /** Digest of the effects, where nothing else can change them and the chain has one. */
  readonly exactEffects?: Uint8Array;
}

/** A reason to ask the user again: the fresh outcome is of another kind than the one shown. */
export interface OutcomeDifference {
  readonly code: string;
  /** One sentence. */
  readonly text: string;
}

export interface ChainPreviewRequest {
  readonly network: Network;
  readonly transaction: Uint8Array;
  /** Whose wallet this is. */
  readonly account: string;
  /** Hex of 32 bytes: the key that will sign, where the bytes do not name it. */
  readonly publicKey: string;
  /** Further addresses of the same user. */
  readonly knownAccounts: readonly string[];
  /** Run on the state that this one leaves. */
  readonly base?: PreviewedTransaction;
  readonly signal?: AbortSignal;
}

/** What the methods above need of every chain, bound to that chain's cache. */
export interface Chain {
  readonly id: ChainId;
  readonly name: string;
  /** Those that are built in. */
  readonly networks: readonly Network[];
  /** Of a network that was added without a word on it. */
  readonly coin: Network['coin'];
  /** What the chain's own name is for what a network is known by, e.g. `Genesis hash`. */
  readonly genesisLabel: string;
  /** @throws MalformedError when the bytes are no transaction */
  decode(transaction: Uint8Array, network: Network): DecodedTransaction;
  /** @throws MalformedError, StateError, CannotPreview */
  preview(request: ChainPreviewRequest): Promise<PreviewedTransaction>;
  /** @param toleranceBasisPoints - how much worse an amount may be, in hundredths of a percent */
  differences(shown: Preview, fresh: Preview, toleranceBasisPoints: number): OutcomeDifference[];
  /** What a signature covers. */
  messageOf(transaction: Uint8Array): Uint8Array;
  /** Whether what ages in it may be renewed before it is submitted, since nobody else has signed. */
  mayRenew(decoded: DecodedTransaction, account: string): boolean;
  /** The same transaction with a new lifetime and no signatures. */
  renew(
    transaction: Uint8Array,
    network: Network,
    account: string,
    signal: AbortSignal,
  ): Promise<Uint8Array>;
  /** What the network of a node is known by. @throws StateError */
  genesis(endpoint: string): Promise<string>;
  /** Of the coin that pays fees, in its smallest unit. @throws StateError */
  balance(network: Network, address: string): Promise<bigint>;
}
