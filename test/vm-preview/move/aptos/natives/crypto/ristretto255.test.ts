import { ristretto255 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import type { Value } from '../../../../../../src/vm-preview/move/core/values';
import type { TestNatives } from '../../../../../support/aptos-native-context';
import { ascii, bytes, crypto, hex, hexOf, items, reference, struct } from './helpers';
import VECTORS from './vectors/ristretto255.json';

const PRICE = 'aptos_framework.ristretto255';
const native = (name: string): string => `0x1::ristretto255::${name}`;
const point = (handle: Value | undefined): Value => reference(struct(handle ?? 0));
const ORDER = ristretto255.Point.Fn.ORDER;

/** A session's points by name. */
class Session {
  constructor(readonly natives: TestNatives = crypto()) {}

  run(name: string, ...args: Value[]): Value | undefined {
    return this.natives.call(native(name), args)[0];
  }

  decompress(encoded: string): Value | undefined {
    const [handle, found] = this.natives.call(native('point_decompress_internal'), [hex(encoded)]);
    expect(found).toBe(true);
    return handle;
  }

  compress(handle: Value | undefined): string {
    return hexOf(this.run('point_compress_internal', point(handle)));
  }
}

/** RFC 9496, A.2: encodings that are refused. */
const BAD_ENCODINGS = [
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
  'c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562',
  'c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78',
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  '4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f',
  'de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad87',
  'bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042',
  '2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08',
  'f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22',
  '8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731',
  '2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b',
  '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
  'a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220',
  'd483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e',
  '8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32',
  '32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b',
  '227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165',
  '5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e',
  '445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

/** RFC 9496, A.1: multiples of the base point, 0 to 4. */
const MULTIPLES = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
  '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
  '94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
  'da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57',
];

describe('points of 0x1::ristretto255', () => {
  it('decodes what RFC 9496 encodes, and nothing that it refuses', () => {
    const session = new Session();
    for (const [i, encoded] of MULTIPLES.entries()) {
      const made = session.run('basepoint_mul_internal', bytes(numberToBytesLE(BigInt(i), 32)));
      expect(session.compress(made)).toBe(encoded);
      expect(session.compress(session.decompress(encoded))).toBe(encoded);
      expect(session.run('point_is_canonical_internal', hex(encoded))).toBe(true);
    }
    for (const encoded of [...BAD_ENCODINGS, '00', `${MULTIPLES[1]}00`]) {
      expect(session.natives.call(native('point_decompress_internal'), [hex(encoded)])).toEqual([
        2n ** 64n - 1n,
        false,
      ]);
      expect(session.run('point_is_canonical_internal', hex(encoded))).toBe(false);
    }
  });

  it("computes what the chain's own tests expect", () => {
    const session = new Session();
    const [a, b, g] = [VECTORS.A_POINT, VECTORS.B_POINT, VECTORS.BASE_POINT].map((encoded) =>
      session.decompress(encoded),
    );
    expect([a, b, g]).toEqual([0, 1, 2]);
    const sum = session.run('point_add_internal', point(a), point(b), false);
    expect(sum).toBe(3);
    expect(session.compress(sum)).toBe(VECTORS.A_PLUS_B_POINT);
    const difference = session.run('point_sub_internal', point(sum), point(b), false);
    expect(session.run('point_equals', point(difference), point(a))).toBe(true);
    expect(session.run('point_equals', point(sum), point(a))).toBe(false);
    const product = session.run('point_mul_internal', point(g), hex(VECTORS.A_SCALAR), false);
    expect(session.compress(product)).toBe(VECTORS.A_TIMES_BASE_POINT);
    const both = session.run(
      'basepoint_double_mul_internal',
      hex(VECTORS.A_SCALAR),
      point(a),
      hex(VECTORS.B_SCALAR),
    );
    const expected = 'be5d615d8b8f996723cdc6e1895b8b6d312cc75d1ffb0259873b99396a38c05a';
    expect(session.compress(both)).toBe(expected);
    for (const name of ['double_scalar_mul_internal', 'point_double_mul_internal']) {
      const scalars = [hex(VECTORS.A_SCALAR), hex(VECTORS.B_SCALAR)];
      expect(session.compress(session.run(name, a ?? 0, g ?? 0, ...scalars))).toBe(expected);
    }
    const hashed = session.run(
      'new_point_from_sha512_internal',
      ascii('To really appreciate architecture, you may even need to commit a murder'),
    );
    expect(session.compress(hashed)).toBe(
      'baaa91eb43e5e2f12ffc96347e14bc458fdb1772b2232b08977ee61ea9f84e31',
    );
    const uniform = session.run(
      'new_point_from_64_uniform_bytes_internal',
      hex(
        'baaa91eb43e5e2f12ffc96347e14bc458fdb1772b2232b08977ee61ea9f84e31e87feda199d72b83de4f5b2d45d34805c57019c6c59c42cb70ee3d19aa996f75',
      ),
    );
    expect(session.compress(uniform)).toBe(
      '4a8e429f906478654232d7ae180ad60854754944ac67f38e20d8fa79e4b7d71e',
    );
  });

  it('changes points in place under their handles, and copies under new ones', () => {
    const session = new Session();
    const a = session.decompress(VECTORS.A_POINT);
    const b = session.decompress(VECTORS.B_POINT);
    const copy = session.run('point_clone_internal', a ?? 0);
    expect(copy).toBe(2);
    expect(session.run('point_add_internal', point(a), point(b), true)).toBe(a);
    expect(session.compress(a)).toBe(VECTORS.A_PLUS_B_POINT);
    expect(session.compress(copy)).toBe(VECTORS.A_POINT);
    expect(session.run('point_sub_internal', point(a), point(b), true)).toBe(a);
    expect(session.compress(a)).toBe(VECTORS.A_POINT);
    expect(session.run('point_neg_internal', point(a), true)).toBe(a);
    const zero = session.run('point_add_internal', point(a), point(copy), false);
    expect(session.compress(zero)).toBe(MULTIPLES[0]);
    expect(
      session.run('point_equals', point(zero), point(session.run('point_identity_internal'))),
    ).toBe(true);
    expect(session.run('point_neg_internal', point(a), false)).not.toBe(a);
    expect(session.run('point_mul_internal', point(b), hex(VECTORS.TWO_SCALAR), true)).toBe(b);
    expect(session.compress(b)).toBe(ristretto255.Point.fromHex(VECTORS.B_POINT).double().toHex());
  });

  it('sums up products', () => {
    const session = new Session();
    const scalars = ['1', '2', '3', '4', '5'].map((text) =>
      struct(session.run('scalar_from_sha512_internal', ascii(text)) ?? 0),
    );
    const points = ['1', '2', '3', '4', '5'].map((text) =>
      struct(session.run('new_point_from_sha512_internal', ascii(text)) ?? 0),
    );
    session.natives.takeCharges();
    const msm = (count: number): string =>
      session.compress(
        session.run(
          'multi_scalar_mul_internal',
          reference(items(points.slice(0, count))),
          reference(items(scalars.slice(0, count))),
        ),
      );
    expect(msm(5)).toBe('c4a98fbe6bd0f315a0c150858aec8508be397443093e955ef982e299c1318928');
    // 5 / log2(6)
    expect(session.natives.takeCharges()[0]).toBe(
      `2 ${PRICE}.point_mul + 5 ${PRICE}.point_parse_arg + 5 ${PRICE}.scalar_parse_arg`,
    );
    const [first] = points;
    const [scalar] = scalars;
    expect(msm(1)).toBe(
      session.compress(
        session.run('point_mul_internal', reference(first ?? 0), scalar?.fields[0] ?? 0, false),
      ),
    );
  });

  it('keeps 10,000 points and no more', () => {
    const session = new Session();
    for (let i = 0; i < 10_000; i++) expect(session.run('point_identity_internal')).toBe(i);
    const { failure } = session.natives;
    expect(failure(native('point_identity_internal')).subStatus).toBe(0x09_0004n);
  });

  it('charges each operation its price', () => {
    const { natives, ...session } = { natives: crypto(), a: hex(VECTORS.A_SCALAR) };
    const { call, takeCharges } = natives;
    call(native('point_decompress_internal'), [hex(VECTORS.A_POINT)]);
    call(native('point_decompress_internal'), [hex('00')]);
    call(native('point_identity_internal'));
    call(native('point_clone_internal'), [0]);
    call(native('point_compress_internal'), [point(0)]);
    call(native('point_mul_internal'), [point(0), session.a, false]);
    call(native('point_equals'), [point(0), point(1)]);
    call(native('point_neg_internal'), [point(0), false]);
    call(native('point_add_internal'), [point(0), point(1), false]);
    call(native('point_sub_internal'), [point(0), point(1), true]);
    call(native('basepoint_mul_internal'), [session.a]);
    call(native('basepoint_double_mul_internal'), [session.a, point(0), session.a]);
    call(native('double_scalar_mul_internal'), [0, 1, session.a, session.a]);
    call(native('new_point_from_sha512_internal'), [ascii('abc')]);
    call(native('new_point_from_64_uniform_bytes_internal'), [bytes(new Uint8Array(64))]);
    expect(takeCharges()).toEqual([
      `${PRICE}.point_decompress`,
      `${PRICE}.point_decompress`,
      `${PRICE}.point_identity`,
      `${PRICE}.point_clone`,
      `${PRICE}.point_compress`,
      `${PRICE}.point_mul`,
      `${PRICE}.point_equals`,
      `${PRICE}.point_neg`,
      `${PRICE}.point_add`,
      `${PRICE}.point_sub`,
      `${PRICE}.basepoint_mul`,
      `${PRICE}.basepoint_double_mul`,
      `${PRICE}.point_double_mul`,
      `3 ${PRICE}.scalar_sha512_per_byte + ${PRICE}.point_from_64_uniform_bytes + ${PRICE}.scalar_sha512_per_hash`,
      `${PRICE}.point_from_64_uniform_bytes`,
    ]);
  });
});

describe('scalars of 0x1::ristretto255', () => {
  const scalar = (name: string, ...args: Value[]): string =>
    hexOf(crypto().call(native(`scalar_${name}_internal`), args)[0]);

  it("computes what the chain's own tests expect", () => {
    const v = VECTORS;
    expect(scalar('invert', hex(v.X_SCALAR))).toBe(v.X_INV_SCALAR);
    expect(scalar('mul', hex(v.X_SCALAR), hex(v.Y_SCALAR))).toBe(v.X_TIMES_Y_SCALAR);
    expect(scalar('mul', hex(v.A_SCALAR), hex(v.B_SCALAR))).toBe(v.A_TIMES_B_SCALAR);
    expect(scalar('add', hex(v.A_SCALAR), hex(v.B_SCALAR))).toBe(v.A_PLUS_B_SCALAR);
    expect(scalar('from_u64', 2)).toBe(v.TWO_SCALAR);
    expect(scalar('from_u128', 2n)).toBe(v.TWO_SCALAR);
    const zero = bytes(new Uint8Array(32));
    const one = bytes(numberToBytesLE(1n, 32));
    expect(scalar('sub', zero, one)).toBe(v.L_MINUS_ONE);
    expect(scalar('neg', one)).toBe(v.L_MINUS_ONE);
    expect(scalar('invert', zero)).toBe('00'.repeat(32));
    expect(scalar('reduced_from_32_bytes', hex(v.L_PLUS_TWO))).toBe(v.TWO_SCALAR);
    expect(scalar('reduced_from_32_bytes', hex(v.NON_CANONICAL_ALL_ONES))).toBe(
      v.REDUCED_2_256_MINUS_1_SCALAR,
    );
    expect(scalar('uniform_from_64_bytes', hex(v.X_SCALAR + v.X_SCALAR))).toBe(
      v.REDUCED_X_PLUS_2_TO_256_TIMES_X_SCALAR,
    );
    expect(scalar('from_sha512', ascii('bello!'))).toBe(v.B_SCALAR);
    const text = [
      'To really appreciate architecture, you may even need to commit a murder.',
      'While the programs used for The Manhattan Transcripts are of the most extreme',
      'nature, they also parallel the most common formula plot: the archetype of',
      'murder. Other phantasms were occasionally used to underline the fact that',
      'perhaps all architecture, rather than being about functional standards, is',
      'about love and death.',
    ].join('');
    expect(scalar('from_sha512', ascii(text))).toBe(
      '1558d0fc3f7ad2989a260f1710a75096c0dd4de23e19e094ef30b00ab945a80b',
    );
  });

  it('tells canonical encodings', () => {
    const canonical = (encoded: string): unknown =>
      crypto().call(native('scalar_is_canonical_internal'), [hex(encoded)])[0];
    expect(canonical('00'.repeat(32))).toBe(true);
    expect(canonical(VECTORS.L_MINUS_ONE)).toBe(true);
    for (const encoded of [
      VECTORS.ORDER_ELL,
      VECTORS.L_PLUS_ONE,
      VECTORS.L_PLUS_TWO,
      '10'.repeat(32),
      `${'00'.repeat(31)}80`,
      '00',
      '00'.repeat(33),
    ])
      expect(canonical(encoded)).toBe(false);
  });

  it('computes as bigints do', () => {
    const any = fc.bigInt({ min: 0n, max: ORDER - 1n });
    const encode = (value: bigint): Value => bytes(numberToBytesLE(value, 32));
    const decode = (digits: string): bigint => bytesToNumberLE(hexToBytes(digits));
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(decode(scalar('mul', encode(a), encode(b)))).toBe((a * b) % ORDER);
        expect(decode(scalar('add', encode(a), encode(b)))).toBe((a + b) % ORDER);
        expect(decode(scalar('sub', encode(a), encode(b)))).toBe((a + ORDER - b) % ORDER);
      }),
      { numRuns: 50 },
    );
  });

  it('charges each operation its price', () => {
    const { call, takeCharges } = crypto();
    const a = hex(VECTORS.A_SCALAR);
    for (const name of ['add', 'sub', 'mul']) call(native(`scalar_${name}_internal`), [a, a]);
    for (const name of ['invert', 'neg', 'is_canonical', 'reduced_from_32_bytes'])
      call(native(`scalar_${name}_internal`), [a]);
    call(native('scalar_from_u64_internal'), [1]);
    call(native('scalar_from_u128_internal'), [1]);
    call(native('scalar_uniform_from_64_bytes_internal'), [bytes(new Uint8Array(64))]);
    call(native('scalar_from_sha512_internal'), [bytes(utf8ToBytes('ab'))]);
    expect(takeCharges()).toEqual([
      `${PRICE}.scalar_add`,
      `${PRICE}.scalar_sub`,
      `${PRICE}.scalar_mul`,
      `${PRICE}.scalar_invert`,
      `${PRICE}.scalar_neg`,
      `${PRICE}.scalar_is_canonical`,
      `${PRICE}.scalar_reduced_from_32_bytes`,
      `${PRICE}.scalar_from_u64`,
      `${PRICE}.scalar_from_u128`,
      `${PRICE}.scalar_uniform_from_64_bytes`,
      `2 ${PRICE}.scalar_sha512_per_byte + ${PRICE}.scalar_sha512_per_hash + ${PRICE}.scalar_uniform_from_64_bytes`,
    ]);
  });
});
