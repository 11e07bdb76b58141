/** Bytes of any length and content, in every place where a stranger's bytes come in. */
import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { LookaheadError } from '../../../../../../src/vm-preview/errors';
import type { Value } from '../../../../../../src/vm-preview/move/core/values';
import { bytes, crypto, items, marker, reference, struct } from './helpers';
import BLS12381 from './vectors/bls12381-algebra.json';
import BN254 from './vectors/bn254-algebra.json';

// Lengths that are about right, and first and last bytes that are flags.
const LENGTHS = [0, 1, 31, 32, 33, 48, 64, 65, 68, 96, 97, 128, 192, 288, 352, 384, 576];
const flag = fc.constantFrom(0, 1, 0x20, 0x40, 0x60, 0x7f, 0x80, 0xa0, 0xc0, 0xe0, 0xff);
const data = fc.constantFrom(...LENGTHS).chain((length) =>
  fc
    .tuple(fc.uint8Array({ minLength: length, maxLength: length }), flag, flag, fc.boolean())
    .map(([content, first, last, isBlank]) => {
      const made = isBlank ? new Uint8Array(length) : content;
      if (length > 0) made[0] = first;
      if (length > 1) made[length - 1] = last;
      return made;
    }),
);

type Call = (a: Uint8Array, b: Uint8Array, c: Uint8Array) => readonly Value[];
const CALLS: Readonly<Record<string, Call>> = {
  'ed25519::public_key_validate_internal': (a) => [bytes(a)],
  'ed25519::signature_verify_strict_internal': (a, b, c) => [bytes(a), bytes(b), bytes(c)],
  'multi_ed25519::public_key_validate_internal': (a) => [bytes(a)],
  'multi_ed25519::public_key_validate_v2_internal': (a) => [bytes(a)],
  'multi_ed25519::signature_verify_strict_internal': (a, b, c) => [bytes(a), bytes(b), bytes(c)],
  'secp256k1::ecdsa_recover_internal': (a, b) => [bytes(a), (b[0] ?? 0) & 7, bytes(b)],
  'bls12381::validate_pubkey_internal': (a) => [bytes(a)],
  'bls12381::signature_subgroup_check_internal': (a) => [bytes(a)],
  'bls12381::aggregate_pubkeys_internal': (a, b) => [items([struct(bytes(a)), struct(bytes(b))])],
  'bls12381::aggregate_signatures_internal': (a, b) => [
    items([struct(bytes(a)), struct(bytes(b))]),
  ],
  'bls12381::verify_multisignature_internal': (a, b, c) => [bytes(a), bytes(b), bytes(c)],
  'bls12381::verify_proof_of_possession_internal': (a, b) => [bytes(a), bytes(b)],
  'ristretto255::point_decompress_internal': (a) => [bytes(a)],
  'ristretto255::scalar_is_canonical_internal': (a) => [bytes(a)],
  'ristretto255::scalar_invert_internal': (a) => [bytes(a)],
  'ristretto255::scalar_reduced_from_32_bytes_internal': (a) => [bytes(a)],
  'ristretto255::new_point_from_64_uniform_bytes_internal': (a) => [bytes(a)],
  'ristretto255_bulletproofs::verify_range_proof_internal': (a, b, c) => [
    bytes(a),
    reference(struct(0)),
    reference(struct(0)),
    bytes(b),
    8,
    bytes(c),
  ],
};

/** Undefined, or the name of an error that is none of ours. */
function untyped(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof LookaheadError ? undefined : String(error);
  }
}

it.each(Object.entries(CALLS))('0x1::%s ends in a result or an error of ours', (name, make) => {
  const { call } = crypto();
  call('0x1::ristretto255::point_identity_internal');
  fc.assert(
    fc.property(data, data, data, (a, b, c) => {
      expect(untyped(() => call(`0x1::${name}`, make(a, b, c)))).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

it.each([
  ['bls12381_algebra', ['Fr FormatFrLsb', 'Fr FormatFrMsb']],
  ['bls12381_algebra', ['Fq12 FormatFq12LscLsb', 'Gt FormatGt']],
  ['bls12381_algebra', ['G1 FormatG1Compr', 'G1 FormatG1Uncompr']],
  ['bls12381_algebra', ['G2 FormatG2Compr', 'G2 FormatG2Uncompr']],
  ['bn254_algebra', ['Fr FormatFrLsb', 'Fq FormatFqMsb', 'Fq12 FormatFq12LscLsb']],
  ['bn254_algebra', ['G1 FormatG1Compr', 'G1 FormatG1Uncompr']],
  ['bn254_algebra', ['G2 FormatG2Compr', 'G2 FormatG2Uncompr']],
])('what %s reads as %s, it writes as it was', (module, forms) => {
  const { call } = crypto();
  let read = 0;
  // Also good encodings, as they are and with a bit of the last byte or the first changed.
  const vectors = Object.values(module === 'bn254_algebra' ? BN254 : BLS12381);
  const good = vectors.filter((value) => typeof value === 'string' && /^[0-9a-f]+$/.test(value));
  const bent = fc
    .tuple(fc.constantFrom(...good), fc.constantFrom('first', 'last', 'none'), fc.nat(7))
    .map(([digits, where, bit]) => {
      const made = hexToBytes(String(digits));
      const at = where === 'first' ? 0 : made.length - 1;
      if (where !== 'none') made[at] = (made[at] ?? 0) ^ (1 << bit);
      return made;
    });
  fc.assert(
    fc.property(fc.oneof(data, bent, bent), fc.constantFrom(...forms), (encoded, form) => {
      const types = form.split(' ').map((name) => marker(`0x1::${module}::${name}`));
      const problem = untyped(() => {
        const [found, handle] = call(
          '0x1::crypto_algebra::deserialize_internal',
          [reference(bytes(encoded))],
          types,
        );
        if (found !== true || handle === undefined) return;
        read++;
        const [written] = call('0x1::crypto_algebra::serialize_internal', [handle], types);
        const [again, second] = call(
          '0x1::crypto_algebra::deserialize_internal',
          [reference(written ?? 0)],
          types,
        );
        expect(again).toBe(true);
        const [isSame] = call(
          '0x1::crypto_algebra::eq_internal',
          [handle, second ?? 0],
          types.slice(0, 1),
        );
        expect(isSame).toBe(true);
      });
      expect(problem).toBeUndefined();
    }),
    { numRuns: 400 },
  );
  expect(read).toBeGreaterThan(0);
});
