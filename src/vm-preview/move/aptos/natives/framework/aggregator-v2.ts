/**
 * 0x1::aggregator_v2 with values kept in place, which is what the chain writes in the end. Type
 * arguments are u64 or u128.
 */
import type { Type } from '../../../core/loader';
import { aborted, type Native, type NativeCall, nativesOf } from '../../../core/runtime';
import { asInteger, asReference, asStruct, illTyped, integer, Struct } from '../../../core/values';
import { type Prices, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { referred, stringBytes, stringValue, typeArgument } from '../values';
import {
  concatenatedWidth,
  constantWidth,
  DERIVED_STRING_INPUT_MAX,
  derivedString,
} from './derived-string';

const UNSUPPORTED_SNAPSHOT_TYPE = 0x3_0005n;
const UNSUPPORTED_AGGREGATOR_TYPE = 0x3_0007n;
const INPUT_STRING_TOO_LONG = 0x3_0008n;
const FUNCTION_NOT_SUPPORTED = 0x3_0009n;

const U64_MAX = (1n << 64n) - 1n;
const U128_MAX = (1n << 128n) - 1n;

const VALUE = 0;
const MAX = 1;

/** The greatest value of the type. @throws MoveError for a type that aggregators do not have */
function maxOf(type: Type, code: bigint): bigint {
  if (type.kind === 'u64') return U64_MAX;
  if (type.kind === 'u128') return U128_MAX;
  throw aborted(code);
}

const number = ({ fields }: Struct, index: number): bigint => BigInt(asInteger(fields[index]));

/** `change` gives the new value, or nothing where it would be out of bounds. */
const tryChange =
  (
    prices: Prices,
    name: string,
    change: (value: bigint, by: bigint, max: bigint) => bigint | undefined,
    writes: boolean,
  ): Native =>
  ({ args: [aggregator, by], typeArguments }) => {
    prices.base(`aggregator_v2.${name}.base`);
    maxOf(typeArgument(typeArguments), UNSUPPORTED_AGGREGATOR_TYPE);
    const reference = asReference(aggregator);
    const struct = asStruct(reference.get());
    const next = change(number(struct, VALUE), BigInt(asInteger(by)), number(struct, MAX));
    if (next !== undefined && writes) {
      struct.fields[VALUE] = integer(next);
      reference.touch();
    }
    return [next !== undefined];
  };

function createDerivedString(prices: Prices, { args: [value] }: NativeCall) {
  prices.base('aggregator_v2.create_snapshot.base');
  const bytes = stringBytes(value);
  prices.each('aggregator_v2.create_snapshot.per_byte', bytes.length);
  if (bytes.length > DERIVED_STRING_INPUT_MAX) throw aborted(INPUT_STRING_TOO_LONG);
  return [derivedString(bytes, constantWidth(bytes.length))];
}

function concatenate(prices: Prices, { args, typeArguments }: NativeCall) {
  const [before, snapshot, after] = args;
  prices.base('aggregator_v2.string_concat.base');
  const suffix = stringBytes(after);
  prices.each('aggregator_v2.string_concat.per_byte', suffix.length);
  const prefix = stringBytes(before);
  prices.each('aggregator_v2.string_concat.per_byte', prefix.length);
  const length = prefix.length + suffix.length;
  if (length > DERIVED_STRING_INPUT_MAX) throw aborted(INPUT_STRING_TOO_LONG);
  const max = maxOf(typeArgument(typeArguments), UNSUPPORTED_SNAPSHOT_TYPE);
  const digits = new TextEncoder().encode(String(number(referred(snapshot), VALUE)));
  const text = new Uint8Array([...prefix, ...digits, ...suffix]);
  return [derivedString(text, concatenatedWidth(length, max))];
}

const notSupported: Native = () => {
  throw aborted(FUNCTION_NOT_SUPPORTED);
};

export const aggregatorV2Natives = (context: NativeContext) => {
  const prices = pricesOf(context, 'aptos_framework');
  const base = (name: string): void => prices.base(`aggregator_v2.${name}.base`);
  return nativesOf('0x1::aggregator_v2', {
    create_aggregator: ({ args: [max], typeArguments }) => {
      base('create_aggregator');
      maxOf(typeArgument(typeArguments), UNSUPPORTED_AGGREGATOR_TYPE);
      return [new Struct([0, asInteger(max)])];
    },
    create_unbounded_aggregator: ({ typeArguments }) => {
      base('create_aggregator');
      const max = maxOf(typeArgument(typeArguments), UNSUPPORTED_AGGREGATOR_TYPE);
      return [new Struct([0, integer(max)])];
    },
    try_add: tryChange(
      prices,
      'try_add',
      (value, by, max) => (value + by <= max ? value + by : undefined),
      true,
    ),
    try_sub: tryChange(prices, 'try_sub', remaining, true),
    is_at_least_impl: tryChange(prices, 'is_at_least', remaining, false),
    read: ({ args: [aggregator], typeArguments }) => {
      base('read');
      maxOf(typeArgument(typeArguments), UNSUPPORTED_AGGREGATOR_TYPE);
      const struct = referred(aggregator);
      if (number(struct, VALUE) > number(struct, MAX))
        throw illTyped('makes an aggregator over its maximum');
      return [asInteger(struct.fields[VALUE])];
    },
    snapshot: ({ args: [aggregator], typeArguments }) => {
      base('snapshot');
      maxOf(typeArgument(typeArguments), UNSUPPORTED_AGGREGATOR_TYPE);
      return [new Struct([asInteger(referred(aggregator).fields[VALUE])])];
    },
    create_snapshot: ({ args: [value], typeArguments }) => {
      base('create_snapshot');
      maxOf(typeArgument(typeArguments), UNSUPPORTED_SNAPSHOT_TYPE);
      return [new Struct([asInteger(value)])];
    },
    copy_snapshot: notSupported,
    read_snapshot: ({ args: [snapshot], typeArguments }) => {
      base('read_snapshot');
      maxOf(typeArgument(typeArguments), UNSUPPORTED_SNAPSHOT_TYPE);
      return [asInteger(referred(snapshot).fields[VALUE])];
    },
    string_concat: notSupported,
    read_derived_string: ({ args: [snapshot] }) => {
      base('read_snapshot');
      return [stringValue(stringBytes(referred(snapshot).fields[VALUE]).slice())];
    },
    create_derived_string: (call) => createDerivedString(prices, call),
    derive_string_concat: (call) => concatenate(prices, call),
  });
};

function remaining(value: bigint, by: bigint): bigint | undefined {
  return by > value ? undefined : value - by;
}
