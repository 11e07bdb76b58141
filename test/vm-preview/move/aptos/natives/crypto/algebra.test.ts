import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Value } from '../../../../../../src/vm-preview/move/core/values';
import type {
  NativeContextOptions,
  TestNatives,
} from '../../../../../support/aptos-native-context';
import { ascii, crypto, hex, hexOf, items, marker, reference } from './helpers';
import BLS12381 from './vectors/bls12381-algebra.json';
import BN254 from './vectors/bn254-algebra.json';

const NOT_IMPLEMENTED = 0x0c_0001n;

/** crypto_algebra in the structures of one module. */
class Algebra {
  readonly natives: TestNatives;

  constructor(
    readonly module: string,
    options?: NativeContextOptions,
  ) {
    this.natives = crypto(options);
  }

  results(name: string, types: string, ...args: Value[]): readonly Value[] {
    return this.natives.call(`0x1::crypto_algebra::${name}_internal`, args, this.types(types));
  }

  run(name: string, types: string, ...args: Value[]): Value {
    const [result] = this.results(name, types, ...args);
    if (result === undefined) throw new Error(`${name} gives nothing`);
    return result;
  }

  /** Of a result that is an option. */
  some(name: string, types: string, ...args: Value[]): Value | undefined {
    const [found, handle] = this.results(name, types, ...args);
    return found === true ? handle : undefined;
  }

  abortCode(name: string, types: string, ...args: Value[]): bigint | undefined {
    const native = `0x1::crypto_algebra::${name}_internal`;
    return this.natives.failure(native, args, this.types(types)).subStatus;
  }

  read(types: string, encoded: string): Value | undefined {
    return this.some('deserialize', types, reference(hex(encoded)));
  }

  write(types: string, handle: Value | undefined): string {
    return hexOf(this.run('serialize', types, handle ?? 0));
  }

  private types(names: string) {
    return names
      .split(' ')
      .map((name) => marker(name.includes('::') ? name : `0x1::${this.module}::${name}`));
  }
}

const BOTH = [
  ['bls12381_algebra', BLS12381, 'ark_bls12_381'],
  ['bn254_algebra', BN254, 'ark_bn254'],
] as const;

