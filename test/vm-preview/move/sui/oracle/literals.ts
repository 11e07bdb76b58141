/** Calls of natives with literals of Move, many of each: edges of lengths, of encodings, of curves. */
import { ed25519, ristretto255 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Type } from '../../../../../src/vm-preview/move/core/loader';
import {
  Address,
  ByteVector,
  integer,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import { hex, ref, utf8 } from '../../../../support/sui-native-context';

/** An argument or a result, as Move writes it and as our natives take it. */
interface Literal {
  readonly text: string;
  readonly value: Value;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytes = (data: Uint8Array): Literal => ({
  text: `x"${hexOf(data)}"`,
  value: new ByteVector(data),
});
const atBytes = (data: Uint8Array): Literal => {
  const { text, value } = bytes(data);
  return { text: `&${text}`, value: ref(value) };
};
const number = (kind: string, value: number | bigint): Literal => ({
  text: `${value}${kind}`,
  value: integer(BigInt(value)),
});
export const address = (value: Address): Literal => ({ text: `@${value}`, value });
let count = 0;
/** The same in each run. */
function random(length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 32)
    out.set(sha256(utf8(`natives ${count++}`)).subarray(0, Math.min(32, length - at)), at);
  return out;
}
const flip = (data: Uint8Array, at: number): Uint8Array => {
  const copy = data.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
const concat = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(parts.flatMap((part) => [...part]));
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

export interface Call {
  readonly native: string;
  readonly args: readonly Literal[];
  readonly types?: readonly Type[];
}
export const calls: Call[] = [];
const call = (native: string, ...args: readonly Literal[]): void => {
  calls.push({ native, args });
};

/** Declarations by module. */
export const MODULES: Readonly<Record<string, string>> = {
  'std::hash':
    'native fun sha2_256(d: vector<u8>): vector<u8>; native fun sha3_256(d: vector<u8>): vector<u8>;',
  'std::string':
    'native fun internal_check_utf8(v: &vector<u8>): bool; native fun internal_is_char_boundary(v: &vector<u8>, i: u64): bool; native fun internal_sub_string(v: &vector<u8>, i: u64, j: u64): vector<u8>; native fun internal_index_of(v: &vector<u8>, r: &vector<u8>): u64;',
  'std::bcs': 'native fun to_bytes<T>(v: &T): vector<u8>;',
  'sui::address':
    'native fun from_bytes(b: vector<u8>): address; native fun to_u256(a: address): u256; native fun from_u256(n: u256): address;',
  'sui::hash':
    'native fun blake2b256(d: &vector<u8>): vector<u8>; native fun keccak256(d: &vector<u8>): vector<u8>;',
  'sui::hmac': 'native fun hmac_sha3_256(k: &vector<u8>, m: &vector<u8>): vector<u8>;',
  'sui::ed25519':
    'native fun ed25519_verify(s: &vector<u8>, k: &vector<u8>, m: &vector<u8>): bool;',
  'sui::ecdsa_k1':
    'native fun secp256k1_ecrecover(s: &vector<u8>, m: &vector<u8>, h: u8): vector<u8>; native fun decompress_pubkey(k: &vector<u8>): vector<u8>; native fun secp256k1_verify(s: &vector<u8>, k: &vector<u8>, m: &vector<u8>, h: u8): bool;',
  'sui::ecdsa_r1':
    'native fun secp256r1_ecrecover(s: &vector<u8>, m: &vector<u8>, h: u8): vector<u8>; native fun secp256r1_verify(s: &vector<u8>, k: &vector<u8>, m: &vector<u8>, h: u8): bool;',
  'sui::ecvrf':
    'native fun ecvrf_verify(h: &vector<u8>, a: &vector<u8>, k: &vector<u8>, p: &vector<u8>): bool;',
};

function hashCalls(): void {
  for (const length of [0, 1, 127, 128, 129, 135, 136, 137, 300]) {
    const data = random(length);
    for (const name of ['sha2_256', 'sha3_256']) call(`std::hash::${name}`, bytes(data));
    for (const name of ['blake2b256', 'keccak256']) call(`sui::hash::${name}`, atBytes(data));
    call('sui::hmac::hmac_sha3_256', atBytes(random(length)), atBytes(data));
  }
}

function textCalls(): void {
  const texts = ['', 'a', 'banana', 'añb✓c𝄞d', 'nanananan'].map(utf8);
  const broken = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80]].map(
    (list) => Uint8Array.from(list),
  );
  for (const text of [...texts, ...broken]) call('std::string::internal_check_utf8', atBytes(text));
  for (const text of texts) {
    for (const i of range(text.length + 3))
      call('std::string::internal_is_char_boundary', atBytes(text), number('u64', i));
    for (const pattern of ['', 'an', 'nan', '✓', 'z'].map(utf8))
      call('std::string::internal_index_of', atBytes(text), atBytes(pattern));
  }
  for (const [from, to] of [
    [0, 0],
    [1, 3],
    [6, 6],
    [3, 1],
  ])
    call(
      'std::string::internal_sub_string',
      atBytes(utf8('banana')),
      number('u64', from ?? 0),
      number('u64', to ?? 0),
    );
}

