import { ED25519_TORSION_SUBGROUP, ed25519, ristretto255 } from '@noble/curves/ed25519.js';
import { hexToBytes } from '@noble/curves/utils.js';
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
import { fakeGuest, withoutFeatures } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const EDWARDS = 0n;
const RISTRETTO = 1n;
const VALIDATE = 'sol_curve_validate_point';
const GROUP = 'sol_curve_group_op';
const MULTISCALAR = 'sol_curve_multiscalar_mul';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (value: bigint) => integerToBytes(value, 32, 'little');
const signed = (bytes: Uint8Array) =>
  bytes.map((byte, index) => (index === 31 ? byte | 0x80 : byte));

const ED_POINTS = [
  ...ED25519_TORSION_SUBGROUP.map(hexToBytes),
  // Unreduced and negative-zero encodings, which dalek takes.
  ...[0n, 1n, P - 1n, P, P + 1n, P + 2n, P + 18n, 2n ** 255n - 1n].flatMap((y) => [
    little(y),
    signed(little(y)),
  ]),
  ed25519.Point.BASE.toBytes(),
  ed25519.Point.BASE.multiplyUnsafe(12345678901234567890n).toBytes(),
  // A point outside of the subgroup.
  ed25519.Point.BASE.add(
    ed25519.Point.fromBytes(hexToBytes(ED25519_TORSION_SUBGROUP[1] ?? '')),
  ).toBytes(),
  ...Array.from({ length: 12 }, (_, index) => randomBytes(100 + index, 32)),
];
const RISTRETTO_POINTS = [
  ...ED_POINTS,
  new Uint8Array(32),
  ristretto255.Point.BASE.toBytes(),
  ristretto255.Point.BASE.negate().toBytes(),
  ristretto255.Point.BASE.multiplyUnsafe(987654321987654321n).toBytes(),
  little(P - 2n),
];
const SCALARS = [
  little(0n),
  little(1n),
  little(8n),
  little(L - 1n),
  little(L),
  little(2n ** 256n - 1n),
  little(BigInt(`0x${Buffer.from(randomBytes(7, 31)).toString('hex')}`)),
];

/** Calls in programs of their own, eight at a time, with each call's output. */
function compareAll(
  calls: readonly { call: (at: bigint) => Call; data: Uint8Array }[],
  size: number,
) {
  const seen = new Set<bigint>();
  for (const { call: make, data } of calls) {
    const script = { calls: [make(OUT)], data, outputSize: size };
    const theirs = probe.runNative(script);
    expect(probe.runOurs(script)).toEqual(theirs);
    for (const r0 of theirs.returned?.r0 ?? []) seen.add(r0);
  }
  // Neither all good nor all bad.
  expect([...seen].sort()).toEqual([0n, 1n]);
}

describe.each([
  ['Edwards', EDWARDS, ED_POINTS],
  ['Ristretto', RISTRETTO, RISTRETTO_POINTS],
] as const)('%s points', (_, curve, points) => {
  test('are valid or not', () => {
    compareAll(
      points.map((data) => ({ call: () => call(VALIDATE, curve, DATA), data })),
      0,
    );
  });

  test.each([
    ['add', 0n],
    ['subtract', 1n],
  ] as const)('%s', (__, operation) => {
    const pairs = points.flatMap((left, index) =>
      [1, 5, 11].map((step) => concat(left, points[(index + step) % points.length] ?? left)),
    );
    compareAll(
      pairs.map((data) => ({
        call: (at) => call(GROUP, curve, operation, DATA, DATA + 32n, at),
        data,
      })),
      32,
    );
  });

  test('multiply', () => {
    compareAll(
      points.flatMap((point, index) =>
        [index, index + 3, index + 5].map((which) => ({
          call: (at: bigint) => call(GROUP, curve, 2n, DATA, DATA + 32n, at),
          data: concat(SCALARS[which % SCALARS.length] ?? point, point),
        })),
      ),
      32,
    );
  });

  test('multiply and add up', () => {
    const good = points.filter(
      (data) =>
        probe.runOurs({ calls: [call(VALIDATE, curve, DATA)], data }).returned?.r0[0] === 0n,
    );
    const scalars = SCALARS.filter((scalar) => scalar !== SCALARS[4] && scalar !== SCALARS[5]);
    const sum = (count: number, bad?: 'scalar' | 'point') => {
      const scalarBytes = Array.from(
        { length: count },
        (__, index) => scalars[index % scalars.length] ?? little(1n),
      );
      const pointBytes = Array.from(
        { length: count },
        (__, index) => good[(index * 7) % good.length] ?? little(1n),
      );
      if (bad === 'scalar') scalarBytes[count - 1] = little(L);
      if (bad === 'point') pointBytes[0] = signed(little(P - 3n));
      return {
        call: (at: bigint) =>
          call(MULTISCALAR, curve, DATA, DATA + BigInt(32 * count), BigInt(count), at),
        data: concat(...scalarBytes, ...pointBytes),
      };
    };
    compareAll(
      [0, 1, 2, 3, 9, 17, 100]
        .map((count) => sum(count))
        .concat([sum(4, 'scalar'), sum(4, 'point'), sum(200)]),
      32,
    );
  });
});

