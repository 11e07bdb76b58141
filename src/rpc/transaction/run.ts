/** Running what a request asks for: one transaction, or several on each other's outcome. */
import { type DecodedTransaction, LookaheadError, type Network } from '../../chains/chain';
import {
  decodeTransaction,
  latestBlockhash,
  previewTransaction,
  replaceBlockhash,
  type SolanaPreview,
} from '../../chains/solana';
import type { PreviewFailure } from '../../vm-preview/model/preview';
import { solanaCache } from '../cache';

/** A transaction as the site gave it. */
export interface Item {
  readonly given: Uint8Array;
  readonly decoded: DecodedTransaction;
  /** May it get a fresh blockhash: the snap sends it, nobody else has signed, and no nonce is used. */
  readonly fresh: boolean;
}

export interface RunContext {
  readonly network: Network;
  readonly account: string;
  /** Addresses of the user's, for telling own changes from others'. */
  readonly knownAccounts: readonly string[];
}

/** What came of one: a preview of exactly these bytes, or why there is none. */
export type Run =
  | { readonly kind: 'previewed'; readonly result: SolanaPreview }
  | {
      readonly kind: 'failed';
      readonly transaction: Uint8Array;
      readonly failure: PreviewFailure;
    };

const SYSTEM_PROGRAM = '11111111111111111111111111111111';

/**
 * @param sends - whether the snap submits it
 * @throws MalformedError when the bytes are no transaction
 */
export function readItem(
  given: Uint8Array,
  network: Network,
  account: string,
  sends: boolean,
): Item {
  const decoded = decodeTransaction(given, network);
  const [first] = decoded.calls;
  const usesNonce =
    first?.program.address === SYSTEM_PROGRAM && first.name === 'AdvanceNonceAccount';
  const signedByOthers = decoded.signed.some((address) => address !== account);
  return { given, decoded, fresh: sends && !usesNonce && !signedByOthers };
}

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
  { network, account, knownAccounts }: RunContext,
  base: SolanaPreview | undefined,
  signal: AbortSignal,
): Promise<Run> {
  let transaction = given;
  try {
    if (fresh) {
      const { blockhash } = await latestBlockhash(network, { signal });
      transaction = replaceBlockhash(given, blockhash, account);
    }
    const result = await previewTransaction({
      network,
      transaction,
      account,
      knownAccounts: [...knownAccounts],
      signal,
      cache: solanaCache,
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
