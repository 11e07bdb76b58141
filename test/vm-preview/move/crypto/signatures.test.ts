import { bls12_381 } from '@noble/curves/bls12-381.js';
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { readG1, readG2, verifyMinSig } from '../../../../src/vm-preview/move/crypto/bls-signature';
import { type Ecdsa, SECP256K1, SECP256R1 } from '../../../../src/vm-preview/move/crypto/ecdsa';
import {
  decompressEdwards,
  verifyStrict,
  verifyZip215,
} from '../../../../src/vm-preview/move/crypto/ed25519';

describe('ECDSA', () => {
  it('verifies the vector of RFC 6979 for P-256 with its low s, and recovers the key', () => {
    const secret = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n;
    const r = 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n;
    const high = 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n;
    const key = p256.Point.BASE.multiply(secret);
    const hash = sha256(utf8ToBytes('sample'));
    const s = p256.Point.Fn.ORDER - high;
    expect(SECP256R1.verify(hash, { r, s }, key)).toBe(true);
    expect(SECP256R1.verify(hash, { r, s: high }, key)).toBe(false);
    expect(SECP256R1.verify(hash, { r, s: s + 1n }, key)).toBe(false);
    expect(SECP256R1.verify(sha256(utf8ToBytes('sampl')), { r, s }, key)).toBe(false);
    const found = [0, 1].map((id) => SECP256R1.recover(hash, { r, s }, id)?.toHex());
    expect(found).toContain(key.toHex());
  });

  it.each([
    ['secp256k1', secp256k1, SECP256K1],
    ['secp256r1', p256, SECP256R1],
  ] as const)('over %s agrees with the library', (_, library, own: Ecdsa) => {
    const { Point } = library;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: Point.Fn.ORDER - 1n }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (secret, hash) => {
          const key = Point.BASE.multiply(secret);
          const signed = library.sign(hash, numberToBytesBE(secret, 32), {
            prehash: false,
            lowS: true,
            format: 'recovered',
          });
          const signature = own.parseSignature(signed.subarray(1));
          if (signature === undefined) throw new Error('the library signs what cannot be parsed');
          expect(own.verify(hash, signature, key)).toBe(true);
          expect(own.recover(hash, signature, signed[0] ?? 0)?.toHex()).toBe(key.toHex());
          const high = { r: signature.r, s: Point.Fn.ORDER - signature.s };
          expect(own.verify(hash, high, key)).toBe(false);
        },
      ),
      { numRuns: 8 },
    );
    const order = numberToBytesBE(Point.Fn.ORDER, 32);
    expect(own.parseSignature(concatBytes(order, numberToBytesBE(1n, 32)))).toBeUndefined();
    expect(own.verify(new Uint8Array(32), { r: 0n, s: 1n }, Point.BASE)).toBe(false);
    expect(own.verify(new Uint8Array(32), { r: 1n, s: 0n }, Point.BASE)).toBe(false);
  });
});

describe('Ed25519 by the rule of ZIP 215', () => {
  const message = utf8ToBytes('Zcash');

  it('takes every signature of small order, which the strict rule refuses', () => {
    // ZIP 215's own test vectors: all pairs of small order with s = 0.
    for (const r of ED25519_TORSION_SUBGROUP)
      for (const a of ED25519_TORSION_SUBGROUP) {
        const [key, signature] = [hexToBytes(a), concatBytes(hexToBytes(r), new Uint8Array(32))];
        expect(verifyZip215(key, message, signature)).toBe(true);
        const point = decompressEdwards(key);
        expect(point !== undefined && verifyStrict(key, point, message, signature)).toBe(false);
      }
  });

  it('agrees with the library', () => {
    const secret = new Uint8Array(32).fill(8);
    const key = ed25519.getPublicKey(secret);
    const signature = ed25519.sign(message, secret);
    for (let at = 0; at < 64; at += 7) {
      const bent = signature.slice();
      bent[at] = (bent[at] ?? 0) ^ 4;
      expect(verifyZip215(key, message, bent)).toBe(
        ed25519.verify(bent, message, key, { zip215: true }),
      );
    }
    expect(verifyZip215(key, message, signature)).toBe(true);
    expect(verifyZip215(key, utf8ToBytes('zcash'), signature)).toBe(false);
  });
});

describe('BLS signatures with keys in G2', () => {
  it('are those that the library makes', () => {
    const { shortSignatures: bls } = bls12_381;
    const dst = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
    const message = utf8ToBytes('short');
    const secret = numberToBytesBE(123456789n, 32);
    const key = readG2(bls.getPublicKey(secret).toBytes(true));
    const signature = readG1(bls.Signature.toBytes(bls.sign(bls.hash(message, dst), secret)));
    if (key === undefined || signature === undefined) throw new Error('not readable');
    expect(verifyMinSig(signature, key, message, dst)).toBe(true);
    expect(verifyMinSig(signature, key, utf8ToBytes('shorter'), dst)).toBe(false);
    expect(verifyMinSig(signature.negate(), key, message, dst)).toBe(false);
    expect(verifyMinSig(signature, key.double(), message, dst)).toBe(false);
    expect(verifyMinSig(bls12_381.G1.Point.ZERO, bls12_381.G2.Point.ZERO, message, dst)).toBe(
      false,
    );
  });
});
