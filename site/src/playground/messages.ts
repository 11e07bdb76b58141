/** What the page and its worker tell each other. */
import type { Network } from '../../../src/chains/chain';
import type { ErrorKind } from '../../../src/vm-preview/errors';
import type { DecodedCall, Preview } from '../../../src/vm-preview/model/preview';

export interface PreviewTask {
  readonly id: number;
  /** Base64, or hex with 0x, as pasted. */
  readonly transaction: string;
  /** A network that says nothing of what it is known by is asked for that. */
  readonly network: Network;
  /** Whose wallet to look from. */
  readonly account: string | undefined;
}

export interface Failure {
  readonly kind: ErrorKind | 'internal';
  readonly code: string;
  readonly text: string;
}

export type PreviewNews =
  /** At once, before any state is read. */
  | { readonly id: number; readonly kind: 'decoded'; readonly calls: readonly DecodedCall[] }
  | {
      readonly id: number;
      readonly kind: 'previewed';
      readonly preview: Preview;
      readonly milliseconds: number;
    }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: Failure };
