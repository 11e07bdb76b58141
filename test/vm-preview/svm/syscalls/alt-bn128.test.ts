import { bn254 } from '@noble/curves/bn254.js';
import { integerToBytes } from '../../../../src/vm-preview/svm/syscalls/bytes';
import {
  ALL_SYSCALLS,
  type Case,
  call,
  concat,
  DATA,
  itRunsLikeAgave,
  OUT,
  Probe,
  randomBytes,
  SCRATCH,
} from './probe';
import { fakeGuest, withoutFeatures } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const GROUP = 'sol_alt_bn128_group_op';
const COMPRESSION = 'sol_alt_bn128_compression';
const G1 = bn254.G1.Point;
const G2 = bn254.G2.Point;
const { Fp, Fr } = bn254.fields;
const P = Fp.ORDER;
const big = (value: bigint) => integerToBytes(value, 32, 'big');

type Bytes = Uint8Array;
const g1 = (point: { toAffine(): { x: bigint; y: bigint } }): Bytes => {
  const { x, y } = point.toAffine();
  return concat(big(x), big(y));
};
type Fp2 = { c0: bigint; c1: bigint };
const g2 = (point: { toAffine(): { x: Fp2; y: Fp2 } }): Bytes => {
  const { x, y } = point.toAffine();
  return concat(big(x.c1), big(x.c0), big(y.c1), big(y.c0));
};
/** The same point in little-endian bytes: each coordinate reversed. */
function little(bytes: Bytes, coordinate: number): Bytes {
  const result = bytes.slice();
  for (let at = 0; at < result.length; at += coordinate)
    result.subarray(at, at + coordinate).reverse();
  return result;
}
/** Sets flags in the highest byte of y. */
function flagged(bytes: Bytes, flags: number): Bytes {
  const result = bytes.slice();
  const y = bytes.length / 2;
  result[y] = (result[y] ?? 0) | flags;
  return result;
}

/** On G2's curve, in no group that pairs. */
function outsideG2(): Bytes {
  const { Fp2: field } = bn254.fields;
  for (let c0 = 1n; ; c0++) {
    const x = { c0, c1: 0n };
    const right = field.add(field.mul(field.sqr(x), x), G2.CURVE().b);
    try {
      return g2(G2.fromAffine({ x, y: field.sqrt(right) }));
    } catch {
      // Not a square: try the next.
    }
  }
}

const P1 = g1(G1.BASE);
const P2 = g1(G1.BASE.multiplyUnsafe(0x123456789abcdef0123456789abcdefn));
const P1_NEGATED = g1(G1.BASE.negate());
const ZERO1 = new Uint8Array(64);
const G1_POINTS: Bytes[] = [
  P1,
  P2,
  P1_NEGATED,
  ZERO1,
  concat(big(1n), big(3n)),
  concat(big(P + 1n), big(2n)),
  concat(big(1n), big(P + 2n)),
  concat(big(P), big(0n)),
  flagged(P1, 0x40),
  flagged(P1, 0x80),
  flagged(P1, 0xc0),
  flagged(ZERO1, 0x40),
  flagged(ZERO1, 0x80),
  flagged(concat(big(P), big(1n)), 0x40),
  flagged(concat(big(7n), big(9n)), 0x40),
  new Uint8Array(64).fill(255),
  randomBytes(61, 64),
];
const Q1 = g2(G2.BASE);
const Q2 = g2(G2.BASE.multiplyUnsafe(0xfedcba9876543210fedcba987654321n));
const ZERO2 = new Uint8Array(128);
const G2_POINTS: Bytes[] = [
  Q1,
  Q2,
  g2(G2.BASE.negate()),
  ZERO2,
  outsideG2(),
  concat(Q1.subarray(0, 96), big(5n)),
  concat(big(P), Q1.subarray(32)),
  concat(Q1.subarray(0, 64), big(P), Q1.subarray(96)),
  flagged(Q1, 0x40),
  flagged(Q1, 0x80),
  flagged(Q1, 0xc0),
  flagged(ZERO2, 0x40),
  flagged(concat(big(1n), big(2n), big(3n), big(4n)), 0x40),
  randomBytes(62, 128),
];
const SCALARS = [
  0n,
  1n,
  2n,
  Fr.ORDER - 1n,
  Fr.ORDER,
  Fr.ORDER + 5n,
  2n ** 256n - 1n,
  0xabcdefn,
].map(big);

