/** Transactions of people who are in nobody's genesis. */
import {
  AccountAddress,
  ChainId,
  EntryFunction,
  RawTransaction,
  TransactionPayloadEntryFunction,
  U64,
} from '../../support/aptos-sdk';

export const ALICE = `0x${'a1'.repeat(32)}`;
export const BOB = `0x${'b0'.repeat(32)}`;

export function transferBytes(
  options: { sequenceNumber?: bigint; expires?: bigint } = {},
): Uint8Array {
  const payload = new TransactionPayloadEntryFunction(
    EntryFunction.build(
      '0x1::aptos_account',
      'transfer',
      [],
      [AccountAddress.from(BOB), new U64(150_000_000n)],
    ),
  );
  return new RawTransaction(
    AccountAddress.from(ALICE),
    options.sequenceNumber ?? 0n,
    payload,
    2_000n,
    100n,
    options.expires ?? 1_780_000_060n,
    new ChainId(4),
  ).bcsToBytes();
}
