/** `sol_curve_*`: the syscalls that name a curve by number. Source: agave `syscalls/src/lib.rs`. */
import type { InvokeContext } from '../runtime/types';
import {
  decompressG1,
  decompressG2,
  G1_COMPRESSED_SIZE,
  G1_POINT_SIZE,
  G2_COMPRESSED_SIZE,
  G2_POINT_SIZE,
  g1Group,
  g2Group,
  MAX_PAIRING_LENGTH,
  pairingMap,
} from './bls12-381';
import type { Endianness } from './bytes';
import type { CurveGroup } from './curve-group';
import {
  EDWARDS,
  EDWARDS_MULTISCALAR,
  type MultiscalarGroup,
  RISTRETTO,
  RISTRETTO_MULTISCALAR,
} from './curve25519';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import {
  saturatingAdd,
  saturatingMul,
  translateSlice,
  translateType,
  writeBytes,
} from './translate';

const SUCCESS = 0n;
const FAILURE = 1n;
const SCALAR_SIZE = 32;
const MAX_MULTISCALAR_POINTS = 512n;

interface Curve {
  readonly group: CurveGroup;
  /** BLS12-381, which has a feature gate, and for which an unknown operation was always an error. */
  readonly isBls: boolean;
}

const CURVES: ReadonlyMap<bigint, Curve> = new Map([
  [0n, { group: EDWARDS, isBls: false }],
  [1n, { group: RISTRETTO, isBls: false }],
  [5n, { group: g1Group('little'), isBls: true }],
  [5n | 0x80n, { group: g1Group('big'), isBls: true }],
  [6n, { group: g2Group('little'), isBls: true }],
  [6n | 0x80n, { group: g2Group('big'), isBls: true }],
]);

const MULTISCALAR_CURVES: ReadonlyMap<bigint, MultiscalarGroup> = new Map([
  [0n, EDWARDS_MULTISCALAR],
  [1n, RISTRETTO_MULTISCALAR],
]);

interface Decompression {
  readonly cost: 'bls12381G1DecompressCost' | 'bls12381G2DecompressCost';
  readonly hostCost: 'bls12381G1Decompress' | 'bls12381G2Decompress';
  readonly size: number;
  readonly decompress: (bytes: Uint8Array, endianness: Endianness) => Uint8Array | undefined;
  readonly endianness: Endianness;
}

const G1_DECOMPRESSION = {
  cost: 'bls12381G1DecompressCost',
  hostCost: 'bls12381G1Decompress',
  size: G1_COMPRESSED_SIZE,
  decompress: decompressG1,
} as const;
const G2_DECOMPRESSION = {
  cost: 'bls12381G2DecompressCost',
  hostCost: 'bls12381G2Decompress',
  size: G2_COMPRESSED_SIZE,
  decompress: decompressG2,
} as const;
const DECOMPRESSIONS: ReadonlyMap<bigint, Decompression> = new Map<bigint, Decompression>([
  [5n, { ...G1_DECOMPRESSION, endianness: 'little' }],
  [5n | 0x80n, { ...G1_DECOMPRESSION, endianness: 'big' }],
  [6n, { ...G2_DECOMPRESSION, endianness: 'little' }],
  [6n | 0x80n, { ...G2_DECOMPRESSION, endianness: 'big' }],
]);

const PAIRINGS: ReadonlyMap<bigint, Endianness> = new Map<bigint, Endianness>([
  [4n, 'little'],
  [4n | 0x80n, 'big'],
]);

function invalidCurve(invoke: InvokeContext): bigint {
  if (invoke.features.isActive('abort_on_invalid_curve')) {
    throw SyscallFailure.of('InvalidAttribute');
  }
  return FAILURE;
}

/** @throws SyscallFailure InvalidAttribute for BLS12-381 before its feature gate */
function findCurve(invoke: InvokeContext, curveId: bigint): Curve | undefined {
  const curve = CURVES.get(curveId);
  if (curve?.isBls && !invoke.features.isActive('enable_bls12_381_syscall')) {
    throw SyscallFailure.of('InvalidAttribute');
  }
  return curve;
}

/** Writes a result where there is one. */
function finish(
  invoke: InvokeContext,
  resultAddress: bigint,
  result: Uint8Array | undefined,
): bigint {
  if (result === undefined) return FAILURE;
  writeBytes(invoke, resultAddress, result);
  return SUCCESS;
}

export function curveValidatePoint(
  invoke: InvokeContext,
  curveId: bigint,
  pointAddress: bigint,
): bigint {
  const curve = findCurve(invoke, curveId);
  if (curve === undefined) return invalidCurve(invoke);
  const { group } = curve;
  invoke.meter.consume(invoke.cost[group.costs.validate]);
  const point = translateType(invoke, pointAddress, group.pointSize, 1);
  invoke.hostBudget.charge(HOST_COST[group.hostCosts.validate]);
  return group.isValid(point) ? SUCCESS : FAILURE;
}