function addressCalls(): void {
  for (const length of [31, 32, 33]) call('sui::address::from_bytes', bytes(random(length)));
  for (const value of [0n, 0xfeedn, 2n ** 256n - 1n]) {
    call('sui::address::from_u256', number('u256', value));
    call('sui::address::to_u256', address(Address.parse(value.toString(16))));
  }
}

function ed25519Calls(): void {
  const verify = (signature: Uint8Array, key: Uint8Array, message: Uint8Array) =>
    call('sui::ed25519::ed25519_verify', atBytes(signature), atBytes(key), atBytes(message));
  const secret = random(32);
  const [key, message] = [ed25519.getPublicKey(secret), random(77)];
  const signature = ed25519.sign(message, secret);
  verify(signature, key, message);
  for (const at of [0, 31, 32, 63]) verify(flip(signature, at), key, message);
  verify(signature, flip(key, 3), message);
  verify(signature.subarray(1), key, message);
  const { ORDER } = ed25519.Point.Fn;
  const s = BigInt(`0x${hexOf(signature.slice(32).reverse())}`);
  verify(concat(signature.slice(0, 32), numberToBytesLE(s + ORDER, 32)), key, message);
  // Points of small order, canonical and not: the rule of ZIP 215 takes them.
  const small = ['01', 'ee', 'ed'].map((first) => {
    const point = new Uint8Array(32).fill(first === '01' ? 0 : 0xff);
    point[0] = Number.parseInt(first, 16);
    if (first !== '01') point[31] = 0x7f;
    return point;
  });
  for (const r of small) for (const k of small) verify(concat(r, new Uint8Array(32)), k, message);
}

