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
});
