/** 0x1::ristretto255_bulletproofs and 0x1::confidential_range_proofs. Source: aptos-core `natives/cryptography/bulletproofs.rs`. */
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, asInteger, type Value } from '../../../core/values';
import {
  missingGenerators,
  parseRangeProof,
  type RangeProof,
  verifyRangeProof,
} from '../../../crypto/bulletproofs';
import type { NativeContext } from '../context';
import { asItems } from '../values';
import { charger, unforeseen } from './charge';
import { HOST_COST, multiscalarCost, RISTRETTO_MULTISCALAR } from './host-cost';
import { handleIn, type PointStore } from './point-store';

/** `error::invalid_argument` of 1, 3 and 4. */
const NFE_DESERIALIZE_RANGE_PROOF = 0x01_0001n;
const NFE_RANGE_NOT_SUPPORTED = 0x01_0003n;
const NFE_BATCH_SIZE_NOT_SUPPORTED = 0x01_0004n;

const SUPPORTED_BITS: readonly number[] = [8, 16, 32, 64];
const SUPPORTED_BATCHES: readonly number[] = [1, 2, 4, 8, 16];
const COMMITMENT_BYTES = 32;

/** @throws MoveError */
function supportedBits(value: Value | undefined): number {
  const bits = Number(asInteger(value));
  if (!SUPPORTED_BITS.includes(bits)) throw aborted(NFE_RANGE_NOT_SUPPORTED);
  return bits;
}

/** @throws MoveError */
function parse(bytes: Uint8Array): RangeProof {
  const proof = parseRangeProof(bytes);
  if (proof === undefined) throw aborted(NFE_DESERIALIZE_RANGE_PROOF);
  return proof;
}

function commitmentOf(value: Value | undefined): Uint8Array {
  const bytes = asBytes(value);
  if (bytes.length !== COMMITMENT_BYTES) throw unforeseen('a commitment of another length');
  return bytes;
}

export function bulletproofsNatives(context: NativeContext, points: PointStore): NativeRegistry {
  const charge = charger(context);

  function verify(
    proof: RangeProof,
    commitments: readonly Uint8Array[],
    [valueBase, blindingBase]: readonly [Value, Value],
    bits: number,
    dst: Uint8Array,
  ): Value[] {
    const { length } = commitments;
    const terms = 2 * bits * length + 2 * proof.rounds.length + length;
    context.host.charge(
      multiscalarCost(terms, RISTRETTO_MULTISCALAR) +
        HOST_COST.ristrettoMap * missingGenerators(length),
    );
    const bases = { value: points.at(valueBase), blinding: points.at(blindingBase) };
    return [verifyRangeProof(proof, commitments, bases, bits, dst)];
  }

  const verifyBatch: Native = ({ args }) => {
    const [commitmentValues, valueBase, blindingBase, proofValue, bitsValue, dst] = args;
    const bases = [handleIn(valueBase), handleIn(blindingBase)] as const;
    const commitments = asItems(commitmentValues).map(commitmentOf);
    const bits = supportedBits(bitsValue);
    const { length } = commitments;
    if (!SUPPORTED_BATCHES.includes(length)) throw aborted(NFE_BATCH_SIZE_NOT_SUPPORTED);
    charge({ [`bulletproofs.verify.base_batch_${length}_bits_${bits}`]: 1 });
    return verify(parse(asBytes(proofValue)), commitments, bases, bits, asBytes(dst));
  };

  const natives = nativesOf('0x1::ristretto255_bulletproofs', {
    verify_range_proof_internal: ({ args }) => {
      const [commitment, valueBase, blindingBase, proofValue, bitsValue, dst] = args;
      const bases = [handleIn(valueBase), handleIn(blindingBase)] as const;
      const commitments = [commitmentOf(commitment)];
      const bits = supportedBits(bitsValue);
      const bytes = asBytes(proofValue);
      charge({
        'bulletproofs.base': 1,
        'bulletproofs.per_byte_rangeproof_deserialize': bytes.length,
      });
      const proof = parse(bytes);
      charge({ 'bulletproofs.per_bit_rangeproof_verify': bits });
      return verify(proof, commitments, bases, bits, asBytes(dst));
    },

    verify_batch_range_proof_internal: verifyBatch,
  });
  // Since 2026 a second module of the framework declares the native for itself.
  const ofConfidentialAssets = nativesOf('0x1::confidential_range_proofs', {
    verify_batch_range_proof_internal: verifyBatch,
  });
  return new Map([...natives, ...ofConfidentialAssets]);
}