describe('what the syscalls refuse', () => {
  const nowhere = 5n << 32n;
  const unread = (size: number) =>
    `Access violation reading ${size} bytes at address 0x500000000 (in unallocated region)`;
  const data = concat(ed25519.Point.BASE.toBytes(), little(3n), ristretto255.Point.BASE.toBytes());
  const cases: Case[] = [
    {
      name: 'to validate a point of no curve',
      calls: [call(VALIDATE, 2n, DATA)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to validate a point that is nowhere',
      calls: [call(VALIDATE, 0n, nowhere)],
      gives: unread(32),
    },
    {
      name: 'to add on no curve',
      calls: [call(GROUP, 2n, 0n, DATA, DATA, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to do something else',
      calls: [call(GROUP, 0n, 3n, DATA, DATA, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to do something else on Ristretto',
      calls: [call(GROUP, 1n, 3n, DATA, DATA, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to add a left point that is nowhere',
      calls: [call(GROUP, 0n, 0n, nowhere, 0n, 0n)],
      gives: unread(32),
    },
    {
      name: 'to add a right point that is nowhere',
      calls: [call(GROUP, 1n, 1n, DATA, nowhere, 0n)],
      data,
      gives: unread(32),
    },
    {
      name: 'to multiply a point that is nowhere',
      calls: [call(GROUP, 0n, 2n, DATA, nowhere, 0n)],
      data,
      gives: unread(32),
    },
    {
      name: 'to write a sum to nowhere',
      calls: [call(GROUP, 0n, 0n, DATA, DATA, nowhere)],
      data,
      gives: 'Access violation writing 32 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'to add up on no curve',
      calls: [call(MULTISCALAR, 2n, DATA, DATA, 1n, OUT)],
      gives: 'InvalidAttribute',
    },
    {
      name: 'to add up 513 points',
      calls: [call(MULTISCALAR, 2n, DATA, DATA, 513n, OUT)],
      gives: 'InvalidLength',
    },
    {
      name: 'to add up scalars that are nowhere',
      calls: [call(MULTISCALAR, 0n, nowhere, 0n, 2n, 0n)],
      gives: unread(64),
    },
    {
      name: 'to add up points that are nowhere',
      calls: [call(MULTISCALAR, 1n, DATA, nowhere, 2n, 0n)],
      data,
      gives: unread(64),
    },
  ];
  itRunsLikeAgave(() => probe, cases);

  test('failed softly once', () => {
    const guest = fakeGuest({ features: withoutFeatures('abort_on_invalid_curve') });
    expect(guest.call(VALIDATE, 2n, DATA)).toBe(1n);
    expect(guest.call(GROUP, 2n, 0n)).toBe(1n);
    expect(guest.call(GROUP, 0n, 3n)).toBe(1n);
    expect(guest.call(MULTISCALAR, 2n)).toBe(1n);
    expect(guest.units()).toBe(0);
  });
});