function ecdsaCalls(): void {
  const curves = [
    { curve: secp256k1, module: 'ecdsa_k1', prefix: 'secp256k1' },
    { curve: p256, module: 'ecdsa_r1', prefix: 'secp256r1' },
  ];
  for (const { curve, module, prefix } of curves) {
    const verify = (signature: Uint8Array, key: Uint8Array, message: Uint8Array, hash: number) =>
      call(
        `sui::${module}::${prefix}_verify`,
        atBytes(signature),
        atBytes(key),
        atBytes(message),
        number('u8', hash),
      );
    const recover = (signature: Uint8Array, message: Uint8Array, hash: number) =>
      call(
        `sui::${module}::${prefix}_ecrecover`,
        atBytes(signature),
        atBytes(message),
        number('u8', hash),
      );
    const secret = random(32);
    const { ORDER } = curve.Point.Fn;
    const [key, whole] = [curve.getPublicKey(secret, true), curve.getPublicKey(secret, false)];
    for (const [hash, digest] of [keccak_256, sha256].entries()) {
      const message = random(50 + hash);
      const signature = curve.sign(digest(message), secret, { prehash: false, lowS: true });
      const [r, s] = [signature.slice(0, 32), signature.slice(32)];
      for (const k of [key, whole, key.subarray(1), flip(key, 5), flip(whole, 40)])
        verify(signature, k, message, hash);
      // The VM there has another library for secp256k1, which differs at the edges.
      for (const tag of module === 'ecdsa_k1' ? [] : [5, 6, 7]) {
        verify(signature, concat(Uint8Array.of(tag), whole.subarray(1)), message, hash);
        verify(signature, concat(Uint8Array.of(tag), key.subarray(1)), message, hash);
      }
      verify(signature, key, message, 2);
      verify(concat(r, numberToBytesBE(ORDER - bytesToNumberBE(s), 32)), key, message, hash);
      verify(concat(new Uint8Array(32), s), key, message, hash);
      verify(concat(numberToBytesBE(ORDER, 32), s), key, message, hash);
      for (const id of range(5)) recover(concat(signature, Uint8Array.of(id)), message, hash);
      for (const id of range(2)) {
        const high = concat(r, numberToBytesBE(ORDER - bytesToNumberBE(s), 32));
        if (module === 'ecdsa_r1') recover(concat(high, Uint8Array.of(id)), message, hash);
        recover(concat(numberToBytesBE(1n, 32), s, Uint8Array.of(2 + id)), message, hash);
        recover(concat(numberToBytesBE(5n, 32), s, Uint8Array.of(id)), message, hash);
      }
      if (module === 'ecdsa_r1') recover(new Uint8Array(65), message, hash);
      recover(signature, message, hash);
    }
    if (module !== 'ecdsa_k1') continue;
    for (const k of [key, whole, key.subarray(1), flip(whole, 40), new Uint8Array(33)])
      call('sui::ecdsa_k1::decompress_pubkey', atBytes(k));
  }
}

function ecvrfCalls(): void {
  const output = hex(
    '4fad431c7402fa1d4a7652e975aeb9a2b746540eca0b1b1e59c8d19c14a7701918a8249136e355455b8bc73851f7fc62c84f2e39f685b281e681043970026ed8',
  );
  const key = hex('1ea6f0f467574295a2cd5d21a3fd3a712ade354d520d3bd0fe6088d7b7c2e00e');
  const proof = hex(
    'd8ad2eafb4f2eaf317447726e541359f26dfce248431fe09984fdc73144abb6ceb006c57a29a742eae5a81dd04239870769e310a81046cbbaff8b0bd27a6d6affee167ebba50549b58ffdf9aa192f506',
  );
  const vrf = (o: Uint8Array, a: Uint8Array, k: Uint8Array, p: Uint8Array) =>
    call('sui::ecvrf::ecvrf_verify', atBytes(o), atBytes(a), atBytes(k), atBytes(p));
  const alpha = utf8('Hello, world!');
  vrf(output, alpha, key, proof);
  for (const at of [0, 33, 50]) vrf(output, alpha, key, flip(proof, at));
  vrf(flip(output, 0), alpha, key, proof);
  vrf(output.subarray(1), alpha, key, proof);
  vrf(output, alpha, flip(key, 0), proof);
  vrf(output, alpha, ristretto255.Point.ZERO.toBytes(), proof);
  vrf(output, alpha, key, concat(proof, Uint8Array.of(0)));
  vrf(output, alpha, key, concat(proof.subarray(0, 48), new Uint8Array(32).fill(0xff)));
}

for (const make of [hashCalls, textCalls, addressCalls, ed25519Calls, ecdsaCalls, ecvrfCalls])
  make();

/** By the names of the registry. */
export const nativeOf = (name: string): string =>
  name.replace('std::', '0x1::').replace('sui::', '0x2::');

export const CALLED_WITH_LITERALS: ReadonlySet<string> = new Set(
  calls.map(({ native }) => nativeOf(native)),
);
