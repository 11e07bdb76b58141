import fc from 'fast-check';
import {
  adder,
  bitAnd,
  bitOr,
  bitXor,
  type CheckedOperation,
  caster,
  divider,
  INTEGERS,
  type IntegerBounds,
  type IntegerKind,
  integer,
  leftShifter,
  multiplier,
  remainder,
  rightShifter,
  subtracter,
} from '../../../../src/vm-preview/move/core/values';

const KINDS = Object.entries(INTEGERS) as [IntegerKind, IntegerBounds][];

/** Any value of the type, its bounds and those of exact numbers more often than others. */
function anyOf({ min, max }: IntegerBounds): fc.Arbitrary<bigint> {
  const edges = [0n, 1n, -1n, min, max, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), 2n ** 32n, 255n];
  const inRange = edges
    .flatMap((edge) => [edge - 1n, edge, edge + 1n])
    .filter((edge) => edge >= min && edge <= max);
  return fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(...inRange));
}

const OPERATIONS: readonly [
  string,
  (range: IntegerBounds) => CheckedOperation,
  (left: bigint, right: bigint) => bigint | undefined,
][] = [
  ['add', adder, (l, r) => l + r],
  ['sub', subtracter, (l, r) => l - r],
  ['mul', multiplier, (l, r) => l * r],
  ['div', divider, (l, r) => (r === 0n ? undefined : l / r)],
  ['and', () => bitAnd, (l, r) => l & r],
  ['or', () => bitOr, (l, r) => l | r],
  ['xor', () => bitXor, (l, r) => l ^ r],
];

describe('integers of every width', () => {
  describe.each(KINDS)('%s', (_, range) => {
    const fits = (value: bigint | undefined): bigint | undefined =>
      value === undefined || value < range.min || value > range.max ? undefined : value;
    const shown = (value: number | bigint | undefined) =>
      value === undefined
        ? undefined
        : integer(BigInt(value)) === value
          ? BigInt(value)
          : 'not canonical';

    it.each(OPERATIONS)('%s is that of bigints, or nothing', (name, make, expected) => {
      if (range.signed && ['and', 'or', 'xor'].includes(name)) return;
      const compute = make(range);
      fc.assert(
        fc.property(anyOf(range), anyOf(range), (left, right) => {
          const result = compute(integer(left), integer(right));
          expect(shown(result)).toBe(fits(expected(left, right)));
        }),
      );
    });

    it('remainder refuses what the division would', () => {
      const compute = remainder(range);
      fc.assert(
        fc.property(anyOf(range), anyOf(range), (left, right) => {
          const refused = right === 0n || (range.signed && left === range.min && right === -1n);
          expect(shown(compute(integer(left), integer(right)))).toBe(
            refused ? undefined : left % right,
          );
        }),
      );
    });

    it('casts what fits', () => {
      fc.assert(
        fc.property(fc.bigInt({ min: -(2n ** 255n), max: 2n ** 256n - 1n }), (value) => {
          expect(shown(caster(range)(integer(value)))).toBe(fits(value));
        }),
      );
      for (const edge of [range.min - 1n, range.min, range.max, range.max + 1n])
        expect(shown(caster(range)(integer(edge)))).toBe(fits(edge));
    });

    it('shifts by less than its width, dropping high bits', () => {
      if (range.signed) return;
      fc.assert(
        fc.property(anyOf(range), fc.integer({ min: 0, max: 255 }), (value, shift) => {
          const left = shown(leftShifter(range)(integer(value), shift));
          const right = shown(rightShifter(range)(integer(value), shift));
          if (shift >= range.bits) expect([left, right]).toEqual([undefined, undefined]);
          else
            expect([left, right]).toEqual([
              BigInt.asUintN(range.bits, value << BigInt(shift)),
              value >> BigInt(shift),
            ]);
        }),
      );
    });
  });
});
