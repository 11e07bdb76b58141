/** Source: agave `fee/src/lib.rs`, `runtime-transaction/src/signature_details.rs`. */
import { ED25519_PROGRAM, SECP256K1_PROGRAM, SECP256R1_PROGRAM } from '../programs/ids';
import type { Message } from './message';
import type { SvmFee } from './types';

const PRECOMPILE_KEYS: ReadonlySet<string> = new Set(
  [ED25519_PROGRAM, SECP256K1_PROGRAM, SECP256R1_PROGRAM].map(({ key }) => key),
);

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Signatures of the transaction, and those that precompiles check: their data begins with a count. */
export function signatureCount(message: Message): number {
  return message.instructions.reduce((sum, { programIdIndex, data }) => {
    const program = message.staticKeys[programIdIndex];
    const counted = program !== undefined && PRECOMPILE_KEYS.has(program.key);
    return sum + (counted ? (data[0] ?? 0) : 0);
  }, message.header.numRequiredSignatures);
}

/**
 * @param lamportsPerSignature - 5000 on mainnet
 * @param priorityFee - in lamports
 */
export function calculateFee(
  message: Message,
  lamportsPerSignature: bigint,
  priorityFee: bigint,
): SvmFee {
  return {
    signature: BigInt(signatureCount(message)) * lamportsPerSignature,
    priority: priorityFee,
  };
}

/** Lamports in all; at most a u64 holds. */
export function totalFee(fee: SvmFee): bigint {
  const total = fee.signature + fee.priority;
  return total > U64_MAX ? U64_MAX : total;
}
