/** The vectors of the framework's own Move tests (sui-framework, tests/crypto). */

import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { asBytes, ByteVector } from '../../../../../../src/vm-preview/move/core/values';
import {
  hex,
  hexOf,
  hexRef,
  ref,
  testSuiNatives,
  textRef,
} from '../../../../../support/sui-native-context';
import vectors from './framework-vectors.json';

const MESSAGE = textRef('Hello, world!');
const flipped = (text: string): string => `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;

describe('0x2::ed25519', () => {
  const message = '315f5bdb76d078c43b8ac0064e4a0164612b1fce77c869345bfc94c75894edd3';
  const key = 'cc62332e34bb2d5cd69f60efbb2a36cb916c7eb458301ea36636c4dbb012bd88';
  const signature =
    'cce72947906dbae4c166fc01fd096432784032be43db540909bc901dbc057992b4d655ca4f4355cf0868e1266baacf6919902969f063e74162f8f04bc4056105';
  const verify = (s: string, k: string, m: string) =>
    testSuiNatives().call('0x2::ed25519::ed25519_verify', [hexRef(s), hexRef(k), hexRef(m)]);

  it('verifies a signature, and no other message, key or signature', () => {
    expect(verify(signature, key, message)).toEqual([true]);
    expect(verify(`cde7${signature.slice(4)}`, key, message)).toEqual([false]);
    expect(verify(signature, key, `415f${message.slice(4)}`)).toEqual([false]);
    expect(verify(signature, '', message)).toEqual([false]);
  });

  it('is paid by bytes and blocks of 128', () => {
    const natives = testSuiNatives();
    natives.call('0x2::ed25519::ed25519_verify', [
      hexRef(signature),
      hexRef(key),
      ref(new ByteVector(new Uint8Array(129))),
    ]);
    expect(natives.takeCharges()).toEqual([
      'ed25519_ed25519_verify_cost_base',
      '129 ed25519_ed25519_verify_msg_cost_per_byte + 2 ed25519_ed25519_verify_msg_cost_per_block',
    ]);
  });
});

describe('0x2::bls12381', () => {
  const { minPk, minSig } = vectors;

  it('verifies signatures in G1', () => {
    const verify = (s: string, k: string, m: string) =>
      testSuiNatives().call('0x2::bls12381::bls12381_min_sig_verify', [
        hexRef(s),
        hexRef(k),
        hexRef(m),
      ]);
    expect(verify(minSig.sig, minSig.pk, minSig.msg)).toEqual([true]);
    expect(verify(minSig.sig, minSig.pk, flipped(minSig.msg))).toEqual([false]);
    expect(verify(minSig.sig, minSig.pk.slice(2), minSig.msg)).toEqual([false]);
    expect(verify(minSig.sig.slice(2), minSig.pk, minSig.msg)).toEqual([false]);
  });

  it('verifies signatures in G2: drand’s beacon', () => {
    // What is signed is a round's number after the signature before it.
    const round = Uint8Array.from([0, 0, 0, 0, 0, 0x24, 0x39, 0x2f]);
    const message = sha256(Uint8Array.from([...hex(minPk.prev_sig), ...round]));
    const verify = (s: string) =>
      testSuiNatives().call('0x2::bls12381::bls12381_min_pk_verify', [
        hexRef(s),
        hexRef(minPk.pk),
        ref(new ByteVector(message)),
      ]);
    expect(verify(minPk.sig)).toEqual([true]);
    expect(verify(minPk.invalid_sig)).toEqual([false]);
  });
});

describe('0x2::ecdsa_k1', () => {
  const key = '02337cca2171fdbfcfd657fa59881f46269f1e590b5ffab6023686c7ad2ecc2c1c';
  const keccak =
    '7e4237ebfbc36613e166bfc5f6229360a9c1949242da97ca04867e4de57b2df30c8340bcb320328cf46d71bda51fcb519e3ce53b348eec62de852e350edbd886';
  const sha =
    'e5847245b38548547f613aaea3421ad47f5b95a222366fb9f9b8c57568feb19c7077fc31e7d83e00acc1347d08c3e1ad50a4eeb6ab044f25c861ddc7be5b8f9f';
  const recover = '0x2::ecdsa_k1::secp256k1_ecrecover';
  const verify = (s: string, k: string, hash: number) =>
    testSuiNatives().call('0x2::ecdsa_k1::secp256k1_verify', [hexRef(s), hexRef(k), MESSAGE, hash]);

  it('recovers the key by either hash', () => {
    const natives = testSuiNatives();
    expect(hexOf(natives.call(recover, [hexRef(`${keccak}00`), MESSAGE, 0])[0])).toBe(key);
    expect(hexOf(natives.call(recover, [hexRef(`${sha}01`), MESSAGE, 1])[0])).toBe(key);
  });

  it('aborts where nothing can be recovered, and pays', () => {
    const natives = testSuiNatives();
    const zeros = hexRef('00'.repeat(65));
    expect(natives.failure(recover, [zeros, hexRef('00'), 1])).toMatchObject({ subStatus: 0n });
    expect(natives.failure(recover, [hexRef(keccak), MESSAGE, 1])).toMatchObject({ subStatus: 1n });
    natives.takeCharges();
    expect(natives.failure(recover, [hexRef(keccak), MESSAGE, 2])).toMatchObject({ subStatus: 0n });
    expect(natives.takeCharges()).toEqual(['crypto_invalid_arguments_cost']);
    expect(natives.gas.aborts).toBe(3);
  });

  it('verifies', () => {
    expect(verify(keccak, key, 0)).toEqual([true]);
    expect(verify(sha, key, 1)).toEqual([true]);
    expect(verify(`${keccak}00`, key, 0)).toEqual([false]);
    expect(verify(sha, key.slice(0, -2), 1)).toEqual([false]);
    expect(verify(sha, key, 2)).toEqual([false]);
  });

  it('finds the Ethereum address of a signer', () => {
    const natives = testSuiNatives();
    const signature =
      '382a3e04daf88f322730f6a2972475fc5646ea8c4a7f3b5e83a90b10ba08a7364cd2f55348f2b6d210fbed7fc485abf19ecb2f3967e410d6349dd7dd1d44877500';
    const message = hexRef(
      '19457468657265756d205369676e6564204d6573736167653a0a3533307836336639613932643864363162343861396666663864353830383034323561333031326430356338696777796b3472316f376f',
    );
    const [found] = natives.call(recover, [hexRef(signature), message, 0]);
    const [whole] = natives.call('0x2::ecdsa_k1::decompress_pubkey', [hexRef(hexOf(found))]);
    const address = keccak_256(asBytes(whole).subarray(1)).subarray(12);
    expect(Buffer.from(address).toString('hex')).toBe('63f9a92d8d61b48a9fff8d58080425a3012d05c8');
  });

  it('takes keys whose parity is said too', () => {
    const [whole] = testSuiNatives().call('0x2::ecdsa_k1::decompress_pubkey', [hexRef(key)]);
    const isOdd = Number(`0x${hexOf(whole).slice(-1)}`) & 1;
    const hybrid = (tag: number): string => `0${tag}${hexOf(whole).slice(2)}`;
    expect(verify(sha, hybrid(6 + isOdd), 1)).toEqual([true]);
    expect(verify(sha, hybrid(7 - isOdd), 1)).toEqual([false]);
    expect(verify(sha, hexOf(whole), 1)).toEqual([true]);
  });
});

describe('0x2::ecdsa_r1', () => {
  const key = '0227322b3a891a0a280d6bc1fb2cbb23d28f54906fd6407f5f741f6def5762609a';
  const keccak =
    '209841acabd0fdf6d25fa0948b2f5c6c74f930eede89c6fce59502218a3134a147535921bf0cdf5d1990f6f0b3dadb8c05069ddc531db057d325857ce198a529';
  const sha =
    '26d84720652d8bc4ddd1986434a10b3b7b69f0e35a17c6a5987e6d1cba69652f4384a342487642df5e44592d304bea0ceb0fae2e347fa3cec5ce1a8144cfbbb2';
  const recover = '0x2::ecdsa_r1::secp256r1_ecrecover';

  it('recovers the key by either hash', () => {
    const natives = testSuiNatives();
    expect(hexOf(natives.call(recover, [hexRef(`${keccak}00`), MESSAGE, 0])[0])).toBe(key);
    expect(hexOf(natives.call(recover, [hexRef(`${sha}00`), MESSAGE, 1])[0])).toBe(key);
    expect(natives.failure(recover, [hexRef(sha), MESSAGE, 1])).toMatchObject({ subStatus: 1n });
    // A zero is no part of a signature here.
    const zeros = hexRef('00'.repeat(65));
    expect(natives.failure(recover, [zeros, MESSAGE, 1])).toMatchObject({ subStatus: 1n });
  });

  it('verifies', () => {
    const verify = (s: string, k: string, hash: number) =>
      testSuiNatives().call('0x2::ecdsa_r1::secp256r1_verify', [
        hexRef(s),
        hexRef(k),
        MESSAGE,
        hash,
      ]);
    expect(verify(keccak, key, 0)).toEqual([true]);
    expect(verify(sha, key, 1)).toEqual([true]);
    expect(verify(`${keccak}01`, key, 0)).toEqual([false]);
    expect(verify(keccak, key.slice(0, -2), 0)).toEqual([false]);
  });
});

describe('0x2::ecvrf', () => {
  const output =
    '4fad431c7402fa1d4a7652e975aeb9a2b746540eca0b1b1e59c8d19c14a7701918a8249136e355455b8bc73851f7fc62c84f2e39f685b281e681043970026ed8';
  const key = '1ea6f0f467574295a2cd5d21a3fd3a712ade354d520d3bd0fe6088d7b7c2e00e';
  const proof =
    'd8ad2eafb4f2eaf317447726e541359f26dfce248431fe09984fdc73144abb6ceb006c57a29a742eae5a81dd04239870769e310a81046cbbaff8b0bd27a6d6affee167ebba50549b58ffdf9aa192f506';
  const name = '0x2::ecvrf::ecvrf_verify';

  it('verifies an output', () => {
    const natives = testSuiNatives();
    const verify = (o: string, m = MESSAGE) =>
      natives.call(name, [hexRef(o), m, hexRef(key), hexRef(proof)]);
    expect(verify(output)).toEqual([true]);
    expect(verify(flipped(output))).toEqual([false]);
    expect(verify(output, textRef('Hello, world'))).toEqual([false]);
  });

  it('tells what is wrong with its arguments', () => {
    const natives = testSuiNatives();
    const fails = (o: string, k: string, p: string) =>
      natives.failure(name, [hexRef(o), MESSAGE, hexRef(k), hexRef(p)]).subStatus;
    expect(fails('00', key, proof)).toBe(1n);
    expect(fails(output, '00', proof)).toBe(2n);
    expect(fails(output, key, '00')).toBe(3n);
  });
});