/** Runs big- and little-endian forms on both sides; both good and bad inputs must have been seen. */
function compareAll(
  name: string,
  operation: bigint,
  inputs: readonly { big: Bytes; little: Bytes }[],
  outputSize: number,
) {
  const seen = new Set<bigint>();
  for (const input of inputs) {
    for (const [number, data] of [
      [operation, input.big],
      [operation | 0x80n, input.little],
    ] as const) {
      const script = {
        calls: [call(name, number, DATA, BigInt(data.length), OUT)],
        data,
        outputSize,
      };
      const theirs = probe.runNative(script);
      expect({ data, ...probe.runOurs(script) }).toEqual({ data, ...theirs });
      for (const r0 of theirs.returned?.r0 ?? []) seen.add(r0);
    }
  }
  expect([...seen].sort()).toEqual([0n, 1n]);
}

const join = (coordinate: number, ...points: readonly Bytes[]) => ({
  big: concat(...points),
  little: little(concat(...points), coordinate),
});
const scaled = (coordinate: number, point: Bytes, scalar: Bytes) => ({
  big: concat(point, scalar),
  little: concat(little(point, coordinate), little(scalar, 32)),
});

describe('groups', () => {
  test('add on G1', () => {
    compareAll(
      GROUP,
      0n,
      G1_POINTS.flatMap((left, index) => [
        join(32, left, P2),
        join(32, P1, left),
        join(32, left, G1_POINTS[(index + 1) % 4] ?? left),
      ]),
      64,
    );
  });

  test('multiply on G1', () => {
    compareAll(
      GROUP,
      2n,
      [
        ...G1_POINTS.map((point, index) =>
          scaled(32, point, SCALARS[index % SCALARS.length] ?? P1),
        ),
        ...SCALARS.map((scalar) => scaled(32, P2, scalar)),
      ],
      64,
    );
  });

  test('add on G2, outside of the subgroup too', () => {
    compareAll(
      GROUP,
      4n,
      G2_POINTS.flatMap((left, index) => [
        join(64, left, Q2),
        join(64, Q1, left),
        join(64, left, G2_POINTS[(index + 4) % 5] ?? left),
      ]),
      128,
    );
  });

  test('multiply on G2, not outside of the subgroup', () => {
    compareAll(
      GROUP,
      6n,
      [
        ...G2_POINTS.map((point, index) =>
          scaled(64, point, SCALARS[index % SCALARS.length] ?? P1),
        ),
        ...SCALARS.map((scalar) => scaled(64, Q2, scalar)),
      ],
      128,
    );
  });

  const element = (left: Bytes, right: Bytes) => ({
    big: concat(left, right),
    little: concat(little(left, 32), little(right, 64)),
  });
  const pairs = (...elements: readonly { big: Bytes; little: Bytes }[]) => ({
    big: concat(...elements.map((one) => one.big)),
    little: concat(...elements.map((one) => one.little)),
  });

  test('pair', () => {
    compareAll(
      GROUP,
      3n,
      [
        pairs(),
        pairs(element(P1, Q1)),
        pairs(element(P1, Q1), element(P1_NEGATED, Q1)),
        pairs(element(g1(G1.BASE.double()), Q1), element(P1_NEGATED, g2(G2.BASE.double()))),
        pairs(element(P1, Q1), element(P2, Q2), element(P1_NEGATED, Q1)),
        ...G1_POINTS.slice(3).map((point) => pairs(element(point, Q1))),
        ...G2_POINTS.slice(3).map((point) => pairs(element(P1, point))),
        { big: new Uint8Array(191), little: new Uint8Array(193) },
      ],
      32,
    );
  });
});

describe('compression', () => {
  const compressed1 = G1_POINTS.filter((point) => point[0] !== 255).map((point) => {
    const x = point.slice(0, 32);
    x[0] = (x[0] ?? 0) | ((point[32] ?? 0) & 0xc0);
    return x;
  });
  const more1 = [
    big(4n),
    flagged(concat(big(4n), big(0n)).slice(0, 64), 0).slice(0, 32),
    randomBytes(70, 32),
  ];
  const withFlags = (bytes: Bytes) =>
    [0, 0x40, 0x80, 0xc0].map((flags) => {
      const result = bytes.slice();
      result[0] = ((result[0] ?? 0) & 0x3f) | flags;
      return result;
    });

  test('of G1', () => {
    compareAll(
      COMPRESSION,
      0n,
      [
        ...G1_POINTS.map((point) => join(32, point)),
        { big: new Uint8Array(63), little: new Uint8Array(65) },
      ],
      32,
    );
  });

  test('back to G1', () => {
    compareAll(
      COMPRESSION,
      1n,
      [...compressed1, ...more1]
        .flatMap(withFlags)
        .map((bytes) => join(32, bytes))
        .concat([{ big: new Uint8Array(31), little: new Uint8Array(33) }]),
      64,
    );
  });

  test('of G2', () => {
    compareAll(
      COMPRESSION,
      2n,
      [
        ...G2_POINTS.map((point) => join(64, point)),
        { big: new Uint8Array(127), little: new Uint8Array(129) },
      ],
      64,
    );
  });

  test('back to G2', () => {
    const xs = [
      ...G2_POINTS.map((point) => point.slice(0, 64)),
      concat(big(0n), big(1n)),
      concat(big(0n), big(2n)),
      concat(big(3n), big(1n)),
      concat(big(0n), big(P)),
      randomBytes(71, 64),
    ];
    compareAll(
      COMPRESSION,
      3n,
      xs
        .flatMap(withFlags)
        .map((bytes) => join(64, bytes))
        .concat([{ big: new Uint8Array(63), little: new Uint8Array(65) }]),
      128,
    );
  });
});

