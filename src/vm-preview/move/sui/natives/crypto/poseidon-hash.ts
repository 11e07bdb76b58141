/**
 * Poseidon over BN254's scalars as circomlib has it (fastcrypto-zkp, bn254/poseidon): the constants come
 * from the Grain generator of the paper's reference script.
 */
import { Field } from '@noble/curves/abstract/modular.js';
import { grainGenConstants, poseidon as permutationOf } from '@noble/curves/abstract/poseidon.js';
import { bn254 } from '@noble/curves/bn254.js';

const Fp = Field(bn254.fields.Fr.ORDER);
const ROUNDS_FULL = 8;
/** For a state of 2 elements and more. */
const ROUNDS_PARTIAL = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68] as const;

export const POSEIDON_INPUTS_MAX = 16;

type Permutation = (values: bigint[]) => bigint[];

const permutations = new Map<number, Permutation>();

function permutation(t: number): Permutation {
  let known = permutations.get(t);
  if (known === undefined) {
    const roundsPartial = ROUNDS_PARTIAL[t - 2];
    if (roundsPartial === undefined) throw new RangeError(`no Poseidon of ${t} elements`);
    const options = { Fp, t, roundsFull: ROUNDS_FULL, roundsPartial, sboxPower: 5 };
    known = permutationOf({ ...options, ...grainGenConstants(options) });
    permutations.set(t, known);
  }
  return known;
}

/** @param inputs - 1 to 16, below the order */
export function poseidonHash(inputs: readonly bigint[]): bigint {
  const [hash] = permutation(inputs.length + 1)([0n, ...inputs]);
  if (hash === undefined) throw new RangeError('a permutation of nothing');
  return hash;
}

export const BN254_SCALARS: bigint = Fp.ORDER;
