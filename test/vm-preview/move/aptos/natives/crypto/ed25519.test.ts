import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { bytes, crypto } from './helpers';

const VALIDATE = '0x1::ed25519::public_key_validate_internal';
const VERIFY = '0x1::ed25519::signature_verify_strict_internal';
const PRICE = 'aptos_framework.signature';
const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

/** RFC 8032, section 7.1: TEST 1, 2, 3. */
const RFC_8032 = [
  {
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

function verify(signature: Uint8Array, key: Uint8Array, message: Uint8Array): boolean {
  const [result] = crypto().call(VERIFY, [bytes(signature), bytes(key), bytes(message)]);
  return result === true;
}

/** A signature by a private scalar and any points, so that equations can be made to hold or not. */
function sign(
  keyBytes: Uint8Array,
  secret: bigint,
  nonce: bigint,
  nonceBytes: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const challenge = bytesToNumberLE(sha512(concatBytes(nonceBytes, keyBytes, message))) % ORDER;
  const s = (nonce + challenge * secret) % ORDER;
  return concatBytes(nonceBytes, numberToBytesLE(s, 32));
}

describe('0x1::ed25519', () => {
  it('verifies the signatures of RFC 8032 and no changed ones', () => {
    for (const row of RFC_8032) {
      const [key, message, signature] = [row.key, row.message, row.signature].map(hexToBytes);
      if (key === undefined || message === undefined || signature === undefined) throw new Error();
      expect(verify(signature, key, message)).toBe(true);
      expect(verify(signature, key, concatBytes(message, Uint8Array.of(0)))).toBe(false);
      const bent = signature.slice();
      bent[3] = (bent[3] ?? 0) ^ 1;
      expect(verify(bent, key, message)).toBe(false);
    }
  });

  it('verifies what the library signs', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 100 }),
        (secret, message) => {
          const key = ed25519.getPublicKey(secret);
          expect(verify(ed25519.sign(message, secret), key, message)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('refuses a scalar that is not reduced, though the equation holds', () => {
    const secret = new Uint8Array(32).fill(7);
    const key = ed25519.getPublicKey(secret);
    const message = utf8ToBytes('malleable');
    const signature = ed25519.sign(message, secret);
    const s = bytesToNumberLE(signature.subarray(32)) + ORDER;
    const other = concatBytes(signature.subarray(0, 32), numberToBytesLE(s, 32));
    const { call, takeCharges } = crypto();
    expect(call(VERIFY, [bytes(other), bytes(key), bytes(message)])).toEqual([false]);
    // Nothing is hashed any more.
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      `${PRICE}.per_pubkey_deserialize`,
      `${PRICE}.per_sig_deserialize`,
    ]);
  });

  it('refuses keys and nonces of small order', () => {
    const message = utf8ToBytes('small');
    const real = ed25519.getPublicKey(new Uint8Array(32).fill(9));
    for (const encoded of ED25519_TORSION_SUBGROUP) {
      const small = hexToBytes(encoded);
      expect(crypto().call(VALIDATE, [bytes(small)])).toEqual([false]);
      // With a key of small order, every eighth signature holds in the lenient equation.
      for (let nonce = 1n; nonce < 9n; nonce++) {
        const r = Point.BASE.multiply(nonce).toBytes();
        expect(verify(sign(small, 0n, nonce, r, message), small, message)).toBe(false);
      }
      expect(verify(concatBytes(small, new Uint8Array(32)), real, message)).toBe(false);
    }
  });

  it('uses the equation without the cofactor', () => {
    const torsion = Point.fromBytes(hexToBytes(ED25519_TORSION_SUBGROUP[1] ?? ''));
    const secret = 12345n;
    const message = utf8ToBytes('mixed order');
    const key = Point.BASE.multiply(secret).toBytes();
    const r = Point.BASE.multiply(777n);
    expect(verify(sign(key, secret, 777n, r.toBytes(), message), key, message)).toBe(true);
    const mixed = r.add(torsion).toBytes();
    // Holds when multiplied by 8, and only then.
    expect(verify(sign(key, secret, 777n, mixed, message), key, message)).toBe(false);
  });

  it('takes a key of mixed order, for which the equation holds now and then', () => {
    const torsion = Point.fromBytes(hexToBytes(ED25519_TORSION_SUBGROUP[1] ?? ''));
    const secret = 4242n;
    const key = Point.BASE.multiply(secret).add(torsion).toBytes();
    expect(crypto().call(VALIDATE, [bytes(key)])).toEqual([true]);
    const results = Array.from({ length: 40 }, (_, i) => {
      const nonce = BigInt(i + 1);
      const r = Point.BASE.multiply(nonce).toBytes();
      const message = utf8ToBytes(`message ${i}`);
      const signature = sign(key, secret, nonce, r, message);
      const challenge = bytesToNumberLE(sha512(concatBytes(r, key, message))) % ORDER;
      const holds = verify(signature, key, message);
      expect(holds).toBe(torsion.multiplyUnsafe(challenge % 8n).is0());
      return holds;
    });
    expect(new Set(results).size).toBe(2);
  });

  it('takes keys that are not encoded canonically', () => {
    // y = p + 3 is y = 3, a point of large order or none; p + 1 is the neutral element.
    const p = Point.Fp.ORDER;
    const answers = Array.from({ length: 19 }, (_, i) => {
      const y = BigInt(i);
      const encode = (value: bigint): Uint8Array => numberToBytesLE(value, 32);
      const [canonical] = crypto().call(VALIDATE, [bytes(encode(y))]);
      const [other] = crypto().call(VALIDATE, [bytes(encode(y + p))]);
      expect(other).toBe(canonical);
      return canonical;
    });
    expect(new Set(answers)).toEqual(new Set([true, false]));
    // x = 0 with the sign bit set: read, and then of small order.
    const { call, takeCharges } = crypto();
    const negativeZero = numberToBytesLE(1n + (1n << 255n), 32);
    expect(call(VALIDATE, [bytes(negativeZero)])).toEqual([false]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base + ${PRICE}.per_pubkey_deserialize`,
      `${PRICE}.per_pubkey_small_order_check`,
    ]);
  });

  it('aborts for a key of another length until the flag is on', () => {
    const short = [bytes(new Uint8Array(31))];
    expect(crypto({ features: [] }).failure(VALIDATE, short).subStatus).toBe(1n);
    expect(crypto({ features: [14] }).call(VALIDATE, short)).toEqual([false]);
  });

  it('charges step by step', () => {
    const { call, takeCharges } = crypto();
    const secret = new Uint8Array(32).fill(1);
    const message = utf8ToBytes('hello');
    const key = bytes(ed25519.getPublicKey(secret));
    const signature = bytes(ed25519.sign(message, secret));
    expect(call(VERIFY, [signature, key, bytes(message)])).toEqual([true]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      `${PRICE}.per_pubkey_deserialize`,
      `${PRICE}.per_sig_deserialize`,
      `5 ${PRICE}.per_msg_byte_hashing + ${PRICE}.per_msg_hashing_base + ${PRICE}.per_sig_strict_verify`,
    ]);
    expect(call(VERIFY, [signature, bytes(new Uint8Array(33)), bytes(message)])).toEqual([false]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, `${PRICE}.per_pubkey_deserialize`]);
    // No point of the curve has y = 2.
    expect(call(VALIDATE, [bytes(numberToBytesLE(2n, 32))])).toEqual([false]);
    expect(takeCharges()).toEqual([`${PRICE}.base + ${PRICE}.per_pubkey_deserialize`]);
  });
});
