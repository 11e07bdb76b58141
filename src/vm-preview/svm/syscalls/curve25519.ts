/**
 * Edwards and Ristretto points of Curve25519, read as curve25519-dalek reads them.
 * Source: solana-sdk `curve25519/src/*.rs`.
 */
import { pippenger } from '@noble/curves/abstract/curve.js';
import { ed25519, ristretto255 } from '@noble/curves/ed25519.js';
import type { EXECUTION_COST } from '../runtime/execution-budget';
import { bytesToInteger } from './bytes';
import { type CurveGroup, curveGroup, type GroupCodec } from './curve-group';

type EdwardsPoint = InstanceType<typeof ed25519.Point>;
type RistrettoPoint = InstanceType<typeof ristretto255.Point>;

const { Fp, Fn } = ed25519.Point;
/** Bytes of a point, and of a scalar. */
const SIZE = 32;

/** `Scalar::from_canonical_bytes` */
function scalar(bytes: Uint8Array): bigint | undefined {
  const value = bytesToInteger(bytes, 'little');
  return Fn.isValid(value) ? value : undefined;
}

/** `CompressedEdwardsY::decompress`: y may be unreduced and x may be a negative zero, as in ZIP 215. */
function decodeEdwards(bytes: Uint8Array): EdwardsPoint | undefined {
  try {
    const { x, y } = ed25519.Point.fromBytes(bytes, true).toAffine();
    return ed25519.Point.fromAffine({ x, y: Fp.create(y) });
  } catch {
    // The library's only way to say that there is no such point.
    return undefined;
  }
}

/** `CompressedRistretto::decompress`: canonical encodings only. */
function decodeRistretto(bytes: Uint8Array): RistrettoPoint | undefined {
  try {
    return ristretto255.Point.fromBytes(bytes);
  } catch {
    // The library's only way to say that there is no such point.
    return undefined;
  }
}

const edwardsCodec: GroupCodec<EdwardsPoint> = {
  decode: decodeEdwards,
  decodeForSum: decodeEdwards,
  encode: (point) => point.toBytes(),
  scalar,
};

const ristrettoCodec: GroupCodec<RistrettoPoint> = {
  decode: decodeRistretto,
  decodeForSum: decodeRistretto,
  encode: (point) => point.toBytes(),
  scalar,
};

export const EDWARDS: CurveGroup = curveGroup(edwardsCodec, {
  pointSize: SIZE,
  costs: {
    validate: 'curve25519EdwardsValidatePointCost',
    add: 'curve25519EdwardsAddCost',
    subtract: 'curve25519EdwardsSubtractCost',
    multiply: 'curve25519EdwardsMultiplyCost',
  },
  hostCosts: { validate: 'edwardsValidate', add: 'edwardsAdd', multiply: 'edwardsMultiply' },
});

export const RISTRETTO: CurveGroup = curveGroup(ristrettoCodec, {
  pointSize: SIZE,
  costs: {
    validate: 'curve25519RistrettoValidatePointCost',
    add: 'curve25519RistrettoAddCost',
    subtract: 'curve25519RistrettoSubtractCost',
    multiply: 'curve25519RistrettoMultiplyCost',
  },
  hostCosts: { validate: 'ristrettoValidate', add: 'ristrettoAdd', multiply: 'ristrettoMultiply' },
});

/** Sums of multiples, which only these two groups have. */
export interface MultiscalarGroup {
  readonly baseCost: keyof typeof EXECUTION_COST;
  readonly incrementalCost: keyof typeof EXECUTION_COST;
  /** Both inputs are as many times 32 bytes; undefined when one is no scalar or no point. */
  multiscalarMultiply(scalars: Uint8Array, points: Uint8Array): Uint8Array | undefined;
}

/** Each 32 bytes decoded, or undefined when one cannot be. */
function decodeAll<T>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => T | undefined,
): T[] | undefined {
  const values: T[] = [];
  for (let offset = 0; offset < bytes.length; offset += SIZE) {
    const value = decode(bytes.subarray(offset, offset + SIZE));
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

export const EDWARDS_MULTISCALAR: MultiscalarGroup = {
  baseCost: 'curve25519EdwardsMsmBaseCost',
  incrementalCost: 'curve25519EdwardsMsmIncrementalCost',
  multiscalarMultiply(scalarBytes, pointBytes) {
    const scalars = decodeAll(scalarBytes, scalar);
    const points = decodeAll(pointBytes, decodeEdwards);
    if (scalars === undefined || points === undefined) return undefined;
    return pippenger(ed25519.Point, points, scalars).toBytes();
  },
};

export const RISTRETTO_MULTISCALAR: MultiscalarGroup = {
  baseCost: 'curve25519RistrettoMsmBaseCost',
  incrementalCost: 'curve25519RistrettoMsmIncrementalCost',
  multiscalarMultiply(scalarBytes, pointBytes) {
    const scalars = decodeAll(scalarBytes, scalar);
    const points = decodeAll(pointBytes, decodeRistretto);
    if (scalars === undefined || points === undefined) return undefined;
    return pippenger(ristretto255.Point, points, scalars).toBytes();
  },
};
