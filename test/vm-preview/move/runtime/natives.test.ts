/** Natives of the core, called through the recorded frameworks, against what others compute. */
import { bcs } from '@mysten/sui/bcs';
import fc from 'fast-check';
import { freeGas } from '../../../../src/vm-preview/move/core/gas/gas';
import { primitive, type Type } from '../../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../../src/vm-preview/move/core/natives';
import {
  Address,
  ByteVector,
  ItemVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../../src/vm-preview/move/core/values';
import { type Framework, framework, int, text } from './framework';

const aptos = framework('aptos devnet.blob');
const sui = framework('sui framework/102/');
const frameworks = [
  ['Aptos', aptos],
  ['Sui', sui],
].filter((row): row is [string, Framework] => row[1] !== undefined);
if (frameworks.length === 0) it.skip('skipped: no fixtures', () => undefined);
const onAptos = aptos === undefined ? it.skip : it;

const U64 = primitive('u64');
const place = (value: Value): SlotReference => new SlotReference([value], 0, undefined);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const hex = (value: Value | undefined): string => {
  if (!(value instanceof ByteVector)) throw new Error('no bytes');
  return Buffer.from(value.bytes).toString('hex');
};
const fieldOf = (value: Value | undefined, i = 0): Value => {
  const field = value instanceof Struct ? value.fields[i] : undefined;
  if (field === undefined) throw new Error('no field');
  return field;
};

function vm(): Framework {
  if (aptos === undefined) throw new Error('no fixtures');
  return aptos;
}

/** A value with its type, and its BCS by another's library. */
interface Sample {
  readonly type: (machine: Framework) => Type;
  readonly value: () => Value;
  readonly encoded: Uint8Array;
}

const number = (kind: 'u8' | 'u16' | 'u32' | 'u64' | 'u128' | 'u256', bits: bigint) =>
  fc.bigInt({ min: 0n, max: (1n << bits) - 1n }).map((value): Sample => {
    const encoded =
      kind === 'u8' || kind === 'u16' || kind === 'u32'
        ? bcs[kind]().serialize(Number(value))
        : bcs[kind]().serialize(value);
    return { type: () => primitive(kind), value: () => int(value), encoded: encoded.toBytes() };
  });

const leaf = fc.oneof(
  number('u8', 8n),
  number('u16', 16n),
  number('u32', 32n),
  number('u64', 64n),
  number('u128', 128n),
  number('u256', 256n),
  fc.boolean().map(
    (value): Sample => ({
      type: () => primitive('bool'),
      value: () => value,
      encoded: bcs.bool().serialize(value).toBytes(),
    }),
  ),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes): Sample => {
    const address = Address.fromBytes(bytes);
    return {
      type: () => primitive('address'),
      value: () => address,
      encoded: bcs.Address.serialize(`0x${address.hex}`).toBytes(),
    };
  }),
  fc.uint8Array({ maxLength: 200 }).map(
    (bytes): Sample => ({
      type: ({ loader }) => loader.types.vector(primitive('u8')),
      value: () => new ByteVector(bytes.slice()),
      encoded: bcs.vector(bcs.u8()).serialize(bytes).toBytes(),
    }),
  ),
);

/** One element as often as is said. */
const repeated = fc.tuple(leaf, fc.nat(140)).map(([sample, count]): Sample => {
  const raw = bcs.fixedArray(sample.encoded.length, bcs.u8());
  const bytes = sample.encoded.length === 1;
  return {
    type: (machine) => machine.loader.types.vector(sample.type(machine)),
    value: () => {
      const items = Array.from({ length: count }, () => sample.value());
      if (!bytes || typeof items[0] !== 'number') return new ItemVector(items);
      return new ByteVector(Uint8Array.from(items, Number));
    },
    encoded: bcs
      .vector(raw)
      .serialize(Array.from({ length: count }, () => [...sample.encoded]))
      .toBytes(),
  };
});

