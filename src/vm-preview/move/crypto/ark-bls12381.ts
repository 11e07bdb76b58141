/**
 * Points of BLS12-381 as ark-bls12-381 0.5 deserializes them. Its check of uncompressed points is only
 * that of the subgroup, by an endomorphism and without the curve's equation (`curves/{g1,g2}.rs`).
 */

import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp2 } from '@noble/curves/abstract/tower.js';
import { psiFrobenius } from '@noble/curves/abstract/tower.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { CannotPreview } from '../../errors';
import {
  type Affine,
  BLS12381_G1,
  BLS12381_G2,
  type Curve,
  type G1Point,
  type G2Point,
  pointOf,
} from './curve-field';
import { readZcash, saysCompressed } from './zcash-points';

const { Fp: Fq, Fp2: Fq2 } = bls12_381.fields;
/** The curve's parameter is its negative. */
const X = 0xd201000000010000n;
/** `BETA`, a cube root of 1. */
const BETA =
  793479390729215512621379701633421447060886740281060493010456487427281649075476305620758731620350n;

type Point<F> = Affine<F> | 'infinity';

/** Addition on y² = x³ + b, whatever b is. */
function addAffine<F>(field: IField<F>, left: Point<F>, right: Point<F>): Point<F> {
  if (left === 'infinity') return right;
  if (right === 'infinity') return left;
  let slope: F;
  if (!field.eql(left.x, right.x)) {
    slope = field.div(field.sub(right.y, left.y), field.sub(right.x, left.x));
  } else if (field.eql(left.y, right.y) && !field.is0(left.y)) {
    const squared = field.sqr(left.x);
    const tripled = field.add(field.add(squared, squared), squared);
    slope = field.div(tripled, field.add(left.y, left.y));
  } else return 'infinity';
  const x = field.sub(field.sub(field.sqr(slope), left.x), right.x);
  return { x, y: field.sub(field.mul(slope, field.sub(left.x, x)), left.y) };
}

function timesX<F>(field: IField<F>, point: Point<F>): Point<F> {
  let result: Point<F> = 'infinity';
  for (const bit of X.toString(2)) {
    result = addAffine(field, result, result);
    if (bit === '1') result = addAffine(field, result, point);
  }
  return result;
}

function negated<F>(field: IField<F>, point: Point<F>): Point<F> {
  return point === 'infinity' ? point : { x: point.x, y: field.neg(point.y) };
}

function same<F>(field: IField<F>, left: Point<F>, right: Point<F>): boolean {
  if (left === 'infinity' || right === 'infinity') return left === right;
  return field.eql(left.x, right.x) && field.eql(left.y, right.y);
}

function passesG1(at: Affine<bigint>): boolean {
  const once = timesX(Fq, at);
  if (same(Fq, once, at)) return false;
  return same(Fq, negated(Fq, timesX(Fq, once)), { x: Fq.mul(at.x, BETA), y: at.y });
}

function passesG2(at: Affine<Fp2>): boolean {
  const { psi } = psiFrobenius(Fq, Fq2, Fq2.div(Fq2.ONE, Fq2.NONRESIDUE));
  const [x, y] = psi(at.x, at.y);
  return same(Fq2, negated(Fq2, timesX(Fq2, at)), { x, y });
}

function readWith<F>(
  curve: Curve<F>,
  passes: (at: Affine<F>) => boolean,
  bytes: Uint8Array,
  compressed: boolean,
): ReturnType<typeof pointOf<F>> | undefined {
  if (saysCompressed(bytes) !== compressed) return undefined;
  const at = readZcash(curve, bytes);
  if (at === undefined) return undefined;
  if (at === 'infinity' || curve.isOnCurve(at)) {
    const point = pointOf(curve, at);
    return point.isTorsionFree() ? point : undefined;
  }
  if (passes(at))
    throw new CannotPreview('bls12381-off-curve', 'a point that is on a twist of BLS12-381');
  return undefined;
}

/**
 * `deserialize_compressed` of 48 bytes, `deserialize_uncompressed` of 96.
 *
 * @throws CannotPreview for what is taken for a point and is none
 */
export function readArkBlsG1(bytes: Uint8Array, compressed: boolean): G1Point | undefined {
  return readWith(BLS12381_G1, passesG1, bytes, compressed);
}

/** As `readArkBlsG1`, of 96 bytes and 192. */
export function readArkBlsG2(bytes: Uint8Array, compressed: boolean): G2Point | undefined {
  return readWith(BLS12381_G2, passesG2, bytes, compressed);
}
