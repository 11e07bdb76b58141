/** 0x1::aggregator and 0x1::aggregator_factory: the first kind, with its value in a table item. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { aborted, nativesOf } from '../../../core/runtime';
import { Address, asAddress, asInteger, integer, Struct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { referred } from '../values';

const ADD_OVERFLOW = 0x2_0001n;
const SUBTRACT_UNDERFLOW = 0x2_0002n;

interface AggregatorInfo {
  readonly handle: Address;
  readonly key: Address;
  readonly limit: bigint;
}

function infoOf({ fields: [handle, key, limit] }: Struct): AggregatorInfo {
  return { handle: asAddress(handle), key: asAddress(key), limit: BigInt(asInteger(limit)) };
}

/** The chain adds up what it has not read yet and checks in the end: the value is the same, the abort comes here. */
export const aggregatorNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  const change = (
    aggregator: Value | undefined,
    next: (value: bigint, limit: bigint) => bigint,
  ) => {
    const { handle, key, limit } = infoOf(referred(aggregator));
    context.aggregators.write(
      handle,
      key.bytes,
      next(context.aggregators.read(handle, key.bytes), limit),
    );
    return [];
  };
  return nativesOf('0x1::aggregator', {
    add: ({ args: [aggregator, amount] }) => {
      base('aggregator.add.base');
      return change(aggregator, (value, limit) => {
        const sum = value + BigInt(asInteger(amount));
        if (sum > limit) throw aborted(ADD_OVERFLOW, 'overflow');
        return sum;
      });
    },
    sub: ({ args: [aggregator, amount] }) => {
      base('aggregator.sub.base');
      return change(aggregator, (value) => {
        const difference = value - BigInt(asInteger(amount));
        if (difference < 0n) throw aborted(SUBTRACT_UNDERFLOW, 'underflow');
        return difference;
      });
    },
    read: ({ args: [aggregator] }) => {
      base('aggregator.read.base');
      const { handle, key } = infoOf(referred(aggregator));
      return [integer(context.aggregators.read(handle, key.bytes))];
    },
    destroy: ({ args: [aggregator] }) => {
      base('aggregator.destroy.base');
      if (!(aggregator instanceof Struct)) return [];
      const { handle, key } = infoOf(aggregator);
      context.aggregators.destroy(handle, key.bytes);
      return [];
    },
  });
};

export const aggregatorFactoryNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::aggregator_factory', {
    /** The key is a hash of the session and of how many aggregators it has used. */
    new_aggregator: ({ args: [factory, limit] }) => {
      base('aggregator_factory.new_aggregator.base');
      const [table] = referred(factory).fields;
      const handle = asAddress(table instanceof Struct ? table.fields[0] : undefined);
      const preimage = new Uint8Array(36);
      preimage.set(context.transaction.sessionHash);
      new DataView(preimage.buffer).setUint32(32, context.aggregators.inUse);
      const key = Address.fromBytes(sha3_256(preimage));
      context.aggregators.create(handle, key.bytes, 0n);
      return [new Struct([handle, key, asInteger(limit)])];
    },
  });
};
