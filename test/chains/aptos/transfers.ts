/** Transactions of people who are in nobody's genesis. */
import {
  AccountAddress,
  type AnyRawTransaction,
  ChainId,
  EntryFunction,
  MultiAgentTransaction,
  parseTypeTag,
  RawTransaction,
  Script,
  SimpleTransaction,
  type TransactionPayload,
  TransactionPayloadEntryFunction,
  TransactionPayloadScript,
  U64,
} from '../../support/aptos-sdk';
import { DEVNET_CHAIN_ID } from './node';

export const ALICE = `0x${'a1'.repeat(32)}`;
export const BOB = `0x${'b0'.repeat(32)}`;
export const CAROL = `0x${'ca'.repeat(32)}`;

export interface Terms {
  sender?: string;
  sequenceNumber?: bigint;
  expires?: bigint;
  maxGas?: bigint;
}

/** Addresses and u64s as they are; anything else as the SDK's values. */
export function call(
  id: `${string}::${string}`,
  args: readonly (string | bigint | Parameters<typeof EntryFunction.build>[3][number])[],
  types: readonly string[] = [],
): TransactionPayload {
  const at = id.lastIndexOf('::');
  const module = id.slice(0, at) as `${string}::${string}`;
  return new TransactionPayloadEntryFunction(
    EntryFunction.build(
      module,
      id.slice(at + 2),
      types.map((type) => parseTypeTag(type)),
      args.map((argument) => {
        if (typeof argument === 'string') return AccountAddress.from(argument);
        return typeof argument === 'bigint' ? new U64(argument) : argument;
      }),
    ),
  );
}

export function script(code: Uint8Array): TransactionPayload {
  return new TransactionPayloadScript(new Script(code, [], []));
}

export function rawTransaction(payload: TransactionPayload, terms: Terms = {}): RawTransaction {
  return new RawTransaction(
    AccountAddress.from(terms.sender ?? ALICE),
    terms.sequenceNumber ?? 0n,
    payload,
    terms.maxGas ?? 50_000n,
    100n,
    terms.expires ?? 1_780_000_060n,
    new ChainId(DEVNET_CHAIN_ID),
  );
}

const transferCall = (amount: bigint) => call('0x1::aptos_account::transfer', [BOB, amount]);

export function transferBytes(terms: Terms & { amount?: bigint } = {}): Uint8Array {
  return rawTransaction(transferCall(terms.amount ?? 150_000_000n), terms).bcsToBytes();
}

export function sponsoredBytes(payer: string, terms: Terms = {}): Uint8Array {
  const transaction: AnyRawTransaction = new SimpleTransaction(
    rawTransaction(transferCall(150_000_000n), terms),
    AccountAddress.from(payer),
  );
  return transaction.bcsToBytes();
}

export function multiAgentBytes(
  payload: TransactionPayload,
  others: readonly string[],
): Uint8Array {
  return new MultiAgentTransaction(
    rawTransaction(payload),
    others.map((one) => AccountAddress.from(one)),
  ).bcsToBytes();
}
