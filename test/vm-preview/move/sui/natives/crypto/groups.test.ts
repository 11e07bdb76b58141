/** The vectors of the framework's own Move tests (sui-framework, tests/crypto). */
import { ByteVector, ItemVector } from '../../../../../../src/vm-preview/move/core/values';
import { additionsOf } from '../../../../../../src/vm-preview/move/sui/natives/crypto/group-ops';
import { hex, hexOf, hexRef, ref, testSuiNatives } from '../../../../../support/sui-native-context';
import vectors from './framework-vectors.json';

const { g1, g2, gt } = vectors.groups;
const SCALAR = 0;
const G1 = 1;
const G2 = 2;
const GT = 3;
const UNCOMPRESSED_G1 = 4;

const scalar = (value: bigint): string => value.toString(16).padStart(64, '0');
const ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
const IDENTITY = {
  [G1]: `c0${'00'.repeat(47)}`,
  [G2]: `c0${'00'.repeat(95)}`,
  [GT]: gt.one,
} as const;
const GENERATOR = { [G1]: g1.generator, [G2]: g2.generator, [GT]: gt.generator } as const;

const natives = testSuiNatives();
const op = (name: string, type: number, left: string, right: string): string =>
  hexOf(natives.call(`0x2::group_ops::internal_${name}`, [type, hexRef(left), hexRef(right)])[0]);
const fails = (name: string, ...args: Parameters<typeof natives.call>[1] & {}) =>
  natives.failure(`0x2::group_ops::internal_${name}`, args).subStatus;

describe('0x2::group_ops', () => {
  it('computes with scalars', () => {
    expect(op('sub', SCALAR, scalar(0n), scalar(8n))).toBe(
      '73eda753299d7d483339d80809a1d80553bda402fffe5bfefffffffefffffff9',
    );
    expect(op('mul', SCALAR, scalar(6n), scalar(7n))).toBe(scalar(42n));
    expect(op('div', SCALAR, scalar(6n), scalar(42n))).toBe(scalar(7n));
    expect(fails('div', SCALAR, hexRef(scalar(0n)), hexRef(scalar(10n)))).toBe(1n);
  });

  it('validates encodings', () => {
    const isValid = (type: number, bytes: string) =>
      natives.call('0x2::group_ops::internal_validate', [type, hexRef(bytes)])[0];
    expect(isValid(SCALAR, scalar(ORDER - 1n))).toBe(true);
    expect(isValid(SCALAR, scalar(ORDER))).toBe(false);
    expect(isValid(SCALAR, scalar(1n).slice(2))).toBe(false);
    expect(isValid(G1, g1.generator)).toBe(true);
    expect(isValid(G1, IDENTITY[G1])).toBe(true);
    expect(isValid(G1, `${g1.generator}bb`)).toBe(false);
    expect(isValid(G2, g2.generator)).toBe(true);
    expect(isValid(G2, g2.generator.slice(0, -2))).toBe(false);
    expect(isValid(GT, gt.generator)).toBe(false);
  });

  it.each([
    [G1, g1.times54321],
    [G2, g2.times54321],
    [GT, gt.times54321],
  ] as const)('multiplies, divides, adds and subtracts in group %i', (type, expected) => {
    expect(op('mul', type, scalar(54321n), GENERATOR[type])).toBe(expected);
    expect(op('div', type, scalar(54321n), expected)).toBe(GENERATOR[type]);
    expect(op('sub', type, expected, expected)).toBe(IDENTITY[type]);
    const twice = op('add', type, expected, expected);
    expect(twice).toBe(op('mul', type, scalar(2n), expected));
    expect(fails('div', type, hexRef(scalar(0n)), hexRef(expected))).toBe(1n);
  });

  it('pairs', () => {
    expect(op('pairing', G1, g1.generator, g2.generator)).toBe(gt.generator);
    expect(op('pairing', G1, IDENTITY[G1], g2.generator)).toBe(gt.one);
    expect(op('pairing', G1, g1.times54321, g2.generator)).toBe(gt.times54321);
  });

  it('adds up products', () => {
    const msm = (type: number, scalars: string, points: string) =>
      hexOf(
        natives.call('0x2::group_ops::internal_multi_scalar_mul', [
          type,
          hexRef(scalars),
          hexRef(points),
        ])[0],
      );
    const half = 54321n / 3n;
    expect(msm(G1, scalar(half) + scalar(2n * half), g1.generator.repeat(2))).toBe(g1.times54321);
    expect(msm(G2, scalar(half) + scalar(2n * half), g2.generator.repeat(2))).toBe(g2.times54321);
    expect(msm(G1, scalar(0n) + scalar(1n), g1.generator + IDENTITY[G1])).toBe(IDENTITY[G1]);
    expect(fails('multi_scalar_mul', G1, hexRef(''), hexRef(''))).toBe(1n);
    expect(fails('multi_scalar_mul', G1, hexRef(scalar(1n)), hexRef(g1.generator.repeat(2)))).toBe(
      1n,
    );
    const short = testSuiNatives({ limits: { group_ops_bls12381_msm_max_len: 1n } });
    const two = [G1, hexRef(scalar(1n).repeat(2)), hexRef(g1.generator.repeat(2))];
    expect(short.failure('0x2::group_ops::internal_multi_scalar_mul', two).subStatus).toBe(2n);
  });

  it('prices products by the additions of the chain’s own table', () => {
    expect([1, 2, 3, 4, 32].map(additionsOf)).toEqual([1020, 896, 1024, 1152, 3485]);
  });

  it('hashes to both groups', () => {
    // RFC 9380's tag is another, so that only the group is held here; the message may not be empty.
    for (const type of [G1, G2]) {
      const hash = (message: string) =>
        hexOf(natives.call('0x2::group_ops::internal_hash_to', [type, hexRef(message)])[0]);
      expect(hash('313233')).not.toBe(hash('333231'));
      expect(
        natives.call('0x2::group_ops::internal_validate', [type, hexRef(hash('313233'))]),
      ).toEqual([true]);
      expect(fails('hash_to', type, hexRef(''))).toBe(1n);
    }
  });

  it('knows points by both coordinates', () => {
    const convert = (from: number, to: number, bytes: string) =>
      hexOf(natives.call('0x2::group_ops::internal_convert', [from, to, hexRef(bytes)])[0]);
    const whole = convert(G1, UNCOMPRESSED_G1, g1.generator);
    expect(whole).toBe(
      '17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1',
    );
    expect(convert(UNCOMPRESSED_G1, G1, whole)).toBe(g1.generator);
    const none = convert(G1, UNCOMPRESSED_G1, IDENTITY[G1]);
    expect(none).toBe(`40${'00'.repeat(95)}`);
    const sum = (terms: readonly string[]) =>
      hexOf(
        natives.call('0x2::group_ops::internal_sum', [
          UNCOMPRESSED_G1,
          ref(new ItemVector(terms.map((term) => new ByteVector(hex(term))))),
        ])[0],
      );
    expect(sum([])).toBe(none);
    expect(convert(UNCOMPRESSED_G1, G1, sum([whole, none, whole]))).toBe(
      op('add', G1, g1.generator, g1.generator),
    );
  });

  it('is not there before its flag, and is not paid before native_charging_v2', () => {
    const without = testSuiNatives({ features: [] });
    const args = [SCALAR, hexRef(scalar(1n)), hexRef(scalar(1n))];
    expect(without.failure('0x2::group_ops::internal_add', args).subStatus).toBe(0n);
    const early = testSuiNatives({ features: ['enable_group_ops_native_functions'] });
    early.call('0x2::group_ops::internal_add', args);
    expect([early.takeCharges(), early.gas.forgiven]).toEqual([
      ['group_ops_bls12381_scalar_add_cost'],
      1,
    ]);
  });
});

