/** MurmurHash3 (x86, 32 bit, seed 0): how sBPF names syscalls and functions. Source: sbpf `hash_symbol_name`. */

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

function mixWord(hash: number, word: number): number {
  const k = Math.imul(word, C1);
  hash ^= Math.imul((k << 15) | (k >>> 17), C2);
  hash = (hash << 13) | (hash >>> 19);
  return (Math.imul(hash, 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  hash ^= length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** @returns the hash as an unsigned 32-bit number */
export function murmur3(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = bytes.length >>> 2;
  let hash = 0;
  for (let index = 0; index < words; index++) hash = mixWord(hash, view.getInt32(index * 4, true));
  let tail = 0;
  for (let index = bytes.length - 1; index >= words * 4; index--)
    tail = (tail << 8) | view.getUint8(index);
  if (bytes.length % 4 !== 0) {
    const k = Math.imul(tail, C1);
    hash ^= Math.imul((k << 15) | (k >>> 17), C2);
  }
  return finish(hash, bytes.length);
}

/** The key by which programs call the syscall or function of that name. */
export function symbolHash(name: string): number {
  return murmur3(new TextEncoder().encode(name));
}

/** The key of the function that starts at the instruction `pc`: the hash of `pc` as a little-endian u64. */
export function functionHash(pc: number): number {
  return finish(mixWord(mixWord(0, pc | 0), Math.floor(pc / 0x1_0000_0000)), 8);
}
