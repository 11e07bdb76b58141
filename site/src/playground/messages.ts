/** What the page and its worker tell each other. */
import type { Network } from '../../../src/chains/chain';
import type { ErrorKind } from '../../../src/vm-preview/errors';
import type { ChainId, DecodedCall, Preview } from '../../../src/vm-preview/model/preview';

/** What was pasted, and who is meant where it does not say. */
interface Pasted {
  readonly id: number;
  readonly text: string;
  /** Chosen by the visitor; else whichever can read it. */
  readonly chain: ChainId | undefined;
  /** Whose wallet to look from; the sender of what names none. */
  readonly account: string | undefined;
}

export type Task =
  /** To say what it is. No node is asked. */
  | (Pasted & { readonly kind: 'read' })
  | (Pasted & {
      readonly kind: 'preview';
      /** A network that says nothing of what it is known by is asked for that. */
      readonly network: Network;
    });

export interface Failure {
  readonly kind: ErrorKind | 'internal';
  readonly code: string;
  readonly text: string;
}

/** What a paste is, as far as it says so itself. */
export interface Recognized {
  readonly chain: ChainId;
  /** Base64; absent where a node must be asked to complete it. */
  readonly bytes?: string;
  /** Who pays, which is whom to look from where nobody is named. */
  readonly payer?: string;
  /** Id of the network that it is for, where it says so. */
  readonly network?: string;
  /** What it was read as: `base64`, `JSON of @solana/kit`. */
  readonly form: string;
}

export type News = { readonly id: number } & (
  | { readonly kind: 'recognized'; readonly recognized: Recognized }
  /** At once, before any state is read. */
  | { readonly kind: 'decoded'; readonly calls: readonly DecodedCall[] }
  | {
      readonly kind: 'previewed';
      readonly preview: Preview;
      /** Base64 of what was run. */
      readonly bytes: string;
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
);
