/**
 * The Poseidon hash over BN254's scalar field, with circom's parameters.
 * Source: agave `syscalls/src/lib.rs`, solana-poseidon 4.0, light-poseidon 0.2 and 0.4.
 */
import { poseidon } from '@noble/curves/abstract/poseidon.js';
import { bn254 } from '@noble/curves/bn254.js';
import type { InvokeContext } from '../runtime/types';
import { bytesToInteger, type Endianness, integerToBytes } from './bytes';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import { poseidonConstants } from './poseidon-constants';
import {
  Destination,
  translateMut,
  translateVmSlice,
  translateVmSlices,
  writeBytes,
} from './translate';

const { Fr } = bn254.fields;
const HASH_SIZE = 32;
const MAX_INPUTS = 12n;
const FULL_ROUNDS = 8;
/** By the number of inputs, from 1 on. */
const PARTIAL_ROUNDS = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65];

const SUCCESS = 0n;
const FAILURE = 1n;
const PARAMETERS_BN254_X5 = 0n;
const ENDIANNESS: ReadonlyMap<bigint, Endianness> = new Map<bigint, Endianness>([
  [0n, 'big'],
  [1n, 'little'],
]);

type Permutation = (state: bigint[]) => readonly bigint[];

/** By the number of inputs: constants take milliseconds to generate. */
const permutations = new Map<number, Permutation>();

/** @param inputs - 1 to 12 */
function permutation(inputs: number): Permutation | undefined {
  const roundsPartial = PARTIAL_ROUNDS[inputs - 1];
  if (roundsPartial === undefined) return undefined;
  let known = permutations.get(inputs);
  if (known === undefined) {
    const constants = poseidonConstants(inputs + 1, FULL_ROUNDS, roundsPartial);
    const { roundConstants, mds } = constants;
    known = poseidon({
      Fp: Fr,
      t: inputs + 1,
      roundsFull: FULL_ROUNDS,
      roundsPartial,
      sboxPower: 5,
      roundConstants,
      mds,
    });
    permutations.set(inputs, known);
  }
  return known;
}

/** @param isPadded - whether inputs must have all 32 bytes, not fewer */
function decodeInput(
  bytes: Uint8Array,
  endianness: Endianness,
  isPadded: boolean,
): bigint | undefined {
  const minimum = isPadded ? HASH_SIZE : 1;
  if (bytes.length < minimum || bytes.length > HASH_SIZE) return undefined;
  const value = bytesToInteger(bytes, endianness);
  return value < Fr.ORDER ? value : undefined;
}

function hash(
  inputs: readonly Uint8Array[],
  endianness: Endianness,
  isPadded: boolean,
): Uint8Array | undefined {
  const state = [0n];
  for (const input of inputs) {
    const value = decodeInput(input, endianness, isPadded);
    if (value === undefined) return undefined;
    state.push(value);
  }
  const result = permutation(inputs.length)?.(state)[0];
  return result === undefined ? undefined : integerToBytes(result, HASH_SIZE, endianness);
}

export function poseidonSyscall(
  invoke: InvokeContext,
  parameters: bigint,
  endiannessNumber: bigint,
  valuesAddress: bigint,
  count: bigint,
  resultAddress: bigint,
): bigint {
  if (parameters !== PARAMETERS_BN254_X5) throw SyscallFailure.of('PoseidonInvalidParameters');
  const endianness = ENDIANNESS.get(endiannessNumber);
  if (endianness === undefined) throw SyscallFailure.of('PoseidonInvalidEndianness');
  if (count > MAX_INPUTS) {
    invoke.log(`Poseidon hashing ${count} sequences is not supported`);
    throw SyscallFailure.of('InvalidLength');
  }
  const inputs = Number(count);
  const { poseidonCostCoefficientA, poseidonCostCoefficientC } = invoke.cost;
  invoke.meter.consume(poseidonCostCoefficientA * inputs ** 2 + poseidonCostCoefficientC);
  translateMut(invoke, Destination.slice(resultAddress, BigInt(HASH_SIZE)));
  const values = translateVmSlices(invoke, valuesAddress, count).map((slice) =>
    translateVmSlice(invoke, slice),
  );
  invoke.hostBudget.charge(
    HOST_COST.poseidonBase + HOST_COST.poseidonPerSquaredInput * inputs ** 2,
  );
  const isPadded = invoke.features.isActive('poseidon_enforce_padding');
  const result = hash(values, endianness, isPadded);
  if (result === undefined) return FAILURE;
  writeBytes(invoke, resultAddress, result);
  return SUCCESS;
}
