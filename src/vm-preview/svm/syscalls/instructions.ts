/** What a program may know of the transaction around it. Source: agave `syscalls/src/lib.rs`. */
import type { InstructionContext, InvokeContext } from '../runtime/types';
import { Destination, PUBKEY_SIZE, translateMut } from './translate';

/** Lengths of the instruction's data and account metas (`ProcessedSiblingInstruction`). */
const HEADER_SIZE = 16;
const ALIGN_OF_U64 = 8;
/** An address and two bools. */
const ACCOUNT_META_SIZE = PUBKEY_SIZE + 2;

export function getStackHeight(invoke: InvokeContext): bigint {
  invoke.meter.consume(invoke.cost.syscallBaseCost);
  return BigInt(invoke.transaction.stackHeight);
}

export function remainingComputeUnits(invoke: InvokeContext): bigint {
  invoke.meter.consume(invoke.cost.syscallBaseCost);
  return BigInt(invoke.meter.remaining);
}

/** The `index`-th instruction back that the same caller made at the same height. */
function findSibling(invoke: InvokeContext, index: bigint): InstructionContext | undefined {
  const { transaction } = invoke;
  const { stackHeight } = transaction;
  const caller = transaction.currentInstruction().indexOfCaller;
  const isTopLevel = stackHeight === 1;
  const end = isTopLevel ? transaction.nextTopLevelInstructionIndex : transaction.traceLength;
  const start = isTopLevel ? 0 : Math.max(0, end - transaction.numberOfCpisInTrace);
  // The first that is found is the current instruction.
  let back = 0n;
  for (let indexInTrace = end - 1; indexInTrace >= start; indexInTrace--) {
    const instruction = transaction.instructionAtIndexInTrace(indexInTrace);
    if (instruction.indexOfCaller !== caller) continue;
    if (instruction.stackHeight < stackHeight) return undefined;
    if (instruction.stackHeight === stackHeight) {
      if (index + 1n === back) return instruction;
      back++;
    }
  }
  return undefined;
}

/**
 * Writes the sibling when the program's buffers are as long as it needs, else how long they must be.
 *
 * @returns 1 when there is such a sibling
 */
export function getProcessedSiblingInstruction(
  invoke: InvokeContext,
  index: bigint,
  headerAddress: bigint,
  programIdAddress: bigint,
  dataAddress: bigint,
  accountsAddress: bigint,
): bigint {
  invoke.meter.consume(invoke.cost.syscallBaseCost);
  const sibling = findSibling(invoke, index);
  if (sibling === undefined) return 0n;
  const header = Destination.type(headerAddress, HEADER_SIZE, ALIGN_OF_U64);
  translateMut(invoke, header);
  const lengths = new DataView(header.bytes.buffer, header.bytes.byteOffset, HEADER_SIZE);
  const dataLength = BigInt(sibling.data.length);
  const accountsLength = BigInt(sibling.accounts.length);
  if (
    lengths.getBigUint64(0, true) !== dataLength ||
    lengths.getBigUint64(8, true) !== accountsLength
  ) {
    lengths.setBigUint64(0, dataLength, true);
    lengths.setBigUint64(8, accountsLength, true);
    return 1n;
  }
  const programId = Destination.type(programIdAddress, PUBKEY_SIZE, 1);
  const data = Destination.slice(dataAddress, dataLength);
  const accounts = Destination.slice(accountsAddress, accountsLength, ACCOUNT_META_SIZE);
  // The header once more: it must not overlap the others.
  translateMut(invoke, programId, data, accounts, header);
  programId.bytes.set(sibling.programKey.bytes);
  data.bytes.set(sibling.data);
  sibling.accounts.forEach(({ isSigner, isWritable }, position) => {
    const offset = position * ACCOUNT_META_SIZE;
    accounts.bytes.set(sibling.keyOfAccount(position).bytes, offset);
    accounts.bytes.set([Number(isSigner), Number(isWritable)], offset + PUBKEY_SIZE);
  });
  return 1n;
}