describe.each(frameworks)('natives on %s', (_, machine) => {
  it('BCS is what @mysten/bcs writes', () => {
    fc.assert(
      fc.property(fc.oneof(leaf, repeated), ({ type, value, encoded }) => {
        const [bytes] = machine.call('bcs::to_bytes', [place(value())], [type(machine)]);
        expect(hex(bytes)).toBe(Buffer.from(encoded).toString('hex'));
        const decoded = machine.loader.codec.decode(encoded, type(machine));
        expect(machine.loader.codec.encode(decoded, type(machine))).toEqual(encoded);
      }),
    );
  });

  it('BCS of a string is the example of its specification', () => {
    const [string] = machine.call('string::utf8', [text('çå∞≠¢õß∂ƒ∫')]);
    const [bytes] = machine.call('string::bytes', [place(string ?? 0)]);
    const encoded = bytes instanceof SlotReference ? bytes.get() : bytes;
    const [result] = machine.call(
      'bcs::to_bytes',
      [place(encoded ?? 0)],
      [machine.loader.types.vector(primitive('u8'))],
    );
    expect(hex(result)).toBe('18c3a7c3a5e2889ee289a0c2a2c3b5c39fe28882c692e288ab');
  });

  it('options hold one value or none', () => {
    fc.assert(
      fc.property(u64, u64, (first, second) => {
        const [option] = machine.call('option::some', [int(first)], [U64]);
        const at = place(option ?? 0);
        expect(machine.call('option::is_some', [at], [U64])).toEqual([true]);
        expect(machine.call('option::contains', [at, place(int(second))], [U64])).toEqual([
          first === second,
        ]);
        expect(machine.call('option::swap', [at, int(second)], [U64])).toEqual([int(first)]);
        expect(machine.call('option::extract', [at], [U64])).toEqual([int(second)]);
        expect(machine.call('option::is_none', [at], [U64])).toEqual([true]);
        const { status, subStatus } = machine.failure('option::extract', [at], [U64]);
        expect([status, subStatus]).toEqual(['ABORTED', 0x40001n]);
      }),
      { numRuns: 30 },
    );
  });

  it('a string is cut between its characters only', () => {
    const [string] = machine.call('string::utf8', [text('aé')]);
    const cut = machine === sui ? 'string::substring' : 'string::sub_string';
    const [head] = machine.call(cut, [place(string ?? 0), 0, 1]);
    expect(hex(fieldOf(head))).toBe('61');
    for (const [from, to] of [
      [0, 2],
      [2, 3],
      [0, 4],
      [2, 1],
    ] as const) {
      const error = machine.failure(cut, [place(string ?? 0), from, to]);
      expect([error.status, error.subStatus]).toEqual(['ABORTED', 2n]);
    }
  });

  it('bytes are UTF-8 as Node has it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        let valid = true;
        try {
          new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          valid = false;
        }
        const native = CORE_NATIVES.get('0x1::string::internal_check_utf8');
        const result = native?.({
          args: [place(new ByteVector(bytes))],
          typeArguments: [],
          loader: machine.loader,
          gas: freeGas(),
          caller: undefined,
          stack: [],
        });
        expect(result).toEqual([valid]);
      }),
    );
  });
});

