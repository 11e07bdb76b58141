import { bls12_381 } from '@noble/curves/bls12-381.js';
import { integerToBytes } from '../../../../src/vm-preview/svm/syscalls/bytes';
import {
  ALL_SYSCALLS,
  type Call,
  type Case,
  call,
  concat,
  DATA,
  itRunsLikeAgave,
  OUT,
  Probe,
  randomBytes,
} from './probe';
import { fakeGuest } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

type Bytes = Uint8Array;
type Fp2Value = { c0: bigint; c1: bigint };
const G1 = bls12_381.G1.Point;
const G2 = bls12_381.G2.Point;
const { Fp, Fp2, Fr } = bls12_381.fields;
const P = Fp.ORDER;
const big = (value: bigint) => integerToBytes(value, 48, 'big');
const scalar = (value: bigint) => integerToBytes(value, 32, 'big');
const reversed = (bytes: Bytes) => bytes.slice().reverse();

/** Both orders of bytes of one input. */
interface Input {
  readonly big: Bytes;
  readonly little: Bytes;
}

function input(bytes: Bytes, coordinate: number): Input {
  const parts: Bytes[] = [];
  for (let at = 0; at < bytes.length; at += coordinate) {
    parts.push(reversed(bytes.subarray(at, at + coordinate)));
  }
  return { big: bytes, little: concat(...parts) };
}

function join(...inputs: readonly Input[]): Input {
  return {
    big: concat(...inputs.map((one) => one.big)),
    little: concat(...inputs.map((one) => one.little)),
  };
}

const withFlags = (bytes: Bytes, flags: number) => {
  const result = bytes.slice();
  result[0] = ((result[0] ?? 0) & 0x1f) | flags;
  return result;
};
const ALL_FLAGS = [0, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0];

function g1(x: bigint, y: bigint): Bytes {
  return concat(big(x), big(y));
}
function g2(x: Fp2Value, y: Fp2Value): Bytes {
  return concat(big(x.c1), big(x.c0), big(y.c1), big(y.c0));
}

/** On the curve, outside of the group. */
function outsideG1(): Bytes {
  for (let x = 1n; ; x++) {
    const right = Fp.add(Fp.pow(x, 3n), 4n);
    const y = Fp.pow(right, (P + 1n) / 4n);
    if (Fp.eql(Fp.sqr(y), right)) return g1(x, y);
  }
}
function outsideG2(): Bytes {
  for (let c0 = 1n; ; c0++) {
    const x = { c0, c1: 0n };
    try {
      return g2(x, Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), G2.CURVE().b)));
    } catch {
      // Not a square: try the next.
    }
  }
}

const base1 = G1.BASE.toAffine();
const other1 = G1.BASE.multiplyUnsafe(0x1234567890abcdef1234567890n).toAffine();
const base2 = G2.BASE.toAffine();
const other2 = G2.BASE.multiplyUnsafe(0xfedcba0987654321n).toAffine();
const INFINITY1 = withFlags(new Uint8Array(96), 0x40);
const INFINITY2 = withFlags(new Uint8Array(192), 0x40);

const G1_POINTS: Input[] = [
  g1(base1.x, base1.y),
  g1(other1.x, other1.y),
  g1(base1.x, P - base1.y),
  INFINITY1,
  outsideG1(),
  g1(0n, 2n),
  g1(0n, P - 2n),
  new Uint8Array(96),
  g1(base1.x, 5n),
  g1(P, 2n),
  g1(base1.x, P),
  concat(INFINITY1.subarray(0, 95), Uint8Array.of(1)),
  withFlags(g1(base1.x, base1.y), 0x40),
  withFlags(g1(base1.x, base1.y), 0x20),
  withFlags(g1(base1.x, base1.y), 0x80),
  withFlags(new Uint8Array(96), 0xc0),
  withFlags(new Uint8Array(96), 0x60),
  concat(withFlags(big(base1.x), 0x80), new Uint8Array(48)),
  randomBytes(81, 96),
].map((bytes) => input(bytes, 48));
const G2_POINTS: Input[] = [
  g2(base2.x, base2.y),
  g2(other2.x, other2.y),
  g2(base2.x, Fp2.neg(base2.y)),
  INFINITY2,
  outsideG2(),
  new Uint8Array(192),
  g2(base2.x, { c0: 1n, c1: 2n }),
  g2({ c0: P, c1: 0n }, base2.y),
  g2(base2.x, { c0: base2.y.c0, c1: P }),
  concat(INFINITY2.subarray(0, 191), Uint8Array.of(1)),
  withFlags(g2(base2.x, base2.y), 0x40),
  withFlags(g2(base2.x, base2.y), 0x20),
  withFlags(g2(base2.x, base2.y), 0x80),
  withFlags(new Uint8Array(192), 0xc0),
  randomBytes(82, 192),
].map((bytes) => input(bytes, 96));
const SCALARS = [0n, 1n, 2n, Fr.ORDER - 1n, Fr.ORDER, 2n ** 256n - 1n, 0xabcdef0123456789n].map(
  (value): Input => ({ big: scalar(value), little: reversed(scalar(value)) }),
);

