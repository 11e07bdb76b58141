/** Wire formats of address balances, beside the SDK's. */
import { bcs } from '@mysten/sui/bcs';
import { Transaction } from '@mysten/sui/transactions';
import { deriveDynamicFieldID, toBase58 } from '@mysten/sui/utils';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  type AccumulatorValue,
  addressBalanceId,
  addressBalanceObject,
  coinReservationRef,
  type EffectsV2,
  encodeEffects,
  encodeObject,
  encodeTransaction,
  GAS_COIN,
  isCoinReservation,
  parseAddressBalance,
  parseCoinReservation,
  parseEffects,
  parseObject,
  parseTransaction,
  SUI,
} from '../../../../../src/vm-preview/move/sui/data';

const OWNER = Address.parse(`0x${'a1'.repeat(32)}`);
const CHAIN = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const USDC = {
  kind: 'struct',
  address: Address.parse('0xdba3').bytes,
  module: 'usdc',
  name: 'USDC',
  typeArguments: [],
} as const;

const keyType = (currency: string): Parameters<typeof deriveDynamicFieldID>[1] =>
  `0x2::accumulator::Key<0x2::balance::Balance<${currency}>>`;

describe('an address’ balance', () => {
  it.each([
    ['0x2::sui::SUI', SUI],
    ['0xdba3::usdc::USDC', USDC],
  ])('of %s is where the SDK finds it', (name, currency) => {
    const root = Address.parse('0xacc').toString();
    const expected = deriveDynamicFieldID(root, keyType(name), OWNER.bytes);
    expect(`0x${bytesToHex(addressBalanceId(OWNER.bytes, currency))}`).toBe(expected);
  });

  it.each([SUI, USDC, GAS_COIN])('comes back from its object as it was', (currency) => {
    const balance = { owner: OWNER.bytes, currency, value: 2n ** 100n };
    const stamp = {
      version: 7n,
      previousTransaction: new Uint8Array(32).fill(1),
      storageRebate: 0n,
    };
    const object = parseObject(encodeObject(addressBalanceObject(balance, stamp)));
    expect(parseAddressBalance(object)).toEqual(balance);
    expect(parseAddressBalance({ ...object, owner: { kind: 'immutable' } })).toBeUndefined();
  });
});

describe('a coin reservation', () => {
  const reservation = {
    field: addressBalanceId(OWNER.bytes, SUI),
    amount: 123_456_789n,
    epoch: 900n,
  };
  const ref = coinReservationRef(reservation, CHAIN);

  it('has the amount, the epoch and the mark in its digest', () => {
    expect(bytesToHex(ref.digest)).toBe(`15cd5b070000000084030000${'ac'.repeat(20)}`);
    expect(ref.id).toEqual(reservation.field.map((byte, i) => byte ^ (CHAIN[i] ?? 0)));
    expect(isCoinReservation(ref)).toBe(true);
    expect(parseCoinReservation(ref, CHAIN)).toEqual(reservation);
  });

  it('is no object’s reference, and of one chain', () => {
    expect(parseCoinReservation({ ...ref, digest: new Uint8Array(32).fill(2) }, CHAIN)).toBe(
      undefined,
    );
    const elsewhere = parseCoinReservation(ref, new Uint8Array(32));
    expect(elsewhere?.field).not.toEqual(reservation.field);
  });

  it('does not take an epoch that does not fit', () => {
    expect(() => coinReservationRef({ ...reservation, epoch: 2n ** 32n }, CHAIN)).toThrow(
      RangeError,
    );
  });
});

describe('a transaction that the SDK builds', () => {
  const built = async (make: (transaction: Transaction) => void): Promise<Uint8Array> => {
    const transaction = new Transaction();
    make(transaction);
    transaction.setSender(OWNER.toString());
    transaction.setGasPrice(1000);
    transaction.setGasBudget(5_000_000);
    transaction.setGasPayment([]);
    transaction.setExpiration({
      ValidDuring: {
        minEpoch: '5',
        maxEpoch: '6',
        minTimestamp: null,
        maxTimestamp: null,
        chain: toBase58(CHAIN),
        nonce: 77,
      },
    });
    return transaction.build();
  };

  it('with a withdrawal and a balance that pays is read and written alike', async () => {
    const bytes = await built((transaction) => {
      const withdrawal = transaction.withdrawal({ amount: 40n, type: '0x2::sui::SUI' });
      transaction.moveCall({
        target: '0x2::balance::redeem_funds',
        typeArguments: ['0x2::sui::SUI'],
        arguments: [withdrawal],
      });
    });
    const parsed = parseTransaction(bytes);
    expect(parsed.gas.payment).toEqual([]);
    expect(parsed.expiration).toMatchObject({
      kind: 'validDuring',
      minEpoch: 5n,
      maxEpoch: 6n,
      nonce: 77,
      chain: CHAIN,
    });
    expect(parsed.kind).toMatchObject({
      programmable: {
        inputs: [
          {
            kind: 'fundsWithdrawal',
            withdrawal: { maxAmount: 40n, currency: SUI, from: { kind: 'sender' } },
          },
        ],
      },
    });
    expect(encodeTransaction(parsed)).toEqual(bytes);
    // One byte more or less is another transaction or none.
    expect(() => parseTransaction(bytes.subarray(0, -1))).toThrow();
    expect(() => parseTransaction(Uint8Array.from([...bytes, 0]))).toThrow();
  });
});

describe('effects that add to a balance', () => {
  const effects = (value: AccumulatorValue, operation: 'merge' | 'split'): EffectsV2 => ({
    kind: 'v2',
    status: { kind: 'success' },
    epoch: 5n,
    gas: { computationCost: 1n, storageCost: 2n, storageRebate: 3n, nonRefundableStorageFee: 4n },
    transaction: new Uint8Array(32).fill(9),
    gasObjectIndex: undefined,
    events: undefined,
    dependencies: [],
    lamportVersion: 8n,
    changedObjects: [
      [
        addressBalanceId(OWNER.bytes, SUI),
        {
          input: { kind: 'notExist' },
          output: {
            kind: 'accumulatorWrite',
            address: OWNER.bytes,
            type: GAS_COIN,
            operation: { kind: operation },
            value,
          },
          idOperation: { kind: 'none' },
        },
      ],
    ],
    unchangedConsensusObjects: [],
    auxiliaryData: undefined,
  });

  it.each([
    [{ kind: 'integer', value: 7n }, 'merge', { Integer: '7' }],
    [{ kind: 'integerTuple', values: [1n, 2n] }, 'split', { IntegerTuple: ['1', '2'] }],
    [
      { kind: 'eventDigest', events: [[3n, new Uint8Array(32).fill(5)]] },
      'merge',
      { EventDigest: [['3', toBase58(new Uint8Array(32).fill(5))]] },
    ],
  ] as const)('are as the SDK reads them', (value, operation, expected) => {
    const bytes = encodeEffects(effects(value, operation));
    const read = bcs.TransactionEffects.parse(bytes);
    expect(read.V2?.changedObjects[0]?.[1]).toMatchObject({
      inputState: { NotExist: true },
      outputState: {
        AccumulatorWriteV1: {
          address: { address: OWNER.toString() },
          operation: { [operation === 'merge' ? 'Merge' : 'Split']: true },
          value: expected,
        },
      },
      idOperation: { None: true },
    });
    expect(bcs.TransactionEffects.serialize(read).toBytes()).toEqual(bytes);
    expect(encodeEffects(parseEffects(bytes))).toEqual(bytes);
  });
});
