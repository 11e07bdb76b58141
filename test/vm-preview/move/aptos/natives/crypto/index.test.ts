import {
  KNOWN_FEATURE_VERSION,
  keysOf,
} from '../../../../../../src/vm-preview/move/aptos/gas/schedule';
import { cryptoNatives } from '../../../../../../src/vm-preview/move/aptos/natives/crypto';
import { CRYPTO_LIMITS } from '../../../../../../src/vm-preview/move/aptos/natives/crypto/limits';
import { MoveError } from '../../../../../../src/vm-preview/move/core/runtime';
import type { Value } from '../../../../../../src/vm-preview/move/core/values';
import { APTOS_NATIVES } from '../../../../../support/aptos-native-names';
import { ascii, bytes, crypto, hex, items, marker, priceNames, reference, struct } from './helpers';

const MODULES = [
  '0x1::aptos_hash',
  '0x1::bls12381',
  '0x1::confidential_range_proofs',
  '0x1::crypto_algebra',
  '0x1::ed25519',
  '0x1::multi_ed25519',
  '0x1::ristretto255',
  '0x1::ristretto255_bulletproofs',
  '0x1::secp256k1',
];

it('there is every cryptographic native that a recorded framework declares', () => {
  const { context } = crypto();
  const registered = [...cryptoNatives(context).keys()];
  const declared = MODULES.flatMap((module) =>
    Object.keys(APTOS_NATIVES[module] ?? {}).map((name) => `${module}::${name}`),
  );
  expect(declared.length).toBeGreaterThan(70);
  expect(declared.filter((name) => !registered.includes(name))).toEqual([]);
  expect([...CRYPTO_LIMITS.keys()].filter((name) => !registered.includes(name))).toEqual([]);
});

it('every price of the chain’s is charged, and no other', () => {
  const known = keysOf(KNOWN_FEATURE_VERSION);
  const names = new Set<string>();
  const natives = crypto();
  const call = (name: string, types: readonly string[], ...args: Value[]): readonly Value[] => {
    try {
      return natives.call(`0x1::${name}`, args, types.map(marker));
    } catch (error) {
      // What is refused was paid for, or is not implemented in a structure.
      if (!(error instanceof MoveError)) throw error;
      return [];
    } finally {
      for (const name of priceNames(natives.takeCharges())) names.add(name);
    }
  };
  const scalar = bytes(Uint8Array.of(1, ...new Uint8Array(31)));
  for (const hash of ['sip_hash', 'keccak256']) call(`aptos_hash::${hash}`, [], ascii(''));
  for (const hash of ['sha2_512', 'sha3_512', 'ripemd160', 'blake2b_256'])
    call(`aptos_hash::${hash}_internal`, [], ascii(''));
  for (const module of ['bls12381_algebra', 'bn254_algebra']) {
    const type = (name: string): string => `0x1::${module}::${name}`;
    for (const structure of ['Fr', 'Fq', 'Fq12', 'G1', 'G2', 'Gt']) {
      for (const name of ['zero', 'from_u64'])
        call(`crypto_algebra::${name}_internal`, [type(structure)], 1);
      const [one] = call('crypto_algebra::one_internal', [type(structure)]);
      if (one === undefined) continue;
      for (const name of ['add', 'sub', 'mul', 'div', 'neg', 'sqr', 'inv', 'double', 'eq'])
        call(`crypto_algebra::${name}_internal`, [type(structure)], one, one);
      const [scalarOne = 0] = call('crypto_algebra::one_internal', [type('Fr')]);
      const group = [type(structure), type('Fr')];
      call('crypto_algebra::scalar_mul_internal', group, one, scalarOne);
      call('crypto_algebra::multi_scalar_mul_internal', group, items([one]), items([scalarOne]));
      for (const format of [
        'FrLsb',
        'FqMsb',
        'Fq12LscLsb',
        'G1Compr',
        'G1Uncompr',
        'G2Compr',
        'G2Uncompr',
        'Gt',
      ])
        call('crypto_algebra::serialize_internal', [type(structure), type(`Format${format}`)], one);
    }
    const pairing = ['G1', 'G2', 'Gt'].map(type);
    const [g1 = 0] = call('crypto_algebra::one_internal', [type('G1')]);
    const [g2 = 0] = call('crypto_algebra::one_internal', [type('G2')]);
    call('crypto_algebra::pairing_internal', pairing, g1, g2);
    call('crypto_algebra::multi_pairing_internal', pairing, items([g1]), items([g2]));
    for (const group of ['G1', 'G2'])
      call(
        'crypto_algebra::hash_to_internal',
        [type(group), type(`Hash${group}XmdSha256SswuRo`)],
        reference(ascii('x'.repeat(300))),
        reference(ascii('')),
      );
    for (const [structure, format, length] of [
      ['Fr', 'FormatFrLsb', 32],
      ['Fq', 'FormatFqLsb', 32],
      ['Fq12', 'FormatFq12LscLsb', module === 'bn254_algebra' ? 384 : 576],
      ['Gt', 'FormatGt', module === 'bn254_algebra' ? 384 : 576],
      ['G1', 'FormatG1Compr', module === 'bn254_algebra' ? 32 : 48],
      ['G1', 'FormatG1Uncompr', module === 'bn254_algebra' ? 64 : 96],
      ['G2', 'FormatG2Compr', module === 'bn254_algebra' ? 64 : 96],
      ['G2', 'FormatG2Uncompr', module === 'bn254_algebra' ? 128 : 192],
    ] as const)
      call(
        'crypto_algebra::deserialize_internal',
        [type(structure), type(format)],
        reference(bytes(new Uint8Array(length))),
      );
  }
  call('bls12381::validate_pubkey_internal', [], hex('00'));
  call(
    'secp256k1::ecdsa_recover_internal',
    [],
    bytes(new Uint8Array(32)),
    0,
    bytes(new Uint8Array(64)),
  );
  call('ristretto255::point_identity_internal', []);
  call('ristretto255::point_clone_internal', [], 0);
  call('ristretto255::basepoint_mul_internal', [], scalar);
  call('ristretto255::scalar_invert_internal', [], scalar);
  call('ristretto255::new_point_from_sha512_internal', [], ascii(''));
  call(
    'ristretto255_bulletproofs::verify_range_proof_internal',
    [],
    bytes(new Uint8Array(32)),
    reference(struct(0)),
    reference(struct(0)),
    ascii(''),
    8,
    ascii(''),
  );
  for (const batch of [1, 2, 4, 8, 16])
    for (const bits of [8, 16, 32, 64])
      call(
        'ristretto255_bulletproofs::verify_batch_range_proof_internal',
        [],
        items(Array.from({ length: batch }, () => bytes(new Uint8Array(32)))),
        reference(struct(0)),
        reference(struct(0)),
        ascii(''),
        bits,
        ascii(''),
      );
  expect(names.size).toBeGreaterThan(160);
  // BN254's one of Fr is charged as the other curve's, and two are for nothing that natives do.
  const algebra = known.filter((name) => name.startsWith('aptos_framework.algebra.ark_bn254'));
  expect(algebra.filter((name) => !names.has(name))).toEqual([
    'aptos_framework.algebra.ark_bn254_fr_one',
    'aptos_framework.algebra.ark_bn254_fq_clone',
    'aptos_framework.algebra.ark_bn254_fq_pow_u256',
  ]);
});
