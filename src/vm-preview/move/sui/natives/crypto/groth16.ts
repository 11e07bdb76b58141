/** 0x2::groth16 (sui-move-natives, crypto/groth16.rs). */
import { CannotPreview } from '../../../../errors';
import { aborted, MoveError, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asInteger, ByteVector, Struct } from '../../../core/values';
import { abortForArguments, blocks, charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { bytesAt } from '../values';
import { GROTH16_CURVES, SCALAR_BYTES } from './groth16-curves';

const INVALID_VERIFYING_KEY = 0n;
const INVALID_CURVE = 1n;
const TOO_MANY_PUBLIC_INPUTS = 2n;

const PUBLIC_INPUTS_MAX = 8;
const MORE_THAN_ANY_BUDGET = 1n << 64n;
/** A point of G1, at least. */
const KEY_POINT_BYTES = 32;

export function groth16Natives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { host, protocol } = context;

  function allOfIt(): MoveError {
    context.gas.charge(MORE_THAN_ANY_BUDGET);
    return new MoveError('OUT_OF_GAS');
  }

  return nativesOf('0x2::groth16', {
    prepare_verifying_key_internal: ({ args: [curveNumber, keyReference] }) => {
      const curve = GROTH16_CURVES[Number(asInteger(curveNumber))];
      if (curve === undefined) throw abortForArguments(context, INVALID_CURVE);
      charge({ [`groth16_prepare_verifying_key_${curve.name}_cost_base`]: 1 });
      const key = bytesAt(keyReference);
      const points = Math.ceil(key.length / KEY_POINT_BYTES);
      host.charge(
        HOST_COST.pairing +
          3 * HOST_COST.g2Subgroup +
          points * (HOST_COST.g1Read + HOST_COST.g1Subgroup),
      );
      const parts = curve.prepare(key);
      if (parts === undefined) throw aborted(INVALID_VERIFYING_KEY);
      if (
        protocol.feature('limit_groth16_pvk_inputs') &&
        curve.inputCount(parts) > PUBLIC_INPUTS_MAX
      )
        throw new CannotPreview('sui-groth16-inputs', 'a verifying key of too many public inputs');
      return [new Struct(parts.map((part) => new ByteVector(part)))];
    },
    verify_groth16_proof_internal: ({ args: [curveNumber, ...references] }) => {
      const curve = GROTH16_CURVES[Number(asInteger(curveNumber))];
      if (curve === undefined) {
        // Before `native_charging_v2` it took all that was left.
        if (!protocol.feature('native_charging_v2')) throw allOfIt();
        throw abortForArguments(context, INVALID_CURVE);
      }
      const [bases, target, gamma, delta, inputs, proof] = references.map(bytesAt);
      if (!bases || !target || !gamma || !delta || !inputs || !proof)
        throw new TypeError('an argument is missing');
      const price = `groth16_verify_groth16_proof_internal`;
      charge({ [`${price}_${curve.name}_cost_base`]: 1 });
      charge({
        [`${price}_${curve.name}_cost_per_public_input`]: blocks(inputs.length, SCALAR_BYTES),
        [`${price}_public_input_cost_per_byte`]: inputs.length,
      });
      if (inputs.length > SCALAR_BYTES * PUBLIC_INPUTS_MAX) throw aborted(TOO_MANY_PUBLIC_INPUTS);
      const points = Math.ceil(bases.length / KEY_POINT_BYTES);
      host.charge(
        3 * HOST_COST.pairingPerPair +
          HOST_COST.pairing +
          HOST_COST.fp12Power +
          3 * HOST_COST.g2Subgroup +
          points * (HOST_COST.g1Read + HOST_COST.g1Subgroup) +
          PUBLIC_INPUTS_MAX * HOST_COST.g1Multiply,
      );
      return [curve.verify([bases, target, gamma, delta], inputs, proof)];
    },
  });
}
