/** Running what a request asks for: one transaction, or several on each other's outcome. */
import {
  type Chain,
  type DecodedTransaction,
  LookaheadError,
  type Network,
  type PreviewedTransaction,
} from '../../chains/chain';
import type { StoredAccount } from '../../store';
import type { PreviewFailure } from '../../vm-preview/model/preview';

/** A transaction as the site gave it. */
export interface Item {
  readonly given: Uint8Array;
  readonly decoded: DecodedTransaction;
  /** May it get a new lifetime: the snap sends it, and nobody else has signed. */
  readonly fresh: boolean;
}

export interface RunContext {
  readonly chain: Chain;
  readonly network: Network;
  readonly account: StoredAccount;
  /** Addresses of the user's, for telling own changes from others'. */
  readonly knownAccounts: readonly string[];
}

/** What came of one: a preview of exactly these bytes, or why there is none. */
export type Run =
  | { readonly kind: 'previewed'; readonly result: PreviewedTransaction }
  | {
      readonly kind: 'failed';
      readonly transaction: Uint8Array;
      readonly failure: PreviewFailure;
    };

/** Runs them in order, each on the state that the one before leaves. */
export async function runItems(
  items: readonly Item[],
  context: RunContext,
  signal: AbortSignal,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const item of items) {
    const before = runs.at(-1);
    runs.push(
      before?.kind === 'failed'
        ? { kind: 'failed', transaction: item.given, failure: AFTER_UNKNOWN }
        : await runItem(item, context, before?.result, signal),
    );
  }
  return runs;
}

const AFTER_UNKNOWN: PreviewFailure = {
  kind: 'unsupported',
  code: 'follows-unknown',
  text: 'It follows a transaction that cannot be previewed, so the state it starts from is not known.',
};

async function runItem(
  { given, fresh }: Item,
  { chain, network, account, knownAccounts }: RunContext,
  base: PreviewedTransaction | undefined,
  signal: AbortSignal,
): Promise<Run> {
  let transaction = given;
  try {
    if (fresh) transaction = await chain.renew(given, network, account.address, signal);
    const result = await chain.preview({
      network,
      transaction,
      account: account.address,
      publicKey: account.publicKey,
      knownAccounts,
      signal,
      ...(base === undefined ? {} : { base }),
    });
    return { kind: 'previewed', result };
  } catch (error) {
    return { kind: 'failed', transaction, failure: failureOf(error) };
  }
}

/** Whatever stops a run is a reason that the user is told; one that nobody expected has no text of its own. */
export function failureOf(error: unknown): PreviewFailure {
  if (error instanceof LookaheadError) {
    return { kind: error.kind, code: error.code, text: error.message };
  }
  return {
    kind: 'unsupported',
    code: 'internal',
    text: 'Lookahead failed while it ran the transaction.',
  };
}
