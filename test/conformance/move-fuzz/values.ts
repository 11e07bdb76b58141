/** Random values of types as they are at run time. */
import { type Loader, primitive, type Type } from '../../../src/vm-preview/move/core/loader';
import {
  Address,
  ByteVector,
  INTEGERS,
  type Integer,
  type IntegerKind,
  integer,
  isIntegerKind,
  itemVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';
import type { Random } from '../svm-differential/random';

const ADDRESSES = ['0x0', '0x1', '0x3', '0x4', '0xa', '0xcafe'].map((text) => Address.parse(text));
const MAX_DEPTH = 5;

export function randomInteger(random: Random, kind: IntegerKind): Integer {
  const { bits, min, max } = INTEGERS[kind];
  switch (random.below(5)) {
    case 0:
      return integer(min);
    case 1:
      return integer(max);
    case 2: {
      let value = 0n;
      for (let width = 0; width < bits; width += 64) value = (value << 64n) | random.u64();
      return integer(min + (value & ((1n << BigInt(bits)) - 1n)));
    }
    default:
      return random.below(20);
  }
}

export function randomAddress(random: Random): Address {
  return random.chance(80) ? random.pick(ADDRESSES) : Address.fromBytes(random.bytes(32));
}

/** Texts that strings and names begin from: bytes that are no UTF-8 are as likely. */
function randomBytes(random: Random): Uint8Array {
  if (random.chance(40)) return new TextEncoder().encode('some text é'.slice(random.below(11)));
  return random.bytes(random.below(random.chance(5) ? 400 : 40));
}

/** @returns undefined for a type of which none is made: functions, and values that go too deep */
export function randomValue(
  random: Random,
  loader: Loader,
  type: Type,
  depth = 0,
): Value | undefined {
  const { kind } = type;
  if (isIntegerKind(kind)) return randomInteger(random, kind);
  switch (type.kind) {
    case 'bool':
      return random.chance(50);
    case 'address':
      return randomAddress(random);
    case 'signer':
      return new Struct([randomAddress(random)]);
    case 'vector': {
      const { element } = type;
      if (element.kind === 'u8') return new ByteVector(randomBytes(random));
      const length = depth >= MAX_DEPTH ? 0 : random.below(random.chance(3) ? 200 : 4);
      const items: Value[] = [];
      for (let i = 0; i < length; i++) {
        const item = randomValue(random, loader, element, depth + 1);
        if (item !== undefined) items.push(item);
      }
      return itemVector(items, isIntegerKind(element.kind) ? element.kind : undefined);
    }
    case 'reference': {
      const to = randomValue(random, loader, type.to, depth + 1);
      return to === undefined ? undefined : new SlotReference([to], 0, undefined);
    }
    case 'datatype': {
      if (depth > MAX_DEPTH * 2) return undefined;
      const { shape } = type.datatype;
      const variant = shape.kind === 'enum' ? random.below(shape.variants.length) : undefined;
      const fields: Value[] = [];
      for (const field of type.datatype.fields(variant)) {
        const fieldType = loader.types.instantiate(field.type, type.typeArguments);
        const value = randomValue(random, loader, fieldType, depth + 1);
        if (value === undefined) return undefined;
        fields.push(value);
      }
      return new Struct(fields, variant);
    }
    default:
      return undefined;
  }
}

const SIMPLE = (['u64', 'bool', 'address', 'u8', 'u256', 'i8'] as const).map((kind) =>
  primitive(kind),
);

/** A type that can be copied, dropped and stored. */
export function randomSimpleType(random: Random, loader: Loader): Type {
  const type = random.pick(SIMPLE);
  return random.chance(80) ? type : loader.types.vector(type);
}