export function curveGroupOp(
  invoke: InvokeContext,
  curveId: bigint,
  operation: bigint,
  leftAddress: bigint,
  rightAddress: bigint,
  resultAddress: bigint,
): bigint {
  const curve = findCurve(invoke, curveId);
  if (curve === undefined) return invalidCurve(invoke);
  const { group } = curve;
  const sum = (
    cost: 'add' | 'subtract',
    operate: (left: Uint8Array, right: Uint8Array) => Uint8Array | undefined,
  ): bigint => {
    invoke.meter.consume(invoke.cost[group.costs[cost]]);
    const left = translateType(invoke, leftAddress, group.pointSize, 1);
    const right = translateType(invoke, rightAddress, group.pointSize, 1);
    invoke.hostBudget.charge(HOST_COST[group.hostCosts.add]);
    return finish(invoke, resultAddress, operate(left, right));
  };
  switch (operation) {
    case 0n:
      return sum('add', group.add);
    case 1n:
      return sum('subtract', group.subtract);
    case 2n: {
      invoke.meter.consume(invoke.cost[group.costs.multiply]);
      const scalar = translateType(invoke, leftAddress, SCALAR_SIZE, 1);
      const point = translateType(invoke, rightAddress, group.pointSize, 1);
      invoke.hostBudget.charge(HOST_COST[group.hostCosts.multiply]);
      return finish(invoke, resultAddress, group.multiply(scalar, point));
    }
    default:
      if (curve.isBls) throw SyscallFailure.of('InvalidAttribute');
      return invalidCurve(invoke);
  }
}

export function curveMultiscalarMul(
  invoke: InvokeContext,
  curveId: bigint,
  scalarsAddress: bigint,
  pointsAddress: bigint,
  count: bigint,
  resultAddress: bigint,
): bigint {
  if (count > MAX_MULTISCALAR_POINTS) throw SyscallFailure.of('InvalidLength');
  const curve = MULTISCALAR_CURVES.get(curveId);
  if (curve === undefined) return invalidCurve(invoke);
  const length = Number(count);
  const { cost } = invoke;
  invoke.meter.consume(
    cost[curve.baseCost] + cost[curve.incrementalCost] * Math.max(0, length - 1),
  );
  const scalars = translateSlice(invoke, scalarsAddress, count, SCALAR_SIZE);
  const points = translateSlice(invoke, pointsAddress, count, EDWARDS.pointSize);
  invoke.hostBudget.charge(HOST_COST.multiscalarBase + HOST_COST.multiscalarPerPoint * length);
  return finish(invoke, resultAddress, curve.multiscalarMultiply(scalars, points));
}

export function curveDecompress(
  invoke: InvokeContext,
  curveId: bigint,
  pointAddress: bigint,
  resultAddress: bigint,
): bigint {
  const curve = DECOMPRESSIONS.get(curveId);
  if (curve === undefined) throw SyscallFailure.of('InvalidAttribute');
  invoke.meter.consume(invoke.cost[curve.cost]);
  const point = translateType(invoke, pointAddress, curve.size, 1);
  invoke.hostBudget.charge(HOST_COST[curve.hostCost]);
  return finish(invoke, resultAddress, curve.decompress(point, curve.endianness));
}

export function curvePairingMap(
  invoke: InvokeContext,
  curveId: bigint,
  count: bigint,
  g1Address: bigint,
  g2Address: bigint,
  resultAddress: bigint,
): bigint {
  const endianness = PAIRINGS.get(curveId);
  if (endianness === undefined) throw SyscallFailure.of('InvalidAttribute');
  const { bls12381OnePairCost, bls12381AdditionalPairCost } = invoke.cost;
  const additional = count === 0n ? 0n : count - 1n;
  invoke.meter.consume(
    saturatingAdd(
      BigInt(bls12381OnePairCost),
      saturatingMul(BigInt(bls12381AdditionalPairCost), additional),
    ),
  );
  const g1Points = translateSlice(invoke, g1Address, count, G1_POINT_SIZE);
  const g2Points = translateSlice(invoke, g2Address, count, G2_POINT_SIZE);
  invoke.hostBudget.charge(
    HOST_COST.bls12381PairingBase +
      HOST_COST.bls12381PairingPerPair * Math.min(Number(count), MAX_PAIRING_LENGTH),
  );
  return finish(invoke, resultAddress, pairingMap(g1Points, g2Points, endianness));
}