describe.each(BOTH)('crypto_algebra in %s', (module, v) => {
  const algebra = (): Algebra => new Algebra(module);

  it('gives the orders', () => {
    const a = algebra();
    for (const structure of ['Fr', 'G1', 'G2', 'Gt'])
      expect(hexOf(a.run('order', structure))).toBe(v.R_SERIALIZED);
    expect(hexOf(a.run('order', 'Fq12'))).toBe(v.Q12_SERIALIZED);
    if ('Q_SERIALIZED' in v) expect(hexOf(a.run('order', 'Fq'))).toBe(v.Q_SERIALIZED);
  });

  it.each([
    [
      'Fr',
      'FormatFrLsb',
      'FR_VAL_0_SERIALIZED_LSB',
      'FR_VAL_1_SERIALIZED_LSB',
      'FR_VAL_7_SERIALIZED_LSB',
      'FR_VAL_7_NEG_SERIALIZED_LSB',
    ],
    [
      'Fq12',
      'FormatFq12LscLsb',
      'FQ12_VAL_0_SERIALIZED',
      'FQ12_VAL_1_SERIALIZED',
      'FQ12_VAL_7_SERIALIZED',
      'FQ12_VAL_7_NEG_SERIALIZED',
    ],
  ] as const)('computes in the field %s', (field, format, zero, one, seven, minusSeven) => {
    const a = algebra();
    const form = `${field} ${format}`;
    const of = (value: number): Value => a.run('from_u64', field, value);
    const equal = (left: Value, right: Value | undefined): void =>
      expect(a.run('eq', field, left, right ?? -1)).toBe(true);
    expect(a.write(form, a.run('zero', field))).toBe(v[zero]);
    expect(a.write(form, a.run('one', field))).toBe(v[one]);
    expect(a.write(form, of(7))).toBe(v[seven]);
    equal(of(7), a.read(form, v[seven]));
    const negated = a.run('neg', field, of(7));
    expect(a.write(form, negated)).toBe(v[minusSeven]);
    equal(of(2), a.run('add', field, negated, of(9)));
    equal(of(9), a.run('sub', field, of(2), negated));
    equal(of(63), a.run('mul', field, of(7), of(9)));
    equal(of(49), a.run('sqr', field, of(7)));
    equal(of(7), a.some('div', field, of(63), of(9)));
    expect(a.results('div', field, of(63), of(0))).toEqual([false, 0]);
    expect(a.results('inv', field, of(0))).toEqual([false, 0]);
    equal(a.run('one', field), a.run('mul', field, of(7), a.some('inv', field, of(7)) ?? 0));
    expect(a.run('eq', field, of(7), of(9))).toBe(false);
  });

  it('writes Fr in both orders', () => {
    const a = algebra();
    const seven = a.run('from_u64', 'Fr', 7);
    expect(a.write('Fr FormatFrMsb', seven)).toBe(v.FR_VAL_7_SERIALIZED_MSB);
    const read = a.read('Fr FormatFrMsb', v.FR_VAL_7_SERIALIZED_MSB);
    expect(a.run('eq', 'Fr', seven, read ?? -1)).toBe(true);
  });

  it.each(['G1', 'G2'] as const)('computes in the group %s', (group) => {
    const a = algebra();
    const [long, short] = [`${group} Format${group}Uncompr`, `${group} Format${group}Compr`];
    const equal = (left: Value | undefined, right: Value | undefined): void =>
      expect(a.run('eq', group, left ?? -1, right ?? -1)).toBe(true);
    const times = (factor: number): Value =>
      a.run('scalar_mul', `${group} Fr`, a.run('one', group), a.run('from_u64', 'Fr', factor));
    const known = [
      [
        a.run('zero', group),
        v[`${group}_INF_SERIALIZED_UNCOMP`],
        v[`${group}_INF_SERIALIZED_COMP`],
      ],
      [
        a.run('one', group),
        v[`${group}_GENERATOR_SERIALIZED_UNCOMP`],
        v[`${group}_GENERATOR_SERIALIZED_COMP`],
      ],
      [
        times(7),
        v[`${group}_GENERATOR_MUL_BY_7_SERIALIZED_UNCOMP`],
        v[`${group}_GENERATOR_MUL_BY_7_SERIALIZED_COMP`],
      ],
      [
        a.run('neg', group, times(7)),
        v[`${group}_GENERATOR_MUL_BY_7_NEG_SERIALIZED_UNCOMP`],
        v[`${group}_GENERATOR_MUL_BY_7_NEG_SERIALIZED_COMP`],
      ],
    ] as const;
    for (const [handle, uncompressed, compressed] of known) {
      expect(a.write(long, handle)).toBe(uncompressed);
      expect(a.write(short, handle)).toBe(compressed);
      equal(handle, a.read(long, uncompressed));
      equal(handle, a.read(short, compressed));
    }
    equal(times(2), a.run('double', group, times(1)));
    const minusSeven = a.run('neg', group, times(7));
    equal(times(2), a.run('add', group, minusSeven, times(9)));
    equal(times(9), a.run('sub', group, times(2), minusSeven));
    equal(times(0), a.run('zero', group));
    for (const count of [0, 1, 2, 9, 40]) {
      const factors = Array.from({ length: count }, (_, i) => i + 1);
      const sum = a.run(
        'multi_scalar_mul',
        `${group} Fr`,
        items(factors.map(() => a.run('one', group))),
        items(factors.map((factor) => a.run('from_u64', 'Fr', factor))),
      );
      equal(sum, times((count * (count + 1)) / 2));
    }
  });

  it('computes in the target group', () => {
    const a = algebra();
    const form = 'Gt FormatGt';
    const times = (factor: number): Value =>
      a.run('scalar_mul', 'Gt Fr', a.run('one', 'Gt'), a.run('from_u64', 'Fr', factor));
    const equal = (left: Value, right: Value | undefined): void =>
      expect(a.run('eq', 'Gt', left, right ?? -1)).toBe(true);
    expect(a.write(form, a.run('one', 'Gt'))).toBe(v.GT_GENERATOR_SERIALIZED);
    expect(a.write(form, a.run('zero', 'Gt'))).toBe(v.FQ12_ONE_SERIALIZED);
    expect(a.write(form, times(7))).toBe(v.GT_GENERATOR_MUL_BY_7_SERIALIZED);
    const negated = a.run('neg', 'Gt', times(7));
    expect(a.write(form, negated)).toBe(v.GT_GENERATOR_MUL_BY_7_NEG_SERIALIZED);
    equal(times(7), a.read(form, v.GT_GENERATOR_MUL_BY_7_SERIALIZED));
    equal(times(2), a.run('add', 'Gt', negated, times(9)));
    equal(times(9), a.run('sub', 'Gt', times(2), negated));
    equal(times(14), a.run('double', 'Gt', times(7)));
    const one = a.run('one', 'Fq12');
    expect(a.results('downcast', 'Fq12 Gt', one)).toEqual([true, one]);
    const seven = a.run('from_u64', 'Fq12', 7);
    expect(a.results('downcast', 'Fq12 Gt', seven)).toEqual([false, seven]);
    expect(a.results('upcast', 'Gt Fq12', one)).toEqual([one]);
  });

  it('pairs bilinearly, and infinity to the neutral element', () => {
    const a = algebra();
    const point = (group: string, factor: number): Value =>
      a.run('scalar_mul', `${group} Fr`, a.run('one', group), a.run('from_u64', 'Fr', factor));
    const gt = (factor: number): Value =>
      a.run('scalar_mul', 'Gt Fr', a.run('one', 'Gt'), a.run('from_u64', 'Fr', factor));
    const equal = (left: Value, right: Value): void =>
      expect(a.run('eq', 'Gt', left, right)).toBe(true);
    equal(a.run('pairing', 'G1 G2 Gt', point('G1', 6), point('G2', 7)), gt(42));
    const many = (left: readonly number[], right: readonly number[]): Value =>
      a.run(
        'multi_pairing',
        'G1 G2 Gt',
        items(left.map((factor) => point('G1', factor))),
        items(right.map((factor) => point('G2', factor))),
      );
    equal(many([2, 3, 0], [5, 7, 11]), gt(31));
    equal(many([], []), a.run('zero', 'Gt'));
    equal(a.run('pairing', 'G1 G2 Gt', a.run('zero', 'G1'), point('G2', 7)), a.run('zero', 'Gt'));
    expect(a.abortCode('multi_pairing', 'G1 G2 Gt', items([0]), items([]))).toBe(0x01_0002n);
    expect(a.abortCode('multi_scalar_mul', 'G1 Fr', items([0]), items([]))).toBe(0x01_0002n);
  });

  it("refuses what the chain's own tests refuse", () => {
    const a = algebra();
    expect(v.refused.length).toBeGreaterThan(20);
    for (const [structure, format, encoded] of v.refused)
      expect(
        a.results('deserialize', `${structure} ${format}`, reference(hex(encoded ?? ''))),
      ).toEqual([false, 0]);
  });

  it('is not implemented with its flag off, nor for other types', () => {
    const flag = module === 'bls12381_algebra' ? 13 : 43;
    const off = new Algebra(module, { features: [56 - flag] });
    for (const [name, types] of [
      ['zero', 'Fr'],
      ['serialize', 'Fr FormatFrLsb'],
      ['pairing', 'G1 G2 Gt'],
      ['scalar_mul', 'G1 Fr'],
      ['upcast', 'Gt Fq12'],
    ] as const)
      expect(off.abortCode(name, types, 0, 0)).toBe(NOT_IMPLEMENTED);
    const on = new Algebra(module, { features: [flag] });
    expect(on.run('zero', 'Fr')).toBe(0);
    for (const [name, types] of [
      ['zero', 'Fq6'],
      ['zero', '0x1::other::Fr'],
      ['mul', 'G1'],
      ['sqr', 'Gt'],
      ['inv', 'G2'],
      ['from_u64', 'G1'],
      ['double', 'Fr'],
      ['serialize', 'G1 FormatG2Compr'],
      ['deserialize', 'Fr FormatFq12LscLsb'],
      ['scalar_mul', 'Fr Fr'],
      ['scalar_mul', 'G1 G1'],
      ['multi_scalar_mul', 'Gt Fr'],
      ['pairing', 'G2 G1 Gt'],
      ['downcast', 'Gt Fq12'],
      ['upcast', 'Fq12 Gt'],
      ['order', 'FormatGt'],
      [
        'pairing',
        module === 'bn254_algebra'
          ? '0x1::bls12381_algebra::G1 G2 Gt'
          : '0x1::bn254_algebra::G1 G2 Gt',
      ],
    ] as const)
      expect(on.abortCode(name, types, reference(hex('')), 0)).toBe(NOT_IMPLEMENTED);
  });
});