const VALIDATE = 'sol_curve_validate_point';
const GROUP = 'sol_curve_group_op';
const DECOMPRESS = 'sol_curve_decompress';
const PAIRING = 'sol_curve_pairing_map';
const PAIR_CURVE = 4n;

/** Runs both orders of bytes on both sides; both good and bad inputs must have been seen. */
function compareAll(
  curve: bigint,
  inputs: readonly Input[],
  make: (curve: bigint) => Call,
  outputSize: number,
) {
  const seen = new Set<bigint>();
  for (const one of inputs) {
    for (const [id, data] of [
      [curve, one.little],
      [curve | 0x80n, one.big],
    ] as const) {
      const script = { calls: [make(id)], data, outputSize };
      const theirs = probe.runNative(script);
      expect({ data, ...probe.runOurs(script) }).toEqual({ data, ...theirs });
      for (const r0 of theirs.returned?.r0 ?? []) seen.add(r0);
    }
  }
  expect([...seen].sort()).toEqual([0n, 1n]);
}

describe.each([
  ['G1', 5n, G1_POINTS, 96],
  ['G2', 6n, G2_POINTS, 192],
] as const)('%s', (_, curve, points, size) => {
  test('validate', () => {
    compareAll(curve, points, (id) => call(VALIDATE, id, DATA), 0);
  });

  test.each([
    ['add', 0n],
    ['subtract', 1n],
  ] as const)('%s', (__, operation) => {
    const first = points[0];
    const second = points[1];
    if (first === undefined || second === undefined) throw new Error('no points');
    compareAll(
      curve,
      points.flatMap((point, index) => [
        join(point, second),
        join(first, point),
        join(point, points[(index + 3) % 5] ?? first),
      ]),
      (id) => call(GROUP, id, operation, DATA, DATA + BigInt(size), OUT),
      size,
    );
  });

  test('multiply', () => {
    const second = points[1];
    if (second === undefined) throw new Error('no points');
    compareAll(
      curve,
      [
        ...points.map((point, index) =>
          join(SCALARS[[6, 3, 0, 1][index % 4] ?? 0] ?? point, point),
        ),
        ...SCALARS.map((one) => join(one, second)),
      ],
      (id) => call(GROUP, id, 2n, DATA, DATA + 32n, OUT),
      size,
    );
  });

  test('decompress', () => {
    const coordinate = size / 2;
    const xs: Bytes[] = [
      ...points.map((point) => point.big.slice(0, coordinate)),
      new Uint8Array(coordinate),
    ];
    for (let seed = 0; seed < 6; seed++) xs.push(randomBytes(200 + seed, coordinate));
    compareAll(
      curve,
      xs.flatMap((x) => ALL_FLAGS.map((flags) => input(withFlags(x, flags), coordinate))),
      (id) => call(DECOMPRESS, id, DATA, OUT),
      size,
    );
  });
});

