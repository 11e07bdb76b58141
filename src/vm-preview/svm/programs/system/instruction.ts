/** Source: solana-sdk `system-interface/src/instruction.rs`. */
import type { Pubkey } from '../../pubkey';
import { type BincodeReader, decodeInstruction } from '../bincode';

/** Seeds are UTF-8 bytes; amounts are lamports; space is in bytes. */
export type SystemInstruction =
  | { kind: 'CreateAccount'; lamports: bigint; space: bigint; owner: Pubkey }
  | { kind: 'Assign'; owner: Pubkey }
  | { kind: 'Transfer'; lamports: bigint }
  | {
      kind: 'CreateAccountWithSeed';
      base: Pubkey;
      seed: Uint8Array;
      lamports: bigint;
      space: bigint;
      owner: Pubkey;
    }
  | { kind: 'AdvanceNonceAccount' }
  | { kind: 'WithdrawNonceAccount'; lamports: bigint }
  | { kind: 'InitializeNonceAccount'; authority: Pubkey }
  | { kind: 'AuthorizeNonceAccount'; authority: Pubkey }
  | { kind: 'Allocate'; space: bigint }
  | { kind: 'AllocateWithSeed'; base: Pubkey; seed: Uint8Array; space: bigint; owner: Pubkey }
  | { kind: 'AssignWithSeed'; base: Pubkey; seed: Uint8Array; owner: Pubkey }
  | { kind: 'TransferWithSeed'; lamports: bigint; seed: Uint8Array; owner: Pubkey }
  | { kind: 'UpgradeNonceAccount' }
  | { kind: 'CreateAccountAllowPrefund'; lamports: bigint; space: bigint; owner: Pubkey };

/** Indexed by tag. Object literals are evaluated in order, which is the order on the wire. */
const VARIANTS: readonly ((reader: BincodeReader) => SystemInstruction)[] = [
  (r) => ({ kind: 'CreateAccount', lamports: r.u64(), space: r.u64(), owner: r.pubkey() }),
  (r) => ({ kind: 'Assign', owner: r.pubkey() }),
  (r) => ({ kind: 'Transfer', lamports: r.u64() }),
  (r) => ({
    kind: 'CreateAccountWithSeed',
    base: r.pubkey(),
    seed: r.string(),
    lamports: r.u64(),
    space: r.u64(),
    owner: r.pubkey(),
  }),
  () => ({ kind: 'AdvanceNonceAccount' }),
  (r) => ({ kind: 'WithdrawNonceAccount', lamports: r.u64() }),
  (r) => ({ kind: 'InitializeNonceAccount', authority: r.pubkey() }),
  (r) => ({ kind: 'AuthorizeNonceAccount', authority: r.pubkey() }),
  (r) => ({ kind: 'Allocate', space: r.u64() }),
  (r) => ({
    kind: 'AllocateWithSeed',
    base: r.pubkey(),
    seed: r.string(),
    space: r.u64(),
    owner: r.pubkey(),
  }),
  (r) => ({ kind: 'AssignWithSeed', base: r.pubkey(), seed: r.string(), owner: r.pubkey() }),
  (r) => ({ kind: 'TransferWithSeed', lamports: r.u64(), seed: r.string(), owner: r.pubkey() }),
  () => ({ kind: 'UpgradeNonceAccount' }),
  (r) => ({
    kind: 'CreateAccountAllowPrefund',
    lamports: r.u64(),
    space: r.u64(),
    owner: r.pubkey(),
  }),
];

/** @throws InstructionFailure InvalidInstructionData */
export function decodeSystemInstruction(data: Uint8Array): SystemInstruction {
  return decodeInstruction(data, (reader) => {
    const read = VARIANTS[reader.u32()];
    return read === undefined ? reader.unknownVariant() : read(reader);
  });
}
