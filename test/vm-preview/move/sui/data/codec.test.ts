/** Our codecs beside those of @mysten/sui, on random values. */
import { bcs, TypeTagSerializer } from '@mysten/sui/bcs';
import { Transaction } from '@mysten/sui/transactions';
import { toBase58 } from '@mysten/sui/utils';
import fc from 'fast-check';
import { LookaheadError } from '../../../../../src/vm-preview/errors';
import { BcsError } from '../../../../../src/vm-preview/move/core/bcs';
import {
  decode,
  EFFECTS,
  encode,
  encodeEffects,
  encodeObject,
  encodeTransaction,
  parseEffects,
  parseObject,
  parseTransaction,
  transactionDigest,
} from '../../../../../src/vm-preview/move/sui';
import { TYPE_TAG } from '../../../../../src/vm-preview/move/sui/data/codec';
import { effects, failures, object, transactionData, typeTag } from './sdk-arbitraries';

type Theirs = { serialize(value: unknown): { toBytes(): Uint8Array } };

/** The SDK's types of input are far narrower than what it takes. */
const serialize = (type: unknown, value: unknown): Uint8Array =>
  (type as Theirs).serialize(value).toBytes();

const typeText = typeTag.map((tag) => TypeTagSerializer.tagToString(tag as never));

/** Of coins whose own form is not another. */
const coinText = typeText.filter((text) => !text.includes('::sui::SUI'));

describe('beside the SDK', () => {
  it('reads and writes types', () => {
    fc.assert(
      fc.property(typeTag, (tag) => {
        const bytes = serialize(bcs.TypeTag, tag);
        expect(encode(TYPE_TAG, decode(TYPE_TAG, bytes, 'a type'))).toEqual(bytes);
      }),
    );
  });

  it('reads and writes transactions', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(transactionData(typeText), (data) => {
        const bytes = serialize(bcs.TransactionData, data);
        const ours = parseTransaction(bytes);
        expect(encodeTransaction(ours)).toEqual(bytes);
        expect(ours.gas.budget).toBe(BigInt(data.V1.gasData.budget));
        expect(ours.gas.payment).toHaveLength(data.V1.gasData.payment.length);
        seen.add(ours.expiration.kind);
        if (ours.kind.kind !== 'programmable') throw new Error('another kind');
        for (const { kind } of ours.kind.programmable.commands) seen.add(kind);
        for (const { kind } of ours.kind.programmable.inputs) seen.add(kind);
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual(
      [
        ...['epoch', 'fundsWithdrawal', 'makeMoveVec', 'mergeCoins', 'moveCall', 'none', 'object'],
        ...['publish', 'pure', 'splitCoins', 'transferObjects', 'upgrade', 'validDuring'],
        'validity',
      ].sort(),
    );
  });

  it('reads and writes objects', () => {
    fc.assert(
      fc.property(object(coinText), (value) => {
        const bytes = serialize(bcs.Object, value);
        const ours = parseObject(bytes);
        expect(encodeObject(ours)).toEqual(bytes);
        expect(ours.storageRebate).toBe(BigInt(value.storageRebate));
      }),
      { numRuns: 300 },
    );
  });

  it('reads and writes effects of both versions', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(effects(typeText), (value) => {
        const bytes = serialize(bcs.TransactionEffects, value);
        const ours = parseEffects(bytes);
        expect(encodeEffects(ours)).toEqual(bytes);
        seen.add(ours.kind);
      }),
      { numRuns: 200 },
    );
    expect([...seen].sort()).toEqual(['v1', 'v2']);
  });

  it("reads and writes each failure under the chain's name", () => {
    const [some] = fc.sample(
      effects(typeText).filter((value) => 'V2' in value),
      { seed: 1, numRuns: 1 },
    );
    const { V2 } = some as { V2: object };
    for (const arbitrary of failures)
      for (const error of fc.sample(arbitrary, { seed: 1, numRuns: 5 })) {
        const status = { Failure: { error, command: '3' } };
        const bytes = serialize(bcs.TransactionEffects, { V2: { ...V2, status } });
        const ours = parseEffects(bytes);
        expect(encodeEffects(ours)).toEqual(bytes);
        const failure = ours.status.kind === 'failure' ? ours.status : undefined;
        expect([failure?.error.kind]).toEqual(Object.keys(error));
        expect(failure?.command).toBe(3n);
      }
    expect(failures).toHaveLength(42);
  });

  it('hashes a transaction as the SDK does', async () => {
    const transaction = new Transaction();
    const [coin] = transaction.splitCoins(transaction.gas, [5n]);
    if (coin === undefined) throw new Error('no coin');
    transaction.transferObjects([coin], `0x${'2'.repeat(64)}`);
    transaction.setSender(`0x${'1'.repeat(64)}`);
    transaction.setGasPrice(1000);
    transaction.setGasBudget(5_000_000);
    transaction.setGasPayment([
      { objectId: `0x${'3'.repeat(64)}`, version: 7, digest: toBase58(new Uint8Array(32).fill(9)) },
    ]);
    const bytes = await transaction.build();
    expect(toBase58(transactionDigest(parseTransaction(bytes)))).toBe(
      await transaction.getDigest(),
    );
  });
});

describe('what is not canonical', () => {
  const bytes = serialize(
    bcs.TransactionData,
    fc.sample(transactionData(typeText), { seed: 7, numRuns: 1 })[0],
  );

  it('refuses what is cut off or goes on', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(() => parseTransaction(bytes.subarray(0, length))).toThrow(BcsError);
    expect(() => parseTransaction(Uint8Array.from([...bytes, 0]))).toThrow(BcsError);
  });

  it('ends in an error of ours for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(1), (data, offset) => {
        // Half of them past the version.
        const input = offset === 0 ? data : Uint8Array.from([0, 0, ...data]);
        for (const parse of [parseTransaction, parseObject, parseEffects])
          try {
            parse(input);
          } catch (error) {
            expect(error).toBeInstanceOf(LookaheadError);
          }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a gas coin that is written as another type', () => {
    const gasCoin = '0x2::coin::Coin<0x2::sui::SUI>';
    const tag = TypeTagSerializer.parseFromStr(gasCoin, true) as unknown as { struct: object };
    const value = {
      data: {
        Move: {
          type: { Other: tag.struct },
          hasPublicTransfer: true,
          version: '1',
          contents: new Array<number>(40).fill(1),
        },
      },
      owner: { Immutable: true },
      previousTransaction: toBase58(new Uint8Array(32)),
      storageRebate: '0',
    };
    expect(() => parseObject(serialize(bcs.Object, value))).toThrow(BcsError);
  });

  it('refuses types of another chain', () => {
    // 11 is a function type and 12 an i8 of Aptos.
    for (const variant of [11, 12])
      expect(() => decode(TYPE_TAG, Uint8Array.of(variant, 0, 0, 0), 'a type')).toThrow(BcsError);
    expect(() => decode(EFFECTS, Uint8Array.of(2), 'effects')).toThrow(BcsError);
  });
});
