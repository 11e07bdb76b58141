import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytes, crypto } from './helpers';

const MODULE = '0x1::multi_ed25519::';
const V1 = `${MODULE}public_key_validate_internal`;
const V2 = `${MODULE}public_key_validate_v2_internal`;
const VERIFY = `${MODULE}signature_verify_strict_internal`;
const PRICE = 'aptos_framework.signature';
const MESSAGE = utf8ToBytes('Hello Aptos!');

const secretOf = (i: number): Uint8Array => new Uint8Array(32).fill(i + 1);
const keyOf = (i: number): Uint8Array => ed25519.getPublicKey(secretOf(i));

function groupKey(count: number, threshold: number): Uint8Array {
  return concatBytes(
    ...Array.from({ length: count }, (_, i) => keyOf(i)),
    Uint8Array.of(threshold),
  );
}

function groupSignature(signers: readonly number[], by: readonly number[] = signers): Uint8Array {
  const bitmap = new Uint8Array(4);
  for (const place of signers)
    bitmap[place >> 3] = (bitmap[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return concatBytes(...by.map((i) => ed25519.sign(MESSAGE, secretOf(i))), bitmap);
}

function verify(signature: Uint8Array, key: Uint8Array): boolean {
  return crypto().call(VERIFY, [bytes(signature), bytes(key), bytes(MESSAGE)])[0] === true;
}

describe('0x1::multi_ed25519', () => {
  it.each([
    [1, 1],
    [2, 1],
    [2, 2],
    [3, 2],
    [10, 3],
    [32, 15],
  ])('of %i keys, %i sign', (count, threshold) => {
    const key = groupKey(count, threshold);
    expect(crypto().call(V2, [bytes(key)])).toEqual([true]);
    const first = Array.from({ length: threshold }, (_, i) => i);
    const last = first.map((i) => count - threshold + i);
    expect(verify(groupSignature(first), key)).toBe(true);
    expect(verify(groupSignature(last), key)).toBe(true);
    expect(verify(groupSignature(first.slice(1)), key)).toBe(false);
  });

  it('wants the bits, the signatures and the keys to agree', () => {
    const key = groupKey(5, 2);
    expect(verify(groupSignature([1, 3]), key)).toBe(true);
    expect(verify(groupSignature([1, 3], [3, 1]), key)).toBe(false);
    expect(verify(groupSignature([1, 3], [1, 3, 4]), key)).toBe(false);
    expect(verify(groupSignature([1, 5]), key)).toBe(false);
    // More signatures than the threshold must all be right.
    expect(verify(groupSignature([0, 1, 2]), key)).toBe(true);
    expect(verify(groupSignature([0, 1, 2], [0, 1, 3]), key)).toBe(false);
    expect(verify(groupSignature([1, 3]).subarray(1), key)).toBe(false);
    expect(verify(groupSignature([1, 3]), groupKey(5, 6))).toBe(false);
    expect(verify(groupSignature([1, 3]), groupKey(5, 0))).toBe(false);
    expect(verify(new Uint8Array(4), key)).toBe(false);
  });

  it('validates keys in the old way and the new one', () => {
    const both = (key: Uint8Array): unknown[] =>
      [V1, V2].map((name) => crypto().call(name, [bytes(key)])[0]);
    expect(both(groupKey(3, 2))).toEqual([true, true]);
    // The chain's own tests: no keys at all, no threshold, a key of small order.
    expect(both(Uint8Array.of(1))).toEqual([true, false]);
    expect(both(keyOf(0))).toEqual([true, false]);
    const identity = concatBytes(Uint8Array.of(1), new Uint8Array(31), Uint8Array.of(1));
    expect(both(identity)).toEqual([false, false]);
    expect(both(new Uint8Array(0))).toEqual([true, false]);
    expect(
      both(concatBytes(...Array.from({ length: 33 }, () => keyOf(0)), Uint8Array.of(1))),
    ).toEqual([false, false]);
  });

  it('charges for each key until the first that is none', () => {
    const { call, takeCharges } = crypto();
    const each = `${PRICE}.per_pubkey_deserialize + ${PRICE}.per_pubkey_small_order_check`;
    const wrong = new Uint8Array(32).fill(0);
    wrong[0] = 2;
    call(V2, [bytes(concatBytes(keyOf(0), wrong, keyOf(1), Uint8Array.of(1)))]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, each, each]);
    call(V2, [bytes(Uint8Array.of(1))]);
    expect(takeCharges()).toEqual([`${PRICE}.base`]);
  });

  it('charges a verification by the lengths, before they are looked at', () => {
    const { call, takeCharges } = crypto();
    call(VERIFY, [bytes(groupSignature([0, 2])), bytes(groupKey(3, 2)), bytes(MESSAGE)]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      `3 ${PRICE}.per_pubkey_deserialize`,
      `2 ${PRICE}.per_sig_deserialize`,
      `2 ${PRICE}.per_msg_hashing_base + 2 ${PRICE}.per_sig_strict_verify + 24 ${PRICE}.per_msg_byte_hashing`,
    ]);
    call(VERIFY, [bytes(new Uint8Array(200)), bytes(new Uint8Array(70)), bytes(MESSAGE)]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, `2 ${PRICE}.per_pubkey_deserialize`]);
  });
});