describe('pairing', () => {
  const [p, q, negated, infinity1, outside1] = G1_POINTS;
  const [s, t, , infinity2, outside2] = G2_POINTS;
  if (!p || !q || !negated || !infinity1 || !outside1) throw new Error('no points');
  if (!s || !t || !infinity2 || !outside2) throw new Error('no points');
  const lists: readonly (readonly [Input, Input])[][] = [
    [],
    [[p, s]],
    [[q, t]],
    [
      [p, s],
      [negated, s],
    ],
    [
      [p, s],
      [q, t],
      [negated, t],
    ],
    [[infinity1, s]],
    [[p, infinity2]],
    [
      [infinity1, s],
      [q, t],
    ],
    [[outside1, s]],
    [[p, outside2]],
    [
      [p, s],
      [p, G2_POINTS[6] ?? s],
    ],
  ];
  test('of lists of points', () => {
    for (const pairs of lists) {
      const count = BigInt(pairs.length);
      compareMaybe(join(...pairs.map(([left]) => left), ...pairs.map(([, right]) => right)), (id) =>
        call(PAIRING, id, count, DATA, DATA + 96n * count, OUT),
      );
    }
  });

  test('takes 8 pairs, not 9', () => {
    for (const count of [8, 9]) {
      const data = join(
        ...Array.from({ length: count }, () => p),
        ...Array.from({ length: count }, () => infinity2),
      );
      const at = DATA + BigInt(96 * count);
      compareMaybe(data, (id) => call(PAIRING, id, BigInt(count), DATA, at, OUT));
    }
  });

  function compareMaybe(data: Input, make: (id: bigint) => Call) {
    for (const [id, bytes] of [
      [PAIR_CURVE, data.little],
      [PAIR_CURVE | 0x80n, data.big],
    ] as const) {
      const script = { calls: [make(id)], data: bytes, outputSize: 576 };
      expect(probe.runOurs(script)).toEqual(probe.runNative(script));
    }
  }
});

describe('what the syscalls refuse', () => {
  const nowhere = 5n << 32n;
  const unread = (size: number) =>
    `Access violation reading ${size} bytes at address 0x500000000 (in unallocated region)`;
  const cases: Case[] = [
    {
      name: 'to validate on the pairing’s curve',
      calls: [call(VALIDATE, 4n, DATA)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to validate a point that is nowhere',
      calls: [call(VALIDATE, 5n, nowhere)],
      gives: unread(96),
    },
    {
      name: 'to validate a point of G2 that is nowhere',
      calls: [call(VALIDATE, 0x86n, nowhere)],
      gives: unread(192),
    },
    {
      name: 'to do something else',
      calls: [call(GROUP, 5n, 3n, DATA, DATA, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to add points that are nowhere',
      calls: [call(GROUP, 6n, 0n, nowhere, 0n, 0n)],
      gives: unread(192),
    },
    {
      name: 'to multiply by a scalar that is nowhere',
      calls: [call(GROUP, 6n, 2n, nowhere, 0n, 0n)],
      gives: unread(32),
    },
    {
      name: 'to decompress on Curve25519',
      calls: [call(DECOMPRESS, 0n, DATA, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to decompress what is nowhere',
      calls: [call(DECOMPRESS, 5n, nowhere, OUT)],
      gives: unread(48),
    },
    {
      name: 'to decompress what is nowhere on G2',
      calls: [call(DECOMPRESS, 6n, nowhere, OUT)],
      gives: unread(96),
    },
    {
      name: 'to pair on G1',
      calls: [call(PAIRING, 5n, 0n, 0n, 0n, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to pair what is nowhere',
      calls: [call(PAIRING, 4n, 2n, nowhere, 0n, 0n)],
      gives: unread(192),
    },
    {
      name: 'to pair with what is nowhere',
      calls: [call(PAIRING, 4n, 2n, DATA, nowhere, 0n)],
      data: new Uint8Array(192),
      gives: unread(384),
    },
    {
      name: 'to pair without units',
      calls: [call(PAIRING, 4n, 2n ** 64n - 1n, nowhere, 0n, 0n)],
      gives: 'Computational budget exceeded',
    },
    {
      name: 'to write a pairing to nowhere',
      calls: [call(PAIRING, 4n, 0n, 0n, 0n, nowhere)],
      gives: 'Access violation writing 576 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'to add up',
      calls: [call('sol_curve_multiscalar_mul', 5n, DATA, DATA, 1n, OUT)],
      gives: 'InvalidAttribute',
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

test('work is charged for what it takes here', () => {
  const guest = fakeGuest();
  guest.call(PAIRING, PAIR_CURVE, 0n, 0n, 0n, OUT);
  const without = guest.hostCost();
  expect(() => guest.call(PAIRING, PAIR_CURVE, 1n, OUT, OUT, 0n)).not.toThrow();
  expect(guest.hostCost() - without).toBeGreaterThan(without);
});
