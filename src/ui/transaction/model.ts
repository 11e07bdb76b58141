/** What the transaction dialog draws; the rpc layer decides, these only say. */
import type { OutcomeDifference } from '../../chains/chain';
import type { DecodedCall, Preview, PreviewFailure } from '../../vm-preview/model/preview';

/** What stays the same on each page of one request. */
export interface TransactionHeader {
  readonly origin: string;
  /** `send`: the snap submits it too. */
  readonly action: 'sign' | 'send';
  readonly network: { readonly name: string; readonly isTest: boolean };
  /** Address that signs. */
  readonly account: string;
  /** Which of several transactions, from 1. */
  readonly position?: { readonly number: number; readonly total: number };
}

export type TransactionPage =
  /** The state is being read. */
  | { readonly page: 'reading'; readonly calls: readonly DecodedCall[] }
  /** A run that the user may now judge. */
  | {
      readonly page: 'preview';
      readonly preview: Preview;
      /** What the main button does. */
      readonly next: 'approve' | 'following' | 'anyway';
      /** Why the user is asked again. */
      readonly again: readonly OutcomeDifference[];
    }
  | { readonly page: 'details'; readonly preview: Preview }
  /** There was no run. */
  | {
      readonly page: 'unknown';
      readonly calls: readonly DecodedCall[];
      readonly failure: PreviewFailure;
      /** Has the user allowed signing without a preview? */
      readonly blindSigning: boolean;
      /** Why the user is asked again. */
      readonly again: readonly OutcomeDifference[];
    }
  /** The second step before signing what fails, or what was not run. */
  | { readonly page: 'anyway'; readonly reason: 'fails' | 'unknown'; readonly text: string }
  /** Approved; the run is repeated on fresh state. */
  | { readonly page: 'checking' }
  /** Nothing was signed and nothing will be. */
  | { readonly page: 'ended'; readonly title: string; readonly text: string };

/** Names of the buttons, as `onUserInput` gets them. */
export const TRANSACTION_BUTTONS = {
  reject: 'reject',
  approve: 'approve',
  following: 'following',
  anyway: 'anyway',
  confirmAnyway: 'confirm-anyway',
  back: 'back',
  details: 'details',
  retry: 'retry',
} as const;