describe('sizes, numbers and places', () => {
  const nowhere = 5n << 32n;
  const cases: Case[] = [
    {
      name: 'a short sum is filled up',
      calls: [call(GROUP, 0n, DATA, 64n, OUT)],
      data: P1,
      outputSize: 64,
      gives: 0n,
    },
    { name: 'a sum of nothing', calls: [call(GROUP, 0n, 0n, 0n, OUT)], outputSize: 64, gives: 0n },
    {
      name: 'a sum that is cut within a point',
      calls: [call(GROUP, 0n, DATA, 40n, OUT)],
      data: P1,
      outputSize: 64,
      gives: 1n,
    },
    { name: 'a sum of too much', calls: [call(GROUP, 0n, SCRATCH, 129n, OUT)], gives: 1n },
    {
      name: 'a short little-endian sum',
      calls: [call(GROUP, 0x80n, SCRATCH, 127n, OUT)],
      gives: 1n,
    },
    {
      name: 'a short product is filled up',
      calls: [call(GROUP, 2n, DATA, 64n, OUT)],
      data: P1,
      outputSize: 64,
      gives: 0n,
    },
    { name: 'a product of too much', calls: [call(GROUP, 2n, SCRATCH, 97n, OUT)], gives: 1n },
    {
      name: 'a short little-endian product',
      calls: [call(GROUP, 0x82n, SCRATCH, 95n, OUT)],
      gives: 1n,
    },
    { name: 'a short sum on G2', calls: [call(GROUP, 4n, SCRATCH, 255n, OUT)], gives: 1n },
    { name: 'a short product on G2', calls: [call(GROUP, 6n, SCRATCH, 159n, OUT)], gives: 1n },
    {
      name: 'a subtraction, which is not there',
      calls: [call(GROUP, 1n, DATA, 0n, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'a subtraction on G2',
      calls: [call(GROUP, 5n, DATA, 0n, OUT)],
      gives: 'InvalidAttribute',
    },
    { name: 'operation 7', calls: [call(GROUP, 7n, DATA, 0n, OUT)], gives: 'InvalidAttribute' },
    {
      name: 'operation 0x100',
      calls: [call(GROUP, 0x100n, DATA, 0n, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'compression 4',
      calls: [call(COMPRESSION, 4n, DATA, 0n, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'the result is looked at first',
      calls: [call(GROUP, 0n, nowhere, 64n, 6n << 32n)],
      gives: 'Access violation writing 64 bytes at address 0x600000000 (in unallocated region)',
    },
    {
      name: 'input that is nowhere',
      calls: [call(GROUP, 3n, nowhere, 192n, OUT)],
      gives: 'Access violation reading 192 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'a pairing without units',
      calls: [call(GROUP, 3n, nowhere, 2n ** 64n - 1n, OUT)],
      gives: 'Computational budget exceeded',
    },
    {
      name: 'the result of compression is looked at first',
      calls: [call(COMPRESSION, 2n, nowhere, 64n, 6n << 32n)],
      gives: 'Access violation writing 64 bytes at address 0x600000000 (in unallocated region)',
    },
    {
      name: 'compression of what is nowhere',
      calls: [call(COMPRESSION, 3n, nowhere, 64n, OUT)],
      gives: 'Access violation reading 64 bytes at address 0x500000000 (in unallocated region)',
    },
  ];
  itRunsLikeAgave(() => probe, cases);

  test('operations come with their features', () => {
    const noLittle = fakeGuest({ features: withoutFeatures('alt_bn128_little_endian') });
    for (const operation of [0x80n, 0x82n, 0x83n]) {
      expect(() => noLittle.call(GROUP, operation)).toThrow('InvalidAttribute');
    }
    expect(() => noLittle.call(COMPRESSION, 0x80n)).toThrow('InvalidAttribute');
    expect(noLittle.call(GROUP, 0x84n, 0n, 0n, OUT)).toBe(1n);
    const noG2 = fakeGuest({ features: withoutFeatures('enable_alt_bn128_g2_syscalls') });
    for (const operation of [4n, 6n, 0x84n, 0x86n]) {
      expect(() => noG2.call(GROUP, operation)).toThrow('InvalidAttribute');
    }
    expect(noG2.call(COMPRESSION, 2n, 0n, 0n, OUT)).toBe(1n);
  });
});
