import { base58 } from '@scure/base';
import fc from 'fast-check';
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';

describe('an address in base58', () => {
  it.each([
    ['zeros', new Uint8Array(32)],
    ['one', new Uint8Array(32).fill(1, 31)],
    ['the greatest', new Uint8Array(32).fill(255)],
    ['leading zeros', new Uint8Array(32).fill(200, 5)],
  ])('is what another encoder gives for %s', (_, bytes) => {
    expect(Pubkey.from(bytes).toBase58()).toBe(base58.encode(bytes));
  });

  it('is what another encoder gives for any bytes', () => {
    const bytes = fc.tuple(
      fc.integer({ min: 0, max: 32 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
    );
    fc.assert(
      fc.property(bytes, ([zeros, random]) => {
        random.fill(0, 0, zeros);
        expect(Pubkey.from(random).toBase58()).toBe(base58.encode(random));
        expect(Pubkey.fromBase58(base58.encode(random)).bytes).toEqual(random);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', '', 'address-length'],
    ['31 zeros', '1'.repeat(31), 'address-length'],
    ['44 zeros', '1'.repeat(44), 'address-length'],
    ['33 bytes', 'z'.repeat(44), 'address-length'],
    ['45 characters', '1'.repeat(45), 'address-length'],
    ['a character of no digit', `0${'1'.repeat(31)}`, 'address-base58'],
    ['a character beyond ASCII', `${'1'.repeat(31)}\u{1d7d9}`, 'address-base58'],
  ])('refuses %s', (_, text, code) => {
    expect(() => Pubkey.fromBase58(text)).toThrow(expect.objectContaining({ code }));
  });

  it('is read, or refused, as another decoder does', () => {
    const digit = fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
    const text = fc
      .tuple(fc.integer({ min: 0, max: 33 }), fc.array(digit, { maxLength: 44 }))
      .map(([ones, digits]) => `${'1'.repeat(ones)}${digits.join('')}`.slice(0, 44));
    fc.assert(
      fc.property(text, (address) => {
        const bytes = base58.decode(address);
        if (bytes.length === 32) expect(Pubkey.fromBase58(address).bytes).toEqual(bytes);
        else expect(() => Pubkey.fromBase58(address)).toThrow(`not ${bytes.length}`);
      }),
      { numRuns: 500 },
    );
  });
});

test('an address keeps its bytes when the buffer it was read from changes', () => {
  const source = Buffer.alloc(32, 7);
  const address = Pubkey.from(source);
  source.fill(8);
  expect([...address.bytes]).toEqual(Array(32).fill(7));
  expect(address.equals(Pubkey.from(new Uint8Array(32).fill(7)))).toBe(true);
});
