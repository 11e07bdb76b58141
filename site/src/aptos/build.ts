/** Unsigned transactions of Aptos, made in the page. */
import {
  type EntryFunction,
  encodeRawTransaction,
  type ScriptArgument,
  type TransactionPayload,
} from '../../../src/vm-preview/move/aptos/transaction';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { AccountFacts } from './localnet';

const MAX_GAS = 50_000n;
/** Seconds that a transaction stays valid. */
const LIFETIME = 120n;

/** BCS of an argument. */
export const address = (text: string): Uint8Array => Address.parse(text).bytes;
export const u64 = (value: bigint): Uint8Array => new BcsWriter().u64(value).finish();
export const bytes = (value: Uint8Array): Uint8Array => new BcsWriter().blob(value).finish();

/** @param id - e.g. `0x1::aptos_account::transfer` */
export function entry(
  id: string,
  args: readonly Uint8Array[],
  types: readonly string[] = [],
): TransactionPayload {
  const [at = '', module = '', name = ''] = id.split('::');
  const call: EntryFunction = {
    address: Address.parse(at),
    module,
    function: name,
    typeArguments: types.map((type) => parseTypeTag(type)),
    args,
  };
  return { kind: 'entryFunction', call };
}

/** @param code - a compiled script, in hex */
export function script(code: string, args: readonly ScriptArgument[]): TransactionPayload {
  const digits = code.match(/../g) ?? [];
  const compiled = Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16));
  return { kind: 'script', script: { code: compiled, typeArguments: [], args } };
}

/**
 * A raw transaction; with a payer, as the SDK writes one that somebody else pays for.
 *
 * @param payer - pays the fee in the sender's place
 */
export function buildTransaction(
  sender: string,
  payload: TransactionPayload,
  facts: AccountFacts,
  payer?: string,
): Uint8Array {
  const raw = encodeRawTransaction({
    sender: Address.parse(sender),
    sequenceNumber: facts.sequenceNumber,
    payload,
    maxGasAmount: MAX_GAS,
    gasUnitPrice: facts.gasUnitPrice,
    expirationTimestampSecs: facts.seconds + LIFETIME,
    chainId: facts.chainId,
  });
  return payer === undefined ? raw : Uint8Array.of(...raw, 1, ...address(payer));
}