describe('0x2::groth16', () => {
  it.each([
    ['bls12381', 0],
    ['bn254', 1],
  ] as const)('prepares keys and verifies proofs over %s', (name, curve) => {
    const { key, prepared, proof } = vectors[name];
    const [parts] = natives.call('0x2::groth16::prepare_verifying_key_internal', [
      curve,
      hexRef(key),
    ]);
    if (typeof parts !== 'object' || !('fields' in parts)) throw new Error('no struct');
    expect(parts.fields.map(hexOf)).toEqual(prepared);
    const verify = (bases: string, points = proof.points, inputs = proof.inputs) =>
      natives.call('0x2::groth16::verify_groth16_proof_internal', [
        curve,
        ...[bases, ...proof.parts.slice(1), inputs, points].map(hexRef),
      ]);
    const [bases = ''] = proof.parts;
    expect(verify(bases)).toEqual([true]);
    expect(verify(bases.slice(0, -2))).toEqual([false]);
    expect(verify(bases, '4a')).toEqual([false]);
    expect(verify(bases, proof.points, scalar(5n))).toEqual([false]);
    const many = [
      curve,
      ...[bases, ...proof.parts.slice(1), proof.inputs.repeat(9), proof.points].map(hexRef),
    ];
    expect(natives.failure('0x2::groth16::verify_groth16_proof_internal', many).subStatus).toBe(2n);
    expect(
      natives.failure('0x2::groth16::prepare_verifying_key_internal', [curve, hexRef('')])
        .subStatus,
    ).toBe(0n);
  });

  it('knows two curves', () => {
    expect(
      natives.failure('0x2::groth16::prepare_verifying_key_internal', [2, hexRef('')]).subStatus,
    ).toBe(1n);
    const args = [2, ...Array.from({ length: 6 }, () => hexRef(''))];
    const name = '0x2::groth16::verify_groth16_proof_internal';
    expect(natives.failure(name, args)).toMatchObject({ status: 'ABORTED', subStatus: 1n });
    expect(testSuiNatives({ features: [] }).failure(name, args).status).toBe('OUT_OF_GAS');
  });
});
