import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { primitive } from '../../../../src/vm-preview/move/core/loader';
import {
  Address,
  ByteVector,
  ItemVector,
  integer,
  SlotReference,
  Struct,
  type Value,
} from '../../../../src/vm-preview/move/core/values';
import { type Framework, framework, int, text } from './framework';

const SOURCES = [
  'aptos devnet.blob',
  'aptos mainnet.blob',
  'aptos testnet.blob',
  'sui framework/102/',
] as const;
const frameworks = SOURCES.flatMap((name): [string, Framework][] => {
  const found = framework(name);
  return found === undefined ? [] : [[name, found]];
});
if (frameworks.length === 0) it.skip('skipped: no fixtures', () => undefined);

const U64 = primitive('u64');
const U8 = primitive('u8');
const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 0n, max: 1000n }),
);
const u128 = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), u64);

const place = (value: Value): SlotReference => new SlotReference([value], 0, undefined);
const items = (values: readonly bigint[]): ItemVector => new ItemVector(values.map(int));

function outcome(run: () => readonly Value[]): string {
  try {
    return run().map(String).join();
  } catch (error) {
    return error instanceof Error ? (error.message.split(':')[0] ?? '') : 'no error';
  }
}

for (const [name, vm] of frameworks)
  describe(`functions of the framework in ${name}`, () => {
    // Testnet's genesis is older than some modules, and Sui has others.
    const itWith = (module: string) => (vm.modules.has(`0x1::${module}`) ? it : it.skip);

    itWith('math64')('math64 and math128 compute what bigints do, or fail to', () => {
      const check =
        (fn: string, width: bigint, expected: (a: bigint, b: bigint) => bigint) =>
        (a: bigint, b: bigint) => {
          const value = expected(a, b);
          const result = outcome(() => vm.call(fn, [int(a), int(b)]));
          expect(result).toBe(value < 1n << width ? String(value) : 'ARITHMETIC_ERROR');
        };
      const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
      const average = (a: bigint, b: bigint): bigint => (a + b) / 2n;
      fc.assert(fc.property(u64, u64, check('math64::max', 64n, max)));
      fc.assert(fc.property(u64, u64, check('math64::average', 64n, average)));
      fc.assert(fc.property(u128, u128, check('math128::max', 128n, max)));
      fc.assert(fc.property(u128, u128, check('math128::average', 128n, average)));
    });

    itWith('math64')('math64::pow overflows exactly where it does not fit', () => {
      fc.assert(
        fc.property(
          fc.bigInt({ min: 2n, max: 50n }),
          fc.bigInt({ min: 0n, max: 11n }),
          (base, power) => {
            const [result] = vm.call('math64::pow', [int(base), int(power)]);
            expect(result).toBe(integer(base ** power));
          },
        ),
      );
      const error = vm.failure('math64::pow', [2, 64]);
      expect(error.status).toBe('ARITHMETIC_ERROR');
      expect(error.location).toMatchObject({ module: '0x1::math64', function: 'pow' });
    });

    it('vectors are appended, reversed, searched and cut as arrays are', () => {
      const list = fc.array(u64, { maxLength: 20 });
      fc.assert(
        fc.property(list, list, u64, (first, second, wanted) => {
          const vector = items(first);
          vm.call('vector::append', [place(vector), items(second)], [U64]);
          expect(vector.items).toEqual([...first, ...second].map(int));
          const [found, index] = vm.call('vector::index_of', [place(vector), int(wanted)], [U64]);
          const expected = [...first, ...second].indexOf(wanted);
          expect([found, index]).toEqual([expected >= 0, Math.max(0, expected)]);
          vm.call('vector::reverse', [place(vector)], [U64]);
          expect(vector.items).toEqual([...first, ...second].reverse().map(int));
        }),
      );
    });

    it('vectors of bytes do the same', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(45), (bytes, at) => {
          const vector = new ByteVector(bytes.slice());
          const run = () => vm.call('vector::remove', [place(vector), at], [U8]);
          if (at >= bytes.length) return expect(outcome(run)).toBe('ABORTED');
          expect(run()).toEqual([bytes[at]]);
          return expect([...vector.bytes]).toEqual([...bytes].filter((_, i) => i !== at));
        }),
      );
    });

    it('an abort has its code and the module', () => {
      const error = vm.failure('string::utf8', [new ByteVector(Uint8Array.of(0xff))]);
      expect([error.status, error.subStatus]).toEqual(['ABORTED', 1n]);
      expect(error.location).toMatchObject({ module: '0x1::string', function: 'utf8' });
    });

    it('strings are cut and searched by bytes', () => {
      fc.assert(
        fc.property(
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: 'grapheme', maxLength: 2 }),
          (haystack, needle) => {
            const [string] = vm.call('string::utf8', [text(haystack)]);
            const [wanted] = vm.call('string::utf8', [text(needle)]);
            if (string === undefined || wanted === undefined) throw new Error('no string');
            const [index] = vm.call('string::index_of', [place(string), place(wanted)]);
            const found = Buffer.from(haystack).indexOf(Buffer.from(needle));
            expect(index).toBe(found < 0 ? Buffer.from(haystack).length : found);
            const [part] = vm.call('string::sub_string', [place(string), 0, Math.max(0, found)]);
            if (!(part instanceof Struct)) throw new Error('no string');
            const [bytes] = part.fields;
            if (!(bytes instanceof ByteVector)) throw new Error('no bytes');
            expect(Buffer.from(bytes.bytes).toString()).toBe(
              Buffer.from(haystack).subarray(0, Math.max(0, found)).toString(),
            );
          },
        ),
      );
    });

    itWith('fixed_point32')('fixed_point32 multiplies and divides', () => {
      fc.assert(
        fc.property(
          fc.bigInt({ min: 1n, max: 10n ** 6n }),
          fc.bigInt({ min: 1n, max: 10n ** 6n }),
          (a, b) => {
            const [fraction] = vm.call('fixed_point32::create_from_rational', [int(a), int(b)]);
            if (fraction === undefined) throw new Error('no fraction');
            const raw = (a << 32n) / b;
            expect(vm.call('fixed_point32::multiply_u64', [12345, fraction])).toEqual([
              int((12345n * raw) >> 32n),
            ]);
            expect(vm.call('fixed_point32::divide_u64', [12345, fraction])).toEqual([
              int((12345n << 32n) / raw),
            ]);
          },
        ),
      );
      const { status, subStatus } = vm.failure('fixed_point32::create_from_rational', [1, 0]);
      expect([status, subStatus]).toEqual(['ABORTED', 0x10001n]);
    });

    itWith('bit_vector')('bit_vector sets, shifts and counts', () => {
      fc.assert(
        fc.property(fc.array(fc.nat(63)), fc.nat(70), (set, shift) => {
          const [bits] = vm.call('bit_vector::new', [64]);
          if (bits === undefined) throw new Error('no bits');
          const at = place(bits);
          let mask = 0n;
          for (const bit of set) {
            vm.call('bit_vector::set', [at, bit]);
            mask |= 1n << BigInt(bit);
          }
          vm.call('bit_vector::shift_left', [at, shift]);
          for (let i = 0; i < 64; i++)
            expect(vm.call('bit_vector::is_index_set', [at, i])).toEqual([
              ((mask >> BigInt(shift)) & (1n << BigInt(i))) !== 0n,
            ]);
        }),
        { numRuns: 20 },
      );
    });

    itWith('simple_map')('simple_map keeps what a map keeps', () => {
      fc.assert(
        fc.property(
          fc.uniqueArray(fc.tuple(u64, u64), { selector: ([key]) => key, maxLength: 12 }),
          (entries) => {
            const [map] = vm.call('simple_map::create', [], [U64, U64]);
            if (map === undefined) throw new Error('no map');
            const at = place(map);
            for (const [key, value] of entries)
              vm.call('simple_map::add', [at, int(key), int(value)], [U64, U64]);
            for (const [key, value] of entries) {
              const [reference] = vm.call('simple_map::borrow', [at, place(int(key))], [U64, U64]);
              if (!(reference instanceof SlotReference)) throw new Error('no reference');
              expect(reference.get()).toBe(int(value));
            }
            expect(vm.call('simple_map::length', [at], [U64, U64])).toEqual([entries.length]);
          },
        ),
        { numRuns: 30 },
      );
    });

    itWith('comparator')('comparator orders by the BCS of values', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 }), (a, b) => {
          const args = [place(new ByteVector(a)), place(new ByteVector(b))];
          const type = vm.loader.types.vector(U8);
          const [result] = vm.call('comparator::compare', args, [type]);
          if (result === undefined) throw new Error('no result');
          const bcs = (bytes: Uint8Array) => Buffer.from([bytes.length, ...bytes]);
          const order = Buffer.compare(bcs(a), bcs(b));
          expect(vm.call('comparator::is_equal', [place(result)])).toEqual([order === 0]);
          expect(vm.call('comparator::is_smaller_than', [place(result)])).toEqual([order < 0]);
        }),
      );
    });

    it('hashes and BCS are those of others', () => {
      const bytes = (value: Value | undefined): Uint8Array => {
        if (!(value instanceof ByteVector)) throw new Error('no bytes');
        return value.bytes;
      };
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
          const arg = () => new ByteVector(data.slice());
          expect(bytes(vm.call('hash::sha2_256', [arg()])[0])).toEqual(sha256(data));
          expect(bytes(vm.call('hash::sha3_256', [arg()])[0])).toEqual(sha3_256(data));
        }),
      );
      const encoded = vm.call(
        'bcs::to_bytes',
        [place(items([1n, 2n ** 64n - 1n]))],
        [vm.loader.types.vector(U64)],
      );
      expect(Buffer.from(bytes(encoded[0])).toString('hex')).toBe(
        '020100000000000000ffffffffffffffff',
      );
    });

    itWith('signer')('a signer gives its address', () => {
      const signer = new Struct([Address.parse('0xcafe')]);
      expect(String(vm.call('signer::address_of', [place(signer)])[0])).toBe('0xcafe');
    });
  });
