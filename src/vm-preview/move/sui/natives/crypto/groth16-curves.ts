/**
 * Groth16 over BLS12-381 and BN254, in fastcrypto's encodings (fastcrypto-zkp, groth16/api.rs and
 * bn254/verifier.rs). Both keep the pairing's result as arkworks writes it.
 */
import type { Fp12 } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { readArkPoint, writeArkPoint } from '../../../crypto/ark-points';
import { BN254_G1, BN254_G2, type G1Point, type G2Point } from '../../../crypto/curve-field';
import { sumOfProducts } from '../../../crypto/multiscalar';
import {
  BLS12381_PAIRING,
  BN254_PAIRING,
  type PairingEngine,
  readFp12,
  writeFp12,
} from '../../../crypto/pairing';
import { G1, G2 } from './groups';

export interface Groth16Curve {
  /** As it is called in prices. */
  readonly name: string;
  /** The four parts of a prepared key; undefined for what is no key. */
  prepare(key: Uint8Array): readonly Uint8Array[] | undefined;
  /** Public inputs that a prepared key is for. */
  inputCount(prepared: readonly Uint8Array[]): number;
  /** False for anything that cannot be read, too. */
  verify(prepared: readonly Uint8Array[], inputs: Uint8Array, proof: Uint8Array): boolean;
}

export const SCALAR_BYTES = 32;
const LENGTH_BYTES = 8;

interface Encoding {
  readonly name: string;
  readonly engine: PairingEngine;
  readonly points: WeierstrassPointCons<bigint>;
  readonly order: bigint;
  readonly g1Bytes: number;
  readonly g2Bytes: number;
  /** With the subgroup checked. */
  readG1(bytes: Uint8Array): G1Point | undefined;
  readG2(bytes: Uint8Array): G2Point | undefined;
  writeG1(point: G1Point): Uint8Array;
  writeG2(point: G2Point): Uint8Array;
  /** Whether the result of a pairing has to be one. */
  isTarget(element: Fp12): boolean;
  /** Whether bytes may follow a key or a proof. */
  readonly allowsMore: boolean;
}

/** Takes points one after the other; undefined once one is none. */
class PointReader {
  #position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly encoding: Encoding,
  ) {}

  g1(): G1Point | undefined {
    return this.encoding.readG1(this.take(this.encoding.g1Bytes));
  }

  g2(): G2Point | undefined {
    return this.encoding.readG2(this.take(this.encoding.g2Bytes));
  }

  take(length: number): Uint8Array {
    const taken = this.bytes.subarray(this.#position, this.#position + length);
    this.#position += length;
    return taken;
  }

  get remaining(): number {
    return this.bytes.length - this.#position;
  }
}

function readG1s(bytes: Uint8Array, encoding: Encoding): G1Point[] | undefined {
  if (bytes.length % encoding.g1Bytes !== 0) return undefined;
  const reader = new PointReader(bytes, encoding);
  const points: G1Point[] = [];
  while (reader.remaining > 0) {
    const point = reader.g1();
    if (point === undefined) return undefined;
    points.push(point);
  }
  return points;
}

