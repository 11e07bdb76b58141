/** Source: solana-sdk `loader-v3-interface/src/instruction.rs` at 7.0.0, which agave 4.3 uses. */
import { type BincodeReader, decodeInstruction } from '../bincode';

/** Offsets and lengths are in bytes. */
export type LoaderInstruction =
  | { kind: 'InitializeBuffer' }
  | { kind: 'Write'; offset: number; bytes: Uint8Array }
  | { kind: 'DeployWithMaxDataLen'; maxDataLength: bigint }
  | { kind: 'Upgrade' }
  | { kind: 'SetAuthority' }
  | { kind: 'Close' }
  | { kind: 'ExtendProgram'; additionalBytes: number }
  | { kind: 'SetAuthorityChecked' };

/** Indexed by tag. */
const VARIANTS: readonly ((reader: BincodeReader) => LoaderInstruction)[] = [
  () => ({ kind: 'InitializeBuffer' }),
  (r) => ({ kind: 'Write', offset: r.u32(), bytes: r.vec() }),
  (r) => ({ kind: 'DeployWithMaxDataLen', maxDataLength: r.u64() }),
  () => ({ kind: 'Upgrade' }),
  () => ({ kind: 'SetAuthority' }),
  () => ({ kind: 'Close' }),
  (r) => ({ kind: 'ExtendProgram', additionalBytes: r.u32() }),
  () => ({ kind: 'SetAuthorityChecked' }),
];

/** @throws InstructionFailure InvalidInstructionData */
export function decodeLoaderInstruction(data: Uint8Array): LoaderInstruction {
  return decodeInstruction(data, (reader) => {
    const read = VARIANTS[reader.u32()];
    return read === undefined ? reader.unknownVariant() : read(reader);
  });
}
