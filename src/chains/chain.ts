/** What every chain offers to the methods above it. Amounts and addresses are as in the preview model. */
import type { DecodedCall, NetworkView, Preview } from '../vm-preview/model/preview';

export { type ErrorContext, type ErrorKind, LookaheadError } from '../vm-preview/errors';

/** A network is data: a built-in one, or one that the user added by endpoint. */
export interface Network extends NetworkView {
  readonly chain: 'solana' | 'aptos' | 'sui';
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
}

/** A reason to ask the user again: the fresh outcome is of another kind than the one shown. */
export interface OutcomeDifference {
  readonly code: string;
  /** One sentence. */
  readonly text: string;
}