function readScalars(bytes: Uint8Array, order: bigint): bigint[] | undefined {
  if (bytes.length % SCALAR_BYTES !== 0) return undefined;
  const scalars = Array.from({ length: bytes.length / SCALAR_BYTES }, (_, i) =>
    bytesToNumberLE(bytes.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES)),
  );
  return scalars.every((scalar) => scalar < order) ? scalars : undefined;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function curve(encoding: Encoding): Groth16Curve {
  const { engine, allowsMore, g1Bytes } = encoding;
  const targetBytes = 12 * engine.fieldBytes;

  function readTarget(bytes: Uint8Array): Fp12 | undefined {
    if (bytes.length < targetBytes || (bytes.length > targetBytes && !allowsMore)) return undefined;
    const element = readFp12(engine, bytes.subarray(0, targetBytes));
    return element !== undefined && encoding.isTarget(element) ? element : undefined;
  }

  /** Bytes may follow what arkworks reads. */
  function only(bytes: Uint8Array, length: number): Uint8Array {
    return allowsMore ? bytes.subarray(0, length) : bytes;
  }

  return {
    name: encoding.name,
    /** One point for each, and one more. */
    inputCount: ([points]) => (points?.length ?? 0) / encoding.g1Bytes - 1,
    prepare(key) {
      const reader = new PointReader(key, encoding);
      const [alpha, beta, gamma, delta] = [reader.g1(), reader.g2(), reader.g2(), reader.g2()];
      const count = bytesToNumberLE(reader.take(LENGTH_BYTES));
      if (!alpha || !beta || !gamma || !delta) return undefined;
      const length = count * BigInt(g1Bytes);
      if (reader.remaining < 0 || length > reader.remaining) return undefined;
      if (!allowsMore && (count === 0n || length !== BigInt(reader.remaining))) return undefined;
      const inputs = readG1s(reader.take(Number(length)), encoding);
      if (inputs === undefined) return undefined;
      return [
        concatenated(inputs.map((point) => encoding.writeG1(point))),
        writeFp12(engine, engine.product([[alpha, beta]])),
        encoding.writeG2(gamma.negate()),
        encoding.writeG2(delta.negate()),
      ];
    },
    verify([inputPoints, alphaBeta, gammaNegated, deltaNegated], inputs, proof) {
      if (!inputPoints || !alphaBeta || !gammaNegated || !deltaNegated) return false;
      const bases = readG1s(inputPoints, encoding);
      const target = readTarget(alphaBeta);
      const gamma = encoding.readG2(only(gammaNegated, encoding.g2Bytes));
      const delta = encoding.readG2(only(deltaNegated, encoding.g2Bytes));
      const scalars = readScalars(inputs, encoding.order);
      const reader = new PointReader(proof, encoding);
      const [a, b, c] = [reader.g1(), reader.g2(), reader.g1()];
      if (!bases || !target || !gamma || !delta || !scalars || !a || !b || !c) return false;
      if (reader.remaining > 0 && !allowsMore) return false;
      const [first, ...rest] = bases;
      if (first === undefined || rest.length !== scalars.length) return false;
      const prepared = first.add(sumOfProducts(encoding.points, rest, scalars));
      const found = engine.product([
        [a, b],
        [prepared, gamma],
        [c, delta],
      ]);
      return engine.Fp12.eql(found, target);
    },
  };
}

function inSubgroup<F>(point: WeierstrassPoint<F> | undefined): WeierstrassPoint<F> | undefined {
  return point?.isTorsionFree() ? point : undefined;
}

const BLS12381: Groth16Curve = curve({
  name: 'bls12381',
  engine: BLS12381_PAIRING,
  points: bls12_381.G1.Point,
  order: bls12_381.fields.Fr.ORDER,
  g1Bytes: G1.size,
  g2Bytes: G2.size,
  readG1: (bytes) => inSubgroup(G1.read(bytes)),
  readG2: (bytes) => inSubgroup(G2.read(bytes)),
  writeG1: (point) => G1.write(point),
  writeG2: (point) => G2.write(point),
  isTarget: (element) => {
    const { Fp12 } = BLS12381_PAIRING;
    return !Fp12.is0(element) && Fp12.eql(Fp12.pow(element, bls12_381.fields.Fr.ORDER), Fp12.ONE);
  },
  allowsMore: false,
});

const BN254: Groth16Curve = curve({
  name: 'bn254',
  engine: BN254_PAIRING,
  points: bn254.G1.Point,
  order: bn254.fields.Fr.ORDER,
  g1Bytes: BN254_G1.field.size,
  g2Bytes: BN254_G2.field.size,
  readG1: (bytes) =>
    bytes.length === BN254_G1.field.size ? readArkPoint(BN254_G1, bytes, true) : undefined,
  readG2: (bytes) =>
    bytes.length === BN254_G2.field.size ? readArkPoint(BN254_G2, bytes, true) : undefined,
  writeG1: (point) => writeArkPoint(BN254_G1, point, true),
  writeG2: (point) => writeArkPoint(BN254_G2, point, true),
  isTarget: () => true,
  allowsMore: true,
});

/** By the number that Move code gives them. */
export const GROTH16_CURVES = [BLS12381, BN254] as const;
