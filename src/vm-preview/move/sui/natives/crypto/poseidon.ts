/** 0x2::poseidon (sui-move-natives, crypto/poseidon.rs). */

import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { CannotPreview } from '../../../../errors';
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, asReference, ByteVector } from '../../../core/values';
import { optionalCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { asItems } from '../values';
import { BN254_SCALARS, POSEIDON_INPUTS_MAX, poseidonHash } from './poseidon-hash';

const NON_CANONICAL_INPUT = 0n;
const NOT_SUPPORTED = 1n;
const FIELD_BYTES = 32;

export function poseidonNatives(context: SuiNativeContext): NativeRegistry {
  const charge = optionalCharger(context);
  return nativesOf('0x2::poseidon', {
    poseidon_bn254_internal: ({ args: [data] }) => {
      if (!context.protocol.feature('enable_poseidon')) throw aborted(NOT_SUPPORTED);
      charge({ poseidon_bn254_cost_base: 1 });
      const inputs = asItems(asReference(data).get()).map(asBytes);
      charge({ poseidon_bn254_cost_per_block: inputs.length });
      const numbers = inputs.map(bytesToNumberLE);
      // A tree of hashes at first, an error later; frameworks of that time do not pass so many on.
      if (inputs.length > POSEIDON_INPUTS_MAX)
        throw new CannotPreview('sui-poseidon-inputs', 'a Poseidon hash of more than 16 numbers');
      if (
        inputs.length === 0 ||
        inputs.some(({ length }) => length !== FIELD_BYTES) ||
        numbers.some((number) => number >= BN254_SCALARS)
      )
        throw aborted(NON_CANONICAL_INPUT);
      context.host.charge(HOST_COST.poseidonPerInput * inputs.length);
      return [new ByteVector(numberToBytesLE(poseidonHash(numbers), FIELD_BYTES))];
    },
  });
}
