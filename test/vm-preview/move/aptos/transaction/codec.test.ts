/** Our codec beside the serialization of @aptos-labs/ts-sdk, on random transactions. */
import fc from 'fast-check';
import { CannotPreview, MalformedError } from '../../../../../src/vm-preview/errors';
import {
  encodeRawTransaction,
  encodeSignedTransaction,
  parseMultiAgentTransaction,
  parseRawTransaction,
  parseSignedTransaction,
  parseSimpleTransaction,
} from '../../../../../src/vm-preview/move/aptos/transaction';
import { BcsError, BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { parseTypeTag, typeTagText } from '../../../../../src/vm-preview/move/core/types';
import * as sdk from '../../../../support/aptos-sdk';
import {
  accountAuthenticator,
  blob,
  payload,
  rawTransaction,
  transaction,
} from './sdk-arbitraries';

const bytesOf = (value: { bcsToBytes(): Uint8Array }): Uint8Array => value.bcsToBytes();

describe('transactions, beside the SDK', () => {
  it('reads and writes raw transactions', () => {
    fc.assert(
      fc.property(rawTransaction, (theirs) => {
        const bytes = bytesOf(theirs);
        const ours = parseRawTransaction(bytes);
        expect(encodeRawTransaction(ours)).toEqual(bytes);
        expect(ours.sender.bytes).toEqual(theirs.sender.data);
        expect(ours.sequenceNumber).toBe(theirs.sequence_number);
        expect(ours.maxGasAmount).toBe(theirs.max_gas_amount);
        expect(ours.gasUnitPrice).toBe(theirs.gas_unit_price);
        expect(ours.expirationTimestampSecs).toBe(theirs.expiration_timestamp_secs);
        expect(ours.chainId).toBe(theirs.chain_id.chainId);
      }),
    );
  });

  it('reads and writes signed transactions of every authenticator', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(transaction, (theirs) => {
        const bytes = bytesOf(theirs);
        const ours = parseSignedTransaction(bytes);
        seen.add(ours.authenticator.kind);
        expect(encodeSignedTransaction(ours)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual([
      'ed25519',
      'feePayer',
      'multiAgent',
      'multiEd25519',
      'singleSender',
    ]);
  });

  it('finds the fields of an entry function where the SDK put them', () => {
    fc.assert(
      fc.property(payload, rawTransaction, (inner, raw) => {
        fc.pre(inner instanceof sdk.TransactionPayloadEntryFunction);
        const call = inner.entryFunction;
        const bytes = bytesOf(
          new sdk.RawTransaction(raw.sender, 1n, inner, 2n, 3n, 4n, raw.chain_id),
        );
        const { payload: ours } = parseRawTransaction(bytes);
        if (ours.kind !== 'entryFunction') throw new Error(ours.kind);
        expect(ours.call.address.bytes).toEqual(call.module_name.address.data);
        expect(ours.call.module).toBe(call.module_name.name.identifier);
        expect(ours.call.function).toBe(call.function_name.identifier);
        expect(ours.call.typeArguments.map((tag) => typeTagText(tag))).toEqual(
          call.type_args.map((tag) => typeTagText(parseTypeTag(tag.toString()))),
        );
        expect(ours.call.args).toHaveLength(call.args.length);
      }),
    );
  });

  it('reads what the wallet interface hands over', () => {
    fc.assert(
      fc.property(
        rawTransaction,
        fc.option(blob(32), { nil: undefined }),
        fc.array(blob(32), { maxLength: 3 }),
        (raw, payer, others) => {
          const address = (bytes: Uint8Array): sdk.AccountAddress => new sdk.AccountAddress(bytes);
          const feePayer = payer === undefined ? undefined : address(payer);
          const simple = parseSimpleTransaction(bytesOf(new sdk.SimpleTransaction(raw, feePayer)));
          expect(simple.feePayerAddress?.bytes).toEqual(payer);
          expect(simple.secondaryAddresses).toBeUndefined();
          const several = parseMultiAgentTransaction(
            bytesOf(new sdk.MultiAgentTransaction(raw, others.map(address), feePayer)),
          );
          expect(several.feePayerAddress?.bytes).toEqual(payer);
          expect(several.secondaryAddresses?.map(({ bytes }) => bytes)).toEqual(others);
        },
      ),
    );
  });

  it('refuses every cut, and bytes that follow', () => {
    fc.assert(
      fc.property(transaction, fc.nat(), (theirs, at) => {
        const bytes = bytesOf(theirs);
        expect(() => parseSignedTransaction(bytes.subarray(0, at % bytes.length))).toThrow(
          BcsError,
        );
        const longer = new Uint8Array(bytes.length + 1);
        longer.set(bytes);
        expect(() => parseSignedTransaction(longer)).toThrow(BcsError);
      }),
    );
  });

  it('throws typed errors for any change of a byte', () => {
    fc.assert(
      fc.property(transaction, fc.nat(), fc.integer({ min: 1, max: 255 }), (theirs, at, change) => {
        const bytes = bytesOf(theirs).slice();
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        let again: Uint8Array | undefined;
        try {
          again = encodeSignedTransaction(parseSignedTransaction(bytes));
        } catch (error) {
          const typed =
            error instanceof BcsError ||
            error instanceof MalformedError ||
            error instanceof CannotPreview;
          if (!typed) throw error;
        }
        if (again !== undefined) expect(again).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the payloads it does not take', () => {
    const raw = (payloadBytes: readonly number[]): Uint8Array => {
      const writer = new BcsWriter().bytes(new Uint8Array(32)).u64(0n);
      return writer.bytes(Uint8Array.from(payloadBytes)).finish();
    };
    expect(() => parseRawTransaction(raw([1, 0, 0]))).toThrow(
      expect.objectContaining({ code: 'aptos-module-bundle' }),
    );
    expect(() => parseRawTransaction(raw([5, 0]))).toThrow(
      expect.objectContaining({ code: 'aptos-encrypted' }),
    );
    // An inner payload V1, nothing to execute, and an extra config V2.
    expect(() => parseRawTransaction(raw([4, 0, 2, 1, 0, 0]))).toThrow(
      expect.objectContaining({ code: 'aptos-extra-config' }),
    );
    expect(() => parseRawTransaction(raw([6]))).toThrow(BcsError);
  });

  it('has authenticators of every kind in its random input', () => {
    const kinds = new Set(
      fc.sample(accountAuthenticator, 200).map((value) => value.bcsToBytes()[0]),
    );
    expect(kinds.size).toBe(6);
  });
});
