/**
 * The Instructions sysvar: not stored anywhere, but made for each transaction out of its message.
 * Source: solana-sdk `instructions-sysvar/src/lib.rs`; agave `svm/src/account_loader.rs`.
 */
import type { Account } from '../account';
import type { Instruction } from '../runtime/types';
import { SYSVAR_OWNER_ID } from './ids';

const IS_SIGNER = 0b01;
const IS_WRITABLE = 0b10;
const META_BYTES = 33;

/** Bytes that one instruction takes: its account count, metas, program, data length and data. */
function sizeOf(instruction: Instruction): number {
  return 2 + META_BYTES * instruction.accounts.length + 32 + 2 + instruction.data.length;
}

/**
 * The account's data: a table of offsets, the instructions, and the index of the current one, which the
 * runtime keeps up to date with `storeCurrentIndex`.
 *
 * @returns `undefined` when an offset does not fit in a u16
 */
export function serializeInstructions(
  instructions: readonly Instruction[],
): Uint8Array | undefined {
  const header = 2 + 2 * instructions.length;
  const length = instructions.reduce((sum, instruction) => sum + sizeOf(instruction), header);
  const data = new Uint8Array(length + 2);
  const view = new DataView(data.buffer);
  view.setUint16(0, instructions.length, true);
  let offset = header;
  for (const [index, instruction] of instructions.entries()) {
    if (offset > 0xffff) return undefined;
    view.setUint16(2 + 2 * index, offset, true);
    view.setUint16(offset, instruction.accounts.length, true);
    offset += 2;
    for (const meta of instruction.accounts) {
      data[offset] = (meta.isSigner ? IS_SIGNER : 0) | (meta.isWritable ? IS_WRITABLE : 0);
      data.set(meta.pubkey.bytes, offset + 1);
      offset += META_BYTES;
    }
    data.set(instruction.programId.bytes, offset);
    view.setUint16(offset + 32, instruction.data.length, true);
    data.set(instruction.data, offset + 34);
    offset += 34 + instruction.data.length;
  }
  return data;
}

/** The sysvar's account as the transaction loads it; `undefined` as `serializeInstructions`. */
export function instructionsSysvarAccount(
  instructions: readonly Instruction[],
): Account | undefined {
  const data = serializeInstructions(instructions);
  if (data === undefined) return undefined;
  return { lamports: 0n, data, owner: SYSVAR_OWNER_ID, executable: false, rentEpoch: 0n };
}

/** Writes the index of the instruction that is about to run into the account's data. */
export function storeCurrentIndex(data: Uint8Array, index: number): void {
  new DataView(data.buffer, data.byteOffset, data.byteLength).setUint16(
    data.length - 2,
    index,
    true,
  );
}
