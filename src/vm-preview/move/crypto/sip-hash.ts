/** SipHash-2-4 with a key of zeros, as the crate siphasher makes it with `SipHasher::new`. */

const MASK = (1n << 64n) - 1n;
/** "somepseudorandomlygeneratedbytes", as four words. */
const INITIAL = [
  0x736f6d6570736575n,
  0x646f72616e646f6dn,
  0x6c7967656e657261n,
  0x7465646279746573n,
] as const;

type State = [bigint, bigint, bigint, bigint];

const rotate = (word: bigint, bits: bigint): bigint =>
  ((word << bits) | (word >> (64n - bits))) & MASK;

function rounds(state: State, count: number): void {
  let [v0, v1, v2, v3] = state;
  for (let i = 0; i < count; i++) {
    v0 = (v0 + v1) & MASK;
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = (v2 + v3) & MASK;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = (v0 + v3) & MASK;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = (v2 + v1) & MASK;
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  }
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}

/** @param key - two words; zeros where the chain hashes */
export function sipHash24(data: Uint8Array, key: readonly [bigint, bigint] = [0n, 0n]): bigint {
  const [k0, k1] = key;
  const state: State = [INITIAL[0] ^ k0, INITIAL[1] ^ k1, INITIAL[2] ^ k0, INITIAL[3] ^ k1];
  const compress = (word: bigint): void => {
    state[3] ^= word;
    rounds(state, 2);
    state[0] ^= word;
  };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const whole = data.length - (data.length % 8);
  for (let at = 0; at < whole; at += 8) compress(view.getBigUint64(at, true));
  const last = new Uint8Array(8);
  last.set(data.subarray(whole));
  last[7] = data.length & 0xff;
  compress(new DataView(last.buffer).getBigUint64(0, true));
  state[2] ^= 0xffn;
  rounds(state, 4);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}
