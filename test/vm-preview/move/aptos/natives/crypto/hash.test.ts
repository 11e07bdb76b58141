import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sipHash24 } from '../../../../../../src/vm-preview/move/crypto/sip-hash';
import { ascii, bytes, crypto, hexOf } from './helpers';

/** aptos-stdlib's own tests, sources/hash.move. */
const VECTORS: readonly [string, string, string][] = [
  ['keccak256', 'testing', '5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02'],
  ['keccak256', '', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
  [
    'sha2_512_internal',
    'testing',
    '521b9ccefbcd14d179e7a1bb877752870a6d620938b28a66a107eac6e6805b9d0989f45b5730508041aa5e710847d439ea74cd312c9355f1f2dae08d40e41d50',
  ],
  [
    'sha3_512_internal',
    'testing',
    '881c7d6ba98678bcd96e253086c4048c3ea15306d0d13ff48341c6285ee71102a47b6f16e20e4d65c0c3d677be689dfda6d326695609cbadfafa1800e9eb7fc1',
  ],
  ['ripemd160_internal', 'testing', 'b89ba156b40bed29a5965684b7d244c49a3a769b'],
  ['ripemd160_internal', '', '9c1185a5c5e9fc54612808977ee8f548b2258d31'],
  [
    'blake2b_256_internal',
    'testing',
    '99397ff32ae348b8b6536d5c213f343d7e9fdeaa10e8a23a9f90ab21a1658565',
  ],
  [
    'blake2b_256_internal',
    'testing again',
    '1deab5a4eb7481453ca9b29e1f7c4be8ba44de4faeeafdf173b310cbaecfc84c',
  ],
];

/** The first rows of the table in the SipHash paper's reference code: key and message count up from 0. */
const SIP_HASHES = [
  0x726fdb47dd0e0e31n,
  0x74f839c593dc67fdn,
  0x0d6c8009d9a94f5an,
  0x85676696d7fb7e2dn,
  0xcf2794e0277187b7n,
  0x18765564cd99a68dn,
  0xcbc9466e58fee3cen,
  0xab0200f58b01d137n,
  0x93f5f5799a932462n,
];

describe('0x1::aptos_hash', () => {
  it.each(VECTORS)('%s of "%s"', (name, text, expected) => {
    expect(hexOf(crypto().call(`0x1::aptos_hash::${name}`, [ascii(text)])[0])).toBe(expected);
  });

  it('hashes as OpenSSL does', () => {
    const { call } = crypto();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
        for (const [native, name] of [
          ['sha2_512_internal', 'sha512'],
          ['sha3_512_internal', 'sha3-512'],
        ] as const)
          expect(hexOf(call(`0x1::aptos_hash::${native}`, [bytes(data)])[0])).toBe(
            createHash(name).update(data).digest('hex'),
          );
      }),
      { numRuns: 50 },
    );
  });

  it('sip_hash is SipHash-2-4, with a key of zeros', () => {
    const key: [bigint, bigint] = [0x0706050403020100n, 0x0f0e0d0c0b0a0908n];
    for (const [length, expected] of SIP_HASHES.entries())
      expect(
        sipHash24(
          Uint8Array.from({ length }, (_, i) => i),
          key,
        ),
      ).toBe(expected);
    // `SipHasher::new()` of the crate siphasher, over no bytes.
    expect(crypto().call('0x1::aptos_hash::sip_hash', [ascii('')])).toEqual([0x1e924b9d737700d7n]);
  });

  it('charges a base and for each byte, together', () => {
    const { call, takeCharges } = crypto();
    for (const [native, price] of [
      ['sip_hash', 'sip_hash'],
      ['keccak256', 'keccak256'],
      ['sha2_512_internal', 'sha2_512'],
      ['sha3_512_internal', 'sha3_512'],
      ['ripemd160_internal', 'ripemd160'],
      ['blake2b_256_internal', 'blake2b_256'],
    ] as const) {
      call(`0x1::aptos_hash::${native}`, [ascii('abc')]);
      expect(takeCharges()).toEqual([
        `3 aptos_framework.hash.${price}.per_byte + aptos_framework.hash.${price}.base`,
      ]);
    }
  });
});
