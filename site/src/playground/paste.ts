/** From a pasted text to a transaction, and to the chain that it is of. Nobody is asked. */
import type { DecodedTransaction } from '../../../src/chains/chain';
import { LookaheadError, MalformedError } from '../../../src/vm-preview/errors';
import type { ChainId } from '../../../src/vm-preview/model/preview';
import { CHAIN_IDS, WORKER_CHAINS } from './chains';
import { type AptosJson, aptosJson } from './json/aptos';
import {
  bytesIn,
  field,
  fromBase58,
  fromBase64,
  fromHex,
  isArray,
  isObject,
  type Json,
} from './json/read';
import { solanaJson } from './json/solana';
import { suiJson } from './json/sui';
import { MAX_TEXT, TOO_LONG } from './limits';

export type PastedTransaction =
  | {
      readonly chain: ChainId;
      readonly form: string;
      readonly bytes: Uint8Array;
      readonly decoded: DecodedTransaction;
    }
  /** The node must say of which types its arguments are. */
  | { readonly chain: 'aptos'; readonly form: string; readonly open: AptosJson };

export interface PasteHints {
  /** Chosen by the visitor; else whichever can read it. */
  readonly chain: ChainId | undefined;
  /** The sender of what names none. */
  readonly account: string | undefined;
}

/** Wrappings that are taken off: a text in JSON, a request to a node around it. */
const MAX_WRAPPINGS = 4;

/** @throws MalformedError where it is no transaction of any chain */
export function readPaste(text: string, hints: PasteHints): PastedTransaction {
  if (text.length > MAX_TEXT) throw new MalformedError('paste-too-long', TOO_LONG);
  return readText(text, hints, 0);
}

function readText(text: string, hints: PasteHints, depth: number): PastedTransaction {
  const trimmed = text.trim();
  if (trimmed === '') throw new MalformedError('paste-empty', 'there is nothing to read');
  if (/^[[{"]/.test(trimmed)) return readJson(parseJson(trimmed), hints, depth);
  const compact = trimmed.replace(/\s+/g, '');
  const readings = (
    [
      ['hex', fromHex(compact)],
      ['base64', fromBase64(compact)],
      ['base58', fromBase58(compact)],
    ] as const
  ).flatMap(([form, bytes]) => (bytes === undefined ? [] : [{ form, bytes }]));
  if (readings.length === 0) {
    throw new MalformedError(
      'paste-unknown',
      'the text is neither base64 nor hex, and no JSON of a transaction',
    );
  }
  for (const { bytes, form } of readings) {
    const found = recognize(bytes, form, hints);
    if (found !== undefined) return found;
  }
  throw refusal(readings[0]?.bytes ?? new Uint8Array(0), hints);
}

function parseJson(text: string): Json {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    throw new MalformedError('paste-json', 'the text begins like JSON, and is cut short or broken');
  }
}

/** The one chain that reads the bytes to their end; the chosen one where several do. */
function recognize(
  bytes: Uint8Array,
  form: string,
  { chain: chosen }: PasteHints,
): PastedTransaction | undefined {
  const found = CHAIN_IDS.flatMap((chain) => {
    const decoded = attempt(() => WORKER_CHAINS[chain].decode(bytes));
    return decoded === undefined ? [] : [{ chain, form, bytes, decoded }];
  });
  return found.find(({ chain }) => chain === chosen) ?? found[0];
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LookaheadError) return undefined;
    throw error;
  }
}

/** Why the chosen chain does not read it; in general where none is chosen. */
function refusal(bytes: Uint8Array, { chain }: PasteHints): unknown {
  const general = new MalformedError(
    'paste-unknown',
    'the text is no transaction of Solana, Aptos or Sui',
  );
  if (chain === undefined) return general;
  try {
    WORKER_CHAINS[chain].decode(bytes);
  } catch (error) {
    return error;
  }
  return general;
}

function readJson(json: Json, hints: PasteHints, depth: number): PastedTransaction {
  const sui = suiJson(json, hints.account);
  if (sui !== undefined) return whole('sui', sui);
  const solana = solanaJson(json);
  if (solana !== undefined) return whole('solana', solana);
  const aptos = aptosJson(json);
  if (aptos !== undefined) return { chain: 'aptos', form: aptos.form, open: aptos };
  const bytes = bytesIn(json);
  if (bytes !== undefined) {
    const found = recognize(bytes, 'a list of bytes', hints);
    if (found === undefined) throw refusal(bytes, hints);
    return found;
  }
  const inner = depth < MAX_WRAPPINGS ? unwrap(json) : undefined;
  if (typeof inner === 'string') return readText(inner, hints, depth + 1);
  if (inner !== undefined) return readJson(inner, hints, depth + 1);
  throw new MalformedError(
    'paste-json',
    'this JSON is none that the SDKs or nodes of Solana, Aptos or Sui write for a transaction',
  );
}

function whole(
  chain: ChainId,
  { bytes, form }: { readonly bytes: Uint8Array; readonly form: string },
): PastedTransaction {
  return { chain, form, bytes, decoded: WORKER_CHAINS[chain].decode(bytes) };
}

/** Where what a wallet is handed, a node is asked or an SDK returns keeps the transaction. */
const PLACES = ['bytes', 'transaction', 'txBytes', 'transactionDataBcs', 'result', 'data'] as const;

function unwrap(json: Json): Json | undefined {
  if (typeof json === 'string') return json;
  // `[transaction, "base64"]`, as nodes of Solana give it.
  if (isArray(json)) return json.length <= 2 && typeof json[0] === 'string' ? json[0] : undefined;
  if (!isObject(json)) return undefined;
  const params = field(json, 'params');
  if (isArray(params)) return params[0];
  if (isObject(params)) return params;
  for (const place of PLACES) {
    const found = field(json, place);
    if (typeof found === 'string' || isObject(found) || isArray(found)) return found;
  }
  return undefined;
}