describe('natives that only Aptos has', () => {
  onAptos('ranges are moved as arrays are spliced', () => {
    const list = fc.array(u64, { maxLength: 12 });
    fc.assert(
      fc.property(list, list, fc.nat(13), fc.nat(13), fc.nat(13), (from, to, at, count, target) => {
        const [source, destination] = [new ItemVector(from.map(int)), new ItemVector(to.map(int))];
        const args = [place(source), at, count, place(destination), target];
        if (at + count > from.length || target > to.length) {
          const error = vm().failure('vector::move_range', args, [U64]);
          expect([error.status, error.subStatus]).toEqual(['ABORTED', 1n]);
          expect(error.location).toMatchObject({ module: '0x1::vector', offset: 0 });
          return;
        }
        vm().call('vector::move_range', args, [U64]);
        const rest = [...from];
        const joined = [...to];
        joined.splice(target, 0, ...rest.splice(at, count));
        expect([source.items, destination.items]).toEqual([rest.map(int), joined.map(int)]);
      }),
    );
  });

  onAptos('ranges of bytes too', () => {
    const bytes = fc.uint8Array({ maxLength: 30 });
    fc.assert(
      fc.property(bytes, bytes, fc.nat(30), fc.nat(30), (from, to, at, target) => {
        const [source, destination] = [new ByteVector(from.slice()), new ByteVector(to.slice())];
        const [first, place_] = [Math.min(at, from.length), Math.min(target, to.length)];
        const args = [place(source), first, from.length - first, place(destination), place_];
        vm().call('vector::move_range', args, [primitive('u8')]);
        expect([...source.bytes]).toEqual([...from.slice(0, first)]);
        expect([...destination.bytes]).toEqual([
          ...to.slice(0, place_),
          ...from.slice(first),
          ...to.slice(place_),
        ]);
      }),
    );
  });

  onAptos('two places are swapped, and one is replaced', () => {
    fc.assert(
      fc.property(u64, u64, u64, (first, second, third) => {
        const [left, right] = [place(int(first)), place(int(second))];
        vm().call('mem::swap', [left, right], [U64]);
        expect([left.get(), right.get()]).toEqual([int(second), int(first)]);
        expect(vm().call('mem::replace', [left, int(third)], [U64])).toEqual([int(second)]);
        expect(left.get()).toBe(int(third));
      }),
    );
  });

  onAptos('values are ordered by size, lists by their first difference', () => {
    const order = (left: Value, right: Value, type: Type): boolean[] => {
      const [result] = vm().call('cmp::compare', [place(left), place(right)], [type]);
      return ['is_lt', 'is_eq', 'is_gt'].map(
        (fn) => vm().call(`cmp::${fn}`, [place(result ?? 0)])[0] === true,
      );
    };
    const expected = (sign: number): boolean[] => [sign < 0, sign === 0, sign > 0];
    const sign = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
    const close = fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n });
    fc.assert(
      fc.property(fc.oneof(u64, close), fc.oneof(u64, close), (a, b) => {
        expect(order(int(a), int(b), U64)).toEqual(expected(sign(a, b)));
      }),
    );
    const bytes = fc.uint8Array({ maxLength: 3 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const type = vm().loader.types.vector(primitive('u8'));
        const actual = order(new ByteVector(a), new ByteVector(b), type);
        expect(actual).toEqual(expected(Math.sign(Buffer.compare(a, b))));
      }),
    );
    const address = (digits: string) => Address.parse(digits);
    expect(order(address('0x2'), address('0x10'), primitive('address'))).toEqual(expected(-1));
    expect(order(false, true, primitive('bool'))).toEqual(expected(-1));
  });

  onAptos('an ordered map has its keys in order, and forgets what is removed', () => {
    const types = [U64, U64];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(u64, u64), { selector: ([key]) => key, maxLength: 10 }),
        (entries) => {
          const [map] = vm().call('ordered_map::new', [], types);
          const at = place(map ?? 0);
          for (const [key, value] of entries)
            vm().call('ordered_map::add', [at, int(key), int(value)], types);
          const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
          const [keys] = vm().call('ordered_map::keys', [at], types);
          expect(keys instanceof ItemVector && keys.items).toEqual(
            entries.length === 0 ? [] : sorted.map(([key]) => int(key)),
          );
          for (const [key, value] of entries) {
            expect(vm().call('ordered_map::contains', [at, place(int(key))], types)).toEqual([
              true,
            ]);
            expect(vm().call('ordered_map::remove', [at, place(int(key))], types)).toEqual([
              int(value),
            ]);
          }
          expect(vm().call('ordered_map::is_empty', [at], types)).toEqual([true]);
        },
      ),
      { numRuns: 30 },
    );
  });

  onAptos('fixed_point64 multiplies, divides and rounds', () => {
    const small = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(small, small, small, (a, b, value) => {
        const raw = (a << 64n) / b;
        fc.pre(raw !== 0n);
        const [fraction] = vm().call('fixed_point64::create_from_rational', [int(a), int(b)]);
        expect(fieldOf(fraction)).toBe(int(raw));
        const of = (fn: string) =>
          vm().call(`fixed_point64::${fn}`, [int(value), fraction ?? 0])[0];
        expect(of('multiply_u128')).toBe(int((value * raw) >> 64n));
        expect(of('divide_u128')).toBe(int((value << 64n) / raw));
        expect(vm().call('fixed_point64::floor', [fraction ?? 0])).toEqual([int(raw >> 64n)]);
      }),
    );
  });
});
