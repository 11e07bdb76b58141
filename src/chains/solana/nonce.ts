import { type Message, SYSTEM_PROGRAM } from '../../vm-preview/svm';

/** `SystemInstruction::AdvanceNonceAccount` as bincode writes it. */
const ADVANCE_NONCE = [4, 0, 0, 0];

/**
 * Whether the message begins by advancing a nonce: then its blockhash is the nonce, and the signature
 * stays good until somebody advances it. Source: solana-sdk `message/src/versions/sanitized.rs`
 * (`get_durable_nonce`).
 */
export function isDurableNonce(message: Message): boolean {
  return nonceAddressIndex(message) !== undefined;
}

/** Index of the nonce account in the message's keys. */
export function nonceAddressIndex(message: Message): number | undefined {
  const [first] = message.instructions;
  if (first === undefined) return undefined;
  const program = message.staticKeys[first.programIdIndex];
  if (program === undefined || !program.equals(SYSTEM_PROGRAM)) return undefined;
  if (!ADVANCE_NONCE.every((byte, index) => first.data[index] === byte)) return undefined;
  return first.accounts[0];
}
