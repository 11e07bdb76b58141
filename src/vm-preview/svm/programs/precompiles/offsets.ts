/**
 * The offsets that the ed25519 and secp256r1 precompiles read: seven u16, little-endian.
 * Source: solana-sdk `ed25519-program/src/lib.rs`, `secp256r1-program/src/lib.rs`.
 */
import { precompileFailure } from './errors';

/** Bytes before the first offsets: a count and a padding byte that nothing looks at. */
const HEADER_BYTES = 2;
const OFFSETS_BYTES = 14;
/** An instruction index that means "this instruction". */
const CURRENT_INSTRUCTION = 0xffff;

interface Span {
  readonly instruction: number;
  readonly offset: number;
}

export interface SignatureOffsets {
  readonly signature: Span;
  readonly publicKey: Span;
  readonly message: Span & { readonly size: number };
}

/** The number of signatures, if the data can hold the offsets of that many. */
export function countSignatures(data: Uint8Array): number {
  const count = data[0] ?? 0;
  if (data.length < HEADER_BYTES + count * OFFSETS_BYTES) {
    throw precompileFailure('InvalidInstructionDataSize');
  }
  return count;
}

export function readOffsets(data: Uint8Array, index: number): SignatureOffsets {
  const start = data.byteOffset + HEADER_BYTES + index * OFFSETS_BYTES;
  const view = new DataView(data.buffer, start, OFFSETS_BYTES);
  const at = (position: number): number => view.getUint16(position * 2, true);
  return {
    signature: { offset: at(0), instruction: at(1) },
    publicKey: { offset: at(2), instruction: at(3) },
    message: { offset: at(4), size: at(5), instruction: at(6) },
  };
}

/**
 * @param data - of the precompile's own instruction
 * @param instructionDatas - of all the transaction's instructions
 * @throws InstructionFailure InvalidDataOffsets
 */
export function sliceAt(
  data: Uint8Array,
  instructionDatas: readonly Uint8Array[],
  { instruction, offset }: Span,
  size: number,
): Uint8Array {
  const source = instruction === CURRENT_INSTRUCTION ? data : instructionDatas[instruction];
  if (source === undefined || offset + size > source.length) {
    throw precompileFailure('InvalidDataOffsets');
  }
  return source.subarray(offset, offset + size);
}
