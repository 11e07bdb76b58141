import { bcs } from '@mysten/sui/bcs';
import fc from 'fast-check';
import { BcsError, BcsReader, BcsWriter } from '../../../../src/vm-preview/move/core/bcs';

/** What both libraries write for a value, and what ours reads back. */
function same<T>(
  theirs: Uint8Array,
  value: T,
  write: (writer: BcsWriter) => void,
  read: (reader: BcsReader) => T,
): void {
  const writer = new BcsWriter();
  write(writer);
  const bytes = writer.finish();
  expect(bytes).toEqual(theirs);
  const reader = new BcsReader(bytes);
  expect(read(reader)).toEqual(value);
  reader.end('value');
}

describe('BCS, beside @mysten/bcs', () => {
  it('of integers', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 256n - 1n), (wide) => {
        const low = (bits: number): bigint => BigInt.asUintN(bits, wide);
        const [u8, u16, u32] = [Number(low(8)), Number(low(16)), Number(low(32))];
        same(
          bcs.u8().serialize(u8).toBytes(),
          u8,
          (w) => w.u8(u8),
          (r) => r.u8('n'),
        );
        same(
          bcs.u16().serialize(u16).toBytes(),
          u16,
          (w) => w.u16(u16),
          (r) => r.u16('n'),
        );
        same(
          bcs.u32().serialize(u32).toBytes(),
          u32,
          (w) => w.u32(u32),
          (r) => r.u32('n'),
        );
        same(
          bcs.u64().serialize(low(64)).toBytes(),
          low(64),
          (w) => w.u64(low(64)),
          (r) => r.u64('n'),
        );
        same(
          bcs.u128().serialize(low(128)).toBytes(),
          low(128),
          (w) => w.u128(low(128)),
          (r) => r.u128('n'),
        );
        same(
          bcs.u256().serialize(wide).toBytes(),
          wide,
          (w) => w.u256(wide),
          (r) => r.u256('n'),
        );
        same(
          bcs
            .uleb128()
            .serialize(u32 >>> 1)
            .toBytes(),
          u32 >>> 1,
          (w) => w.uleb32(u32 >>> 1),
          (r) => r.uleb32('n'),
        );
      }),
    );
  });

  it('of strings, options and lists', () => {
    const type = bcs.vector(bcs.option(bcs.string()));
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined })),
        (value) => {
          const theirs = type.serialize(value.map((text) => text ?? null)).toBytes();
          same(
            theirs,
            value,
            (w) => w.list(value, (v, text) => v.option(text, (u, t) => u.string(t))),
            (r) => r.list('texts', (e) => e.option('text', (t) => t.string('text'))),
          );
        },
      ),
    );
  });

  it('of signed integers is two’s complement', () => {
    for (const [size, value, hex] of [
      [1, -1n, 'ff'],
      [2, -2n, 'feff'],
      [4, -(2n ** 31n), '00000080'],
      [8, 2n ** 63n - 1n, 'ffffffffffffff7f'],
      [32, -1n, 'ff'.repeat(32)],
    ] as const)
      same(
        new Uint8Array(Buffer.from(hex, 'hex')),
        value,
        (w) => w.signed(value, size),
        (r) => r.signed(size, 'n'),
      );
  });
});

describe('bytes that are no canonical BCS', () => {
  const problem = (bytes: readonly number[], read: (reader: BcsReader) => unknown): string => {
    try {
      const reader = new BcsReader(Uint8Array.from(bytes));
      read(reader);
      reader.end('value');
      return 'read';
    } catch (error) {
      if (error instanceof BcsError) return error.problem;
      throw error;
    }
  };

  it.each<[string, number[], (reader: BcsReader) => unknown, string]>([
    ['a short u64', [1, 2, 3], (r) => r.u64('n'), 'truncated'],
    ['a bool of 2', [2], (r) => r.bool('b'), 'bool'],
    ['an option of 2', [2, 1], (r) => r.option('o', (i) => i.u8('n')), 'option'],
    ['a padded length', [0x81, 0], (r) => r.uleb32('n'), 'uleb-not-canonical'],
    [
      'a length over 32 bits',
      [0xff, 0xff, 0xff, 0xff, 0x10],
      (r) => r.uleb32('n'),
      'uleb-too-large',
    ],
    [
      'a length of six bytes',
      [0x80, 0x80, 0x80, 0x80, 0x80, 1],
      (r) => r.uleb32('n'),
      'uleb-too-large',
    ],
    ['a length over 2^31 - 1', [0xff, 0xff, 0xff, 0xff, 0x0f], (r) => r.length('n'), 'length'],
    ['no such variant', [3], (r) => r.variant(3, 'enum'), 'variant'],
    ['bad UTF-8', [1, 0xff], (r) => r.string('s'), 'utf8'],
    ['more than asked for', [1, 2], (r) => r.u8('n'), 'trailing-bytes'],
    ['a list over its bound', [3, 1, 2, 3], (r) => r.list('l', (e) => e.u8('n'), 2), 'length'],
    ['endless nothings', [0xff, 0xff, 0xff, 0xff, 0x07], (r) => r.list('l', () => 0), 'length'],
  ])('%s', (_, bytes, read, expected) => {
    expect(problem(bytes, read)).toBe(expected);
  });

  it('nor values that do not fit', () => {
    expect(() => new BcsWriter().u8(256)).toThrow(BcsError);
    expect(() => new BcsWriter().u64(2n ** 64n)).toThrow(BcsError);
    expect(() => new BcsWriter().signed(-129n, 1)).toThrow(BcsError);
    expect(() => new BcsWriter().uleb32(2 ** 32)).toThrow(BcsError);
  });
});
