import { PublicKey } from '@solana/web3.js';
import {
  createProgramAddress,
  createWithSeed,
  findProgramAddress,
} from '../../../src/vm-preview/svm/address';
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';

const program = 'BPFLoaderUpgradeab1e11111111111111111111111';
const text = (value: string) => new TextEncoder().encode(value);

// Addresses that solana-sdk's own tests publish for this program.
test.each([
  [[text(''), Uint8Array.of(1)], 'BwqrghZA2htAcqq8dzP1WDAhTXYTYWj7CHxF5j7TDBAe'],
  [[text('☉'), Uint8Array.of(0)], '13yWmRpaTR4r5nAktwLqMpRNr28tnVUZw26rTvPSSB19'],
  [[text('Talking'), text('Squirrels')], '2fnQrngrQT4SeLcdToJAD96phoEjNL2man2kfRLCASVk'],
])('createProgramAddress of %j', (seeds, expected) => {
  expect(createProgramAddress(seeds, Pubkey.fromBase58(program)).toBase58()).toBe(expected);
});

test('a seed that is too long and a hash on the curve fail as on the chain', () => {
  const id = Pubkey.fromBase58(program);
  expect(() => createProgramAddress([new Uint8Array(33)], id)).toThrow(
    'Length of the seed is too long',
  );
  expect(() => createProgramAddress(Array(17).fill(text('a')), id)).toThrow('Length of the seed');
  const found = findProgramAddress([text('x')], id);
  for (let bump = 255; bump > (found?.bump ?? 0); bump--) {
    expect(() => createProgramAddress([text('x'), Uint8Array.of(bump)], id)).toThrow(
      'valid address',
    );
  }
});

test('findProgramAddress agrees with @solana/web3.js', () => {
  for (let i = 0; i < 30; i++) {
    const seeds = [text(`seed ${i}`), Uint8Array.of(i, i + 1)];
    const [address, bump] = PublicKey.findProgramAddressSync(seeds, new PublicKey(program));
    const ours = findProgramAddress(seeds, Pubkey.fromBase58(program));
    expect([ours?.address.toBase58(), ours?.bump]).toEqual([address.toBase58(), bump]);
  }
});

test('createWithSeed agrees with @solana/web3.js and refuses an owner that ends in the marker', async () => {
  const base = new PublicKey(new Uint8Array(32).fill(4));
  const theirs = await PublicKey.createWithSeed(
    base,
    'limber chicken: 4/45',
    new PublicKey(program),
  );
  const ours = createWithSeed(
    Pubkey.from(base.toBytes()),
    text('limber chicken: 4/45'),
    Pubkey.fromBase58(program),
  );
  expect(ours.toBase58()).toBe(theirs.toBase58());
  const owner = new Uint8Array(32);
  owner.set(text('ProgramDerivedAddress'), 11);
  expect(() => createWithSeed(ours, text('a'), Pubkey.from(owner))).toThrow('owner is not allowed');
  expect(() => createWithSeed(ours, new Uint8Array(33), ours)).toThrow('Length of the seed');
});