describe('Fq of BN254', () => {
  it('computes', () => {
    const a = new Algebra('bn254_algebra');
    const seven = a.run('from_u64', 'Fq', 7);
    expect(a.write('Fq FormatFqLsb', seven)).toBe(BN254.FQ_VAL_7_SERIALIZED_LSB);
    expect(a.write('Fq FormatFqMsb', seven)).toBe(BN254.FQ_VAL_7_SERIALIZED_MSB);
    expect(a.write('Fq FormatFqLsb', a.run('neg', 'Fq', seven))).toBe(
      BN254.FQ_VAL_7_NEG_SERIALIZED_LSB,
    );
    expect(a.write('Fq FormatFqLsb', a.run('one', 'Fq'))).toBe(BN254.FQ_VAL_1_SERIALIZED_LSB);
    expect(a.read('Fq FormatFqLsb', BN254.Q_SERIALIZED)).toBeUndefined();
    expect(new Algebra('bls12381_algebra').abortCode('zero', 'Fq')).toBe(NOT_IMPLEMENTED);
  });
});

describe('encodings of points', () => {
  it('of BLS12-381 are Zcash’s, with nothing beside the flag of infinity', () => {
    const a = new Algebra('bls12381_algebra');
    const long = BLS12381.G1_GENERATOR_SERIALIZED_UNCOMP;
    const short = BLS12381.G1_GENERATOR_SERIALIZED_COMP;
    for (const [format, encoded] of [
      // flags that say something else than the format
      ['G1 FormatG1Uncompr', `9${long.slice(1)}`],
      ['G1 FormatG1Uncompr', `3${long.slice(1)}`],
      ['G1 FormatG1Compr', `1${short.slice(1)}`],
      ['G1 FormatG1Compr', `e0${'00'.repeat(47)}`],
      ['G1 FormatG1Compr', `c0${'00'.repeat(46)}01`],
      ['G1 FormatG1Uncompr', `40${'00'.repeat(94)}01`],
      ['G2 FormatG2Compr', `c0${'00'.repeat(94)}01`],
      // (0, 0) without the flag
      ['G1 FormatG1Uncompr', '00'.repeat(96)],
      ['G2 FormatG2Uncompr', '00'.repeat(192)],
      // off the curve
      ['G1 FormatG1Uncompr', `${long.slice(0, -1)}0`],
      ['G2 FormatG2Uncompr', `${BLS12381.G2_GENERATOR_SERIALIZED_UNCOMP.slice(0, -1)}0`],
    ] as const)
      expect([encoded, a.read(format, encoded)]).toEqual([encoded, undefined]);
  });

  it('of BLS12-381 that are on a twist are taken by the chain, and cannot be previewed', () => {
    const a = new Algebra('bls12381_algebra');
    const { Fp } = bls12_381.fields;
    const { x, y } = bls12_381.G1.Point.BASE.toAffine();
    const encode = (value: bigint): string => value.toString(16).padStart(96, '0');
    const twisted = encode(Fp.mul(x, 4n)) + encode(Fp.mul(y, 8n));
    expect(() => a.read('G1 FormatG1Uncompr', twisted)).toThrow('twist');
    const { x: x2, y: y2 } = bls12_381.G2.Point.BASE.toAffine();
    const scaled = [x2, y2].flatMap(({ c0, c1 }, i) =>
      [c1, c0].map((value) => encode(Fp.mul(value, i === 0 ? 4n : 8n))),
    );
    expect(() => a.read('G2 FormatG2Uncompr', scaled.join(''))).toThrow('twist');
  });

  it('of BN254 are arkworks’, with anything beside the flag of infinity that is reduced', () => {
    const a = new Algebra('bn254_algebra');
    const long = BN254.G1_GENERATOR_SERIALIZED_UNCOMP;
    const withLast = (encoded: string, flags: number): string => {
      const bytes = hexToBytes(encoded);
      bytes[bytes.length - 1] = ((bytes[bytes.length - 1] ?? 0) & 0x3f) | flags;
      return bytesToHex(bytes);
    };
    const isInfinity = (format: string, encoded: string): unknown => {
      const handle = a.read(format, encoded);
      return handle === undefined
        ? undefined
        : a.run('eq', format.slice(0, 2), handle, a.run('zero', format.slice(0, 2)));
    };
    expect(isInfinity('G1 FormatG1Uncompr', withLast(long, 0x40))).toBe(true);
    expect(isInfinity('G1 FormatG1Compr', withLast(BN254.G1_GENERATOR_SERIALIZED_COMP, 0x40))).toBe(
      true,
    );
    // The flag of the larger y says nothing of a point with both coordinates.
    expect(isInfinity('G1 FormatG1Uncompr', withLast(long, 0x80))).toBe(false);
    expect(isInfinity('G1 FormatG1Uncompr', withLast(long, 0xc0))).toBeUndefined();
    expect(isInfinity('G1 FormatG1Uncompr', '00'.repeat(64))).toBeUndefined();
    // What is beside the flag must still be below the modulus.
    expect(isInfinity('G1 FormatG1Compr', withLast(BN254.Q_SERIALIZED, 0x40))).toBeUndefined();
    // A point of G2's curve outside its subgroup: x = 1 + u·0 and others, whichever has a y.
    const outside = Array.from({ length: 30 }, (_, i) => {
      const encoded = new Uint8Array(64);
      encoded[0] = i;
      return a.read('G2 FormatG2Compr', bytesToHex(encoded));
    });
    expect(outside.every((handle) => handle === undefined)).toBe(true);
  });
});

