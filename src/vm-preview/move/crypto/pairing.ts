/** Products of pairings over points that are not checked again, with infinity as the neutral element. */

import type { Fp12, Fp12Bls } from '@noble/curves/abstract/tower.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import type { G1Point, G2Point } from './curve-field';

export interface PairingEngine {
  readonly Fp12: Fp12Bls;
  /** Of the field under the tower. */
  readonly fieldBytes: number;
  readonly modulus: bigint;
  /** 1 for no pairs. Points of G1's curve may be outside its subgroup, those of G2 may not. */
  product(pairs: readonly (readonly [G1Point, G2Point])[]): Fp12;
}

function engine(library: typeof bls12_381 | typeof bn254, fieldBytes: number): PairingEngine {
  const { Fp, Fp12 } = library.fields;
  return {
    Fp12,
    fieldBytes,
    modulus: Fp.ORDER,
    product(pairs) {
      const loops = pairs.flatMap(([left, right]) => {
        if (left.is0() || right.is0()) return [];
        const { x, y } = left.toAffine();
        const lines = library.utils.calcPairingPrecomputes(right);
        return [[lines, x, y] satisfies [typeof lines, bigint, bigint]];
      });
      return loops.length === 0 ? Fp12.ONE : Fp12.finalExponentiate(library.millerLoopBatch(loops));
    },
  };
}

export const BLS12381_PAIRING: PairingEngine = engine(bls12_381, 48);
export const BN254_PAIRING: PairingEngine = engine(bn254, 32);

/** arkworks' form: the twelve coefficients, little-endian, the lowest first. */
export function writeFp12({ fieldBytes }: PairingEngine, { c0, c1 }: Fp12): Uint8Array {
  const coefficients = [c0, c1]
    .flatMap((fp6) => [fp6.c0, fp6.c1, fp6.c2])
    .flatMap((fp2) => [fp2.c0, fp2.c1]);
  const bytes = new Uint8Array(coefficients.length * fieldBytes);
  coefficients.forEach((value, index) => {
    bytes.set(numberToBytesLE(value, fieldBytes), index * fieldBytes);
  });
  return bytes;
}

/** @param bytes - twelve coefficients. @returns undefined when one is not reduced */
export function readFp12(engine: PairingEngine, bytes: Uint8Array): Fp12 | undefined {
  const { Fp12, fieldBytes, modulus } = engine;
  const at = (index: number): bigint =>
    bytesToNumberLE(bytes.subarray(index * fieldBytes, (index + 1) * fieldBytes));
  for (let index = 0; index < 12; index++) if (at(index) >= modulus) return undefined;
  return Fp12.fromBigTwelve([
    at(0),
    at(1),
    at(2),
    at(3),
    at(4),
    at(5),
    at(6),
    at(7),
    at(8),
    at(9),
    at(10),
    at(11),
  ]);
}
