/**
 * Range proofs of the crate bulletproofs 4.0: `range_proof/mod.rs`, `inner_product_proof.rs`,
 * `generators.rs`. Scalars are integers below the order of ristretto255.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { shake256 } from '@noble/hashes/sha3.js';
import { Transcript } from './merlin';
import { sumOfProducts } from './multiscalar';
import { decompressRistretto, type RistrettoPoint, ristrettoFromUniform } from './ristretto';

const { Point } = ristretto255;
const { Fn } = Point;

/** Bits of the largest range. */
const GENERATORS_PER_PARTY = 64;
const ELEMENT = 32;

export interface RangeProof {
  /** A, S, T_1 and T_2, compressed. */
  readonly points: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  /** t_x, its blinding, and e's blinding, each as bytes. */
  readonly scalars: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** L and R of each round of the inner product proof, compressed. */
  readonly rounds: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly a: bigint;
  readonly b: bigint;
  /** All of it. */
  readonly bytes: Uint8Array;
}

/** Bases of the commitments. */
export interface PedersenBases {
  readonly value: RistrettoPoint;
  readonly blinding: RistrettoPoint;
}

/** `RangeProof::from_bytes`. Points are not decompressed yet. @returns undefined for a FormatError */
export function parseRangeProof(bytes: Uint8Array): RangeProof | undefined {
  if (bytes.length % ELEMENT !== 0) return undefined;
  const count = bytes.length / ELEMENT;
  const roundCount = (count - 9) / 2;
  if (count < 9 || !Number.isInteger(roundCount) || roundCount >= 32) return undefined;
  const at = (index: number): Uint8Array => bytes.subarray(index * ELEMENT, (index + 1) * ELEMENT);
  const scalars = [at(4), at(5), at(6), at(count - 2), at(count - 1)];
  if (scalars.some((scalar) => bytesToNumberLE(scalar) >= Fn.ORDER)) return undefined;
  return {
    points: [at(0), at(1), at(2), at(3)],
    scalars: [at(4), at(5), at(6)],
    rounds: Array.from({ length: roundCount }, (_, i) => [at(7 + 2 * i), at(8 + 2 * i)]),
    a: bytesToNumberLE(at(count - 2)),
    b: bytesToNumberLE(at(count - 1)),
    bytes,
  };
}

const generators = new Map<string, readonly RistrettoPoint[]>();

/** A party's generators, made when they are first asked for. */
function generatorsOf(kind: 'G' | 'H', party: number): readonly RistrettoPoint[] {
  const key = `${kind}${party}`;
  let points = generators.get(key);
  if (points === undefined) {
    const label = new TextEncoder().encode(`GeneratorsChain${kind}`);
    const uniform = shake256(Uint8Array.of(...label, party, 0, 0, 0), {
      dkLen: 64 * GENERATORS_PER_PARTY,
    });
    points = Array.from({ length: GENERATORS_PER_PARTY }, (_, i) =>
      ristrettoFromUniform(uniform.subarray(64 * i, 64 * (i + 1))),
    );
    generators.set(key, points);
  }
  return points;
}

/** Generators that a proof of so many parties is the first to need. */
export function missingGenerators(parties: number): number {
  let missing = 0;
  for (let party = 0; party < parties; party++)
    for (const kind of ['G', 'H'])
      if (!generators.has(`${kind}${party}`)) missing += GENERATORS_PER_PARTY;
  return missing;
}

/** 1, x, x², … */
function powers(x: bigint, count: number): bigint[] {
  const result: bigint[] = [];
  for (let power = 1n; result.length < count; power = Fn.mul(power, x)) result.push(power);
  return result;
}

const sum = (values: readonly bigint[]): bigint =>
  values.reduce((all, one) => Fn.add(all, one), 0n);
const isIdentity = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/**
 * `verify_multiple`: that each committed value is below 2^bits.
 *
 * @param commitments - compressed, 32 bytes each; a power of 2 in number, at most 16
 * @param bits - 8, 16, 32 or 64
 * @param dst - of the application, of any bytes
 */
