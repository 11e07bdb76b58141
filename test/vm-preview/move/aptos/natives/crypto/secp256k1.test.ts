import { secp256k1 } from '@noble/curves/secp256k1.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { bytes, crypto, hexOf } from './helpers';

const RECOVER = '0x1::secp256k1::ecdsa_recover_internal';
const PRICE = 'aptos_framework.secp256k1';
const { Point } = secp256k1;
const ORDER = Point.Fn.ORDER;

/** aptos-stdlib's own test, sources/cryptography/secp256k1.move. */
const HASH = sha256(utf8ToBytes('test aptos secp256k1'));
const SIGNATURE =
  'f7ad936da03f948c14c542020e3c5f4e02aaacd1f20427c11aa6e2fbf8776477646bba0e1a37f9e7c777c423a1d2849baafd7ff6a9930814a43c3f80d59db56f';
const KEY =
  '4646ae5047316b4230d0086c8acec687f00b1cd9d1dc634f6cb358ac0a9a8ffffe77b4dd0a4bfb95851f3b7355c781dd60f8418fc8a65d14907aff47c903a559';

function recover(hash: Uint8Array, recoveryId: number, signature: Uint8Array): string | undefined {
  const [key, found] = crypto().call(RECOVER, [bytes(hash), recoveryId, bytes(signature)]);
  if (found === true) return hexOf(key);
  expect(hexOf(key)).toBe('');
  return undefined;
}

describe('0x1::secp256k1', () => {
  it("recovers the key of the chain's own test", () => {
    expect(recover(HASH, 0, hexToBytes(SIGNATURE))).toBe(KEY);
    expect(recover(HASH, 1, hexToBytes(SIGNATURE))).not.toBe(KEY);
  });

  it('recovers the keys that the library signs with, high s or low', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: ORDER - 1n }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (secret, hash) => {
          const key = bytesToHex(Point.BASE.multiply(secret).toBytes(false).subarray(1));
          const signed = secp256k1.sign(hash, numberToBytesBE(secret, 32), {
            prehash: false,
            format: 'recovered',
          });
          const [id = 0, signature] = [signed[0], signed.subarray(1)];
          expect(recover(hash, id, signature)).toBe(key);
          const s = ORDER - BigInt(`0x${bytesToHex(signature.subarray(32))}`);
          const high = concatBytes(signature.subarray(0, 32), numberToBytesBE(s, 32));
          expect(recover(hash, id ^ 1, high)).toBe(key);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('finds no key where there is none', () => {
    const one = numberToBytesBE(1n, 32);
    const zero = new Uint8Array(32);
    expect(recover(HASH, 0, concatBytes(zero, one))).toBeUndefined();
    expect(recover(HASH, 0, concatBytes(one, zero))).toBeUndefined();
    // x = r + n only where that is below p.
    expect(recover(HASH, 2, concatBytes(numberToBytesBE(ORDER - 1n, 32), one))).toBeUndefined();
    // No point of the curve has x = 5.
    expect(recover(HASH, 0, concatBytes(numberToBytesBE(5n, 32), one))).toBeUndefined();
    // s R = m G: the key would be infinity.
    const nonce = 3n;
    const r = Point.BASE.multiply(nonce);
    const hash = 6n;
    const s = Point.Fn.div(hash, nonce);
    const signature = concatBytes(numberToBytesBE(r.x, 32), numberToBytesBE(s, 32));
    const isOdd = Number(r.y & 1n);
    expect(recover(numberToBytesBE(hash, 32), isOdd, signature)).toBeUndefined();
    expect(recover(numberToBytesBE(hash, 32), isOdd ^ 1, signature)).toBeDefined();
  });

  it('uses r + n where the recovery id says so', () => {
    // The least r for which x = r + n is on the curve and below p.
    for (let r = 1n; ; r++) {
      const x = r + ORDER;
      const square = Point.Fp.add(Point.Fp.pow(x, 3n), 7n);
      if (Point.Fp.pow(square, (Point.Fp.ORDER - 1n) / 2n) !== 1n) continue;
      const signature = concatBytes(numberToBytesBE(r, 32), numberToBytesBE(9n, 32));
      const key = recover(HASH, 2, signature);
      const { r: sigR, s } = { r, s: 9n };
      const expected = new secp256k1.Signature(sigR, s, 2).recoverPublicKey(HASH);
      expect(key).toBe(bytesToHex(expected.toBytes(false).subarray(1)));
      break;
    }
  });

  it('aborts for what it cannot parse, before the price of the recovery', () => {
    const { failure, takeCharges } = crypto();
    const good = hexToBytes(SIGNATURE);
    const order = numberToBytesBE(ORDER, 32);
    for (const args of [
      [HASH.subarray(1), 0, good],
      [HASH, 4, good],
      [HASH, 0, good.subarray(1)],
      [HASH, 0, concatBytes(order, good.subarray(32))],
      [HASH, 0, concatBytes(good.subarray(0, 32), order)],
    ] as const) {
      const [hash, id, signature] = args;
      expect(failure(RECOVER, [bytes(hash), id, bytes(signature)]).subStatus).toBe(0x01_0001n);
      expect(takeCharges()).toEqual([`${PRICE}.base`]);
    }
  });

  it('charges the recovery after a look at the arguments', () => {
    const { call, takeCharges } = crypto();
    call(RECOVER, [bytes(HASH), 0, bytes(hexToBytes(SIGNATURE))]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, `${PRICE}.ecdsa_recover`]);
  });
});