describe('hashes to BLS12-381', () => {
  it.each(BLS12381.hashes)('are those of RFC 9380: $group of "$message"', (row) => {
    const a = new Algebra('bls12381_algebra');
    const { group, dst, message, point } = row;
    const args = [reference(ascii(dst)), reference(ascii(message))];
    const handle = a.run('hash_to', `${group} Hash${group}XmdSha256SswuRo`, ...args);
    expect(a.write(`${group} Format${group}Uncompr`, handle)).toBe(point);
    expect(a.abortCode('hash_to', `${group} HashG3XmdSha256SswuRo`, ...args)).toBe(NOT_IMPLEMENTED);
  });

  it('charge for a tag that is hashed first', () => {
    const a = new Algebra('bls12381_algebra');
    const charges = (group: string, dst: string): string[] => {
      const args = [reference(ascii(dst)), reference(ascii('abc'))];
      a.run('hash_to', `${group} Hash${group}XmdSha256SswuRo`, ...args);
      return a.natives.takeCharges();
    };
    const price = 'aptos_framework.algebra.ark_h2c_bls12381';
    expect(charges('G1', 'x'.repeat(255))).toEqual([
      `3 ${price}g1_xmd_sha256_sswu_per_msg_byte + ${price}g1_xmd_sha256_sswu_base`,
    ]);
    expect(charges('G2', 'x'.repeat(256))).toEqual([
      `273 move_stdlib.hash.sha2_256.per_byte + 3 ${price}g2_xmd_sha256_sswu_per_msg_byte + ${price}g2_xmd_sha256_sswu_base + move_stdlib.hash.sha2_256.base`,
    ]);
    const empty = [reference(ascii('')), reference(ascii('abc'))];
    expect(() => a.run('hash_to', 'G1 HashG1XmdSha256SswuRo', ...empty)).toThrow('cannot preview');
  });
});