export function verifyRangeProof(
  proof: RangeProof,
  commitments: readonly Uint8Array[],
  bases: PedersenBases,
  bits: number,
  dst: Uint8Array,
): boolean {
  const parties = commitments.length;
  const size = bits * parties;
  const [A, S, T1, T2] = proof.points;
  if ([...proof.points, ...proof.rounds.flat()].some(isIdentity)) return false;

  const transcript = new Transcript(dst);
  const challenge = (label: string): bigint => Fn.create(transcript.challenge(label));
  transcript.append('dom-sep', new TextEncoder().encode('rangeproof v1'));
  transcript.appendU64('n', bits);
  transcript.appendU64('m', parties);
  for (const commitment of commitments) transcript.append('V', commitment);
  transcript.append('A', A);
  transcript.append('S', S);
  const y = challenge('y');
  const z = challenge('z');
  transcript.append('T_1', T1);
  transcript.append('T_2', T2);
  const x = challenge('x');
  const [tx, txBlinding, eBlinding] = proof.scalars;
  transcript.append('t_x', tx);
  transcript.append('t_x_blinding', txBlinding);
  transcript.append('e_blinding', eBlinding);
  const w = challenge('w');

  if (2 ** proof.rounds.length !== size) return false;
  transcript.append('dom-sep', new TextEncoder().encode('ipp v1'));
  transcript.appendU64('n', size);
  const u = proof.rounds.map(([L, R]) => {
    transcript.append('L', L);
    transcript.append('R', R);
    return challenge('u');
  });
  const uInverse = u.map((value) => Fn.inv(value));
  const uSquared = u.map((value) => Fn.sqr(value));
  const s = [uInverse.reduce((all, one) => Fn.mul(all, one), 1n)];
  for (let i = 1; i < size; i++) {
    const log = 31 - Math.clz32(i);
    const before = s[i - 2 ** log] ?? 0n;
    s.push(Fn.mul(before, uSquared[u.length - 1 - log] ?? 0n));
  }

  // The chain draws it at random; any value that the prover could not know does.
  const c = Fn.create(bytesToNumberLE(sha512.create().update(dst).update(proof.bytes).digest()));
  const { a, b } = proof;
  const zz = Fn.sqr(z);
  const twos = powers(2n, bits);
  const zPowers = powers(z, parties);
  const yPowers = powers(y, size);
  const yInversePowers = powers(Fn.inv(y), size);
  const g = s.map((value) => Fn.neg(Fn.add(z, Fn.mul(a, value))));
  const h = yInversePowers.map((yInverse, i) => {
    const zAndTwo = Fn.mul(twos[i % bits] ?? 0n, zPowers[Math.floor(i / bits)] ?? 0n);
    const inner = Fn.sub(Fn.mul(zz, zAndTwo), Fn.mul(b, s[size - 1 - i] ?? 0n));
    return Fn.add(z, Fn.mul(yInverse, inner));
  });
  const t = bytesToNumberLE(tx);
  const delta = Fn.sub(
    Fn.mul(Fn.sub(z, zz), sum(yPowers)),
    Fn.mul(Fn.mul(Fn.mul(zz, z), sum(twos)), sum(zPowers)),
  );
  const blinding = Fn.add(bytesToNumberLE(eBlinding), Fn.mul(c, bytesToNumberLE(txBlinding)));
  const valueScalar = Fn.add(Fn.mul(w, Fn.sub(t, Fn.mul(a, b))), Fn.mul(c, Fn.sub(delta, t)));

  const compressed = [A, S, T1, T2, ...proof.rounds.flat(), ...commitments];
  const points = compressed.flatMap((bytes) => decompressRistretto(bytes) ?? []);
  if (points.length !== compressed.length) return false;
  const cx = Fn.mul(c, x);
  const scalars = [
    ...[1n, x, cx, Fn.mul(cx, x)],
    ...u.flatMap((_, i) => [uSquared[i] ?? 0n, Fn.sqr(uInverse[i] ?? 0n)]),
    ...zPowers.map((power) => Fn.mul(Fn.mul(c, zz), power)),
    ...[Fn.neg(blinding), valueScalar],
    ...g,
    ...h,
  ];
  const ofParties = (kind: 'G' | 'H'): RistrettoPoint[] =>
    commitments.flatMap((_, party) => generatorsOf(kind, party).slice(0, bits));
  const all = [...points, bases.blinding, bases.value, ...ofParties('G'), ...ofParties('H')];
  return sumOfProducts(Point, all, scalars).equals(Point.ZERO);
}