describe('memory of elements', () => {
  it('is 1 MiB for all of a session', () => {
    const a = new Algebra('bls12381_algebra');
    const count = Math.floor((1 << 20) / 144);
    for (let i = 0; i < count; i++) expect(a.run('zero', 'G1')).toBe(i);
    expect(a.abortCode('zero', 'G1')).toBe(0x09_0003n);
    // 2^20 is 7281 times 144, and 112 are left.
    expect(a.run('zero', 'Fr')).toBe(count);
    const b = new Algebra('bn254_algebra', { features: [13, 43] });
    for (let i = 0; i < Math.floor((1 << 20) / 384); i++) b.run('zero', 'Fq12');
    expect(b.abortCode('zero', 'Fq12')).toBe(0x09_0003n);
  });
});

describe.each(BOTH)('prices in %s', (module, v, ark) => {
  const price = (name: string): string => `aptos_framework.algebra.${ark}_${name}`;

  it('of operations', () => {
    const a = new Algebra(module);
    const charged = (name: string, types: string, ...args: Value[]): string[] => {
      a.natives.takeCharges();
      a.results(name, types, ...args);
      return a.natives.takeCharges();
    };
    const fr = a.run('from_u64', 'Fr', 3);
    const [g1, g2, gt] = ['G1', 'G2', 'Gt'].map((structure) => a.run('one', structure));
    if (g1 === undefined || g2 === undefined || gt === undefined) throw new Error();
    expect(charged('zero', 'Fr')).toEqual([price('fr_zero')]);
    // The other curve's price, as on the chain.
    expect(charged('one', 'Fr')).toEqual(['aptos_framework.algebra.ark_bls12_381_fr_one']);
    expect(charged('one', 'Fq12')).toEqual([price('fq12_one')]);
    expect(charged('from_u64', 'Fq12', 1)).toEqual([price('fq12_from_u64')]);
    for (const [name, suffix] of [
      ['add', 'add'],
      ['sub', 'sub'],
      ['mul', 'mul'],
      ['eq', 'eq'],
    ] as const)
      expect(charged(name, 'Fr', fr, fr)).toEqual([price(`fr_${suffix}`)]);
    expect(charged('neg', 'Fr', fr)).toEqual([price('fr_neg')]);
    expect(charged('sqr', 'Fr', fr)).toEqual([price('fr_square')]);
    expect(charged('inv', 'Fr', fr)).toEqual([price('fr_inv')]);
    expect(charged('div', 'Fr', fr, fr)).toEqual([price('fr_eq'), price('fr_div')]);
    const zero = a.run('zero', 'Fr');
    expect(charged('div', 'Fr', fr, zero)).toEqual([price('fr_eq')]);
    expect(charged('order', 'Fr')).toEqual([]);
    expect(charged('zero', 'G1')).toEqual([price('g1_proj_infinity')]);
    expect(charged('one', 'G2')).toEqual([price('g2_proj_generator')]);
    expect(charged('add', 'G1', g1, g1)).toEqual([price('g1_proj_add')]);
    expect(charged('sub', 'G1', g1, g1)).toEqual([price('g1_proj_sub')]);
    expect(charged('neg', 'G1', g1)).toEqual([price('g1_proj_neg')]);
    expect(charged('double', 'G2', g2)).toEqual([price('g2_proj_double')]);
    expect(charged('eq', 'G2', g2, g2)).toEqual([price('g2_proj_eq')]);
    expect(charged('scalar_mul', 'G1 Fr', g1, fr)).toEqual([price('g1_proj_scalar_mul')]);
    expect(charged('zero', 'Gt')).toEqual([price('fq12_one')]);
    expect(charged('one', 'Gt')).toEqual([price('fq12_clone')]);
    expect(charged('add', 'Gt', gt, gt)).toEqual([price('fq12_mul')]);
    expect(charged('sub', 'Gt', gt, gt)).toEqual([price('fq12_div')]);
    expect(charged('neg', 'Gt', gt)).toEqual([price('fq12_inv')]);
    expect(charged('double', 'Gt', gt)).toEqual([price('fq12_square')]);
    expect(charged('eq', 'Gt', gt, gt)).toEqual([price('fq12_eq')]);
    expect(charged('scalar_mul', 'Gt Fr', gt, fr)).toEqual([price('fq12_pow_u256')]);
    expect(charged('downcast', 'Fq12 Gt', gt)).toEqual([price('fq12_pow_u256')]);
    expect(charged('upcast', 'Gt Fq12', gt)).toEqual([]);
    expect(charged('pairing', 'G1 G2 Gt', g1, g2)).toEqual([
      price('g1_proj_to_affine'),
      price('g2_proj_to_affine'),
      price('pairing'),
    ]);
    expect(charged('multi_pairing', 'G1 G2 Gt', items([g1, g1]), items([g2, g2]))).toEqual([
      `2 ${price('g1_proj_to_affine')}`,
      `2 ${price('g2_proj_to_affine')}`,
      `2 ${price('multi_pairing_per_pair')} + ${price('multi_pairing_base')}`,
    ]);
  });

  it('of many products, by the windows', () => {
    const a = new Algebra(module);
    const charged = (count: number): string[] => {
      const [one, three] = [a.run('one', 'G1'), a.run('from_u64', 'Fr', 3)];
      a.natives.takeCharges();
      const of = (handle: Value): Value => items(Array.from({ length: count }, () => handle));
      a.results('multi_scalar_mul', 'G1 Fr', of(one), of(three));
      return a.natives.takeCharges();
    };
    // Windows of 3 bits: 85 of them, of 8 buckets each.
    expect(charged(2)).toEqual([
      `2 ${price('g1_proj_to_affine')}`,
      `${8 * 85} ${price('g1_proj_double')} + ${(2 + 8 + 1) * 85} ${price('g1_proj_add')}`,
    ]);
    // log2 of 40 is above 5; 6 * 69 / 100 + 2 = 6 bits: 43 windows of 64.
    expect(charged(40)).toEqual([
      `40 ${price('g1_proj_to_affine')}`,
      `${64 * 43} ${price('g1_proj_double')} + ${(40 + 64 + 1) * 43} ${price('g1_proj_add')}`,
    ]);
    // 32 is 2^5 itself: 5 bits, 51 windows.
    expect(charged(32)).toEqual([
      `32 ${price('g1_proj_to_affine')}`,
      `${32 * 51} ${price('g1_proj_double')} + ${(32 + 32 + 1) * 51} ${price('g1_proj_add')}`,
    ]);
  });

  it('of reading and writing', () => {
    const charged = (gasVersion: number, run: (a: Algebra) => void): string[] => {
      const a = new Algebra(module, { gasVersion });
      run(a);
      return a.natives.takeCharges().slice(1);
    };
    const write = (form: string) => (a: Algebra) => {
      a.write(form, a.run('one', form.slice(0, 2)));
    };
    expect(charged(21, write('G1 FormatG1Compr'))).toEqual([
      price('g1_proj_to_affine'),
      price('g1_affine_serialize_comp'),
    ]);
    expect(charged(20, write('G2 FormatG2Uncompr'))).toEqual([price('g2_affine_serialize_uncomp')]);
    expect(charged(52, write('Fr FormatFrMsb'))).toEqual([price('fr_serialize')]);
    expect(charged(52, write('Gt FormatGt'))).toEqual([price('fq12_serialize')]);
    const read = (form: string, encoded: string): string[] => {
      const a = new Algebra(module);
      a.read(form, encoded);
      return a.natives.takeCharges();
    };
    expect(read('Fr FormatFrLsb', v.FR_VAL_7_SERIALIZED_LSB)).toEqual([price('fr_deser')]);
    expect(read('Fr FormatFrLsb', '00')).toEqual([]);
    expect(read('G1 FormatG1Compr', v.G1_GENERATOR_SERIALIZED_COMP)).toEqual([
      price('g1_affine_deser_comp'),
    ]);
    expect(read('G2 FormatG2Uncompr', v.G2_GENERATOR_SERIALIZED_UNCOMP)).toEqual([
      price('g2_affine_deser_uncomp'),
    ]);
    expect(read('Fq12 FormatFq12LscLsb', v.FQ12_VAL_7_SERIALIZED)).toEqual([price('fq12_deser')]);
    expect(read('Gt FormatGt', v.FQ12_ONE_SERIALIZED)).toEqual([
      price('fq12_deser'),
      `${price('fq12_eq')} + ${price('fq12_pow_u256')}`,
    ]);
    expect(read('Gt FormatGt', 'ff'.repeat(v.FQ12_ONE_SERIALIZED.length / 2))).toEqual([
      price('fq12_deser'),
    ]);
  });
});
