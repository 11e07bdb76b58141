/** Carries an account's changes between caller and callee. Source: agave `program-runtime/src/cpi.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import { Pubkey } from '../../pubkey';
import type { RuntimeBorrowedAccount } from '../borrowed-account';
import type { CallingContext } from '../calling-context';
import { setDataOrCheckUnchanged } from '../deserialize';
import { MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION } from '../limits';
import { sameBytes } from '../same-bytes';
import {
  type CallerAccount,
  callerData,
  hasAddressRestrictions,
  translateForWriting,
  viewOf,
} from './caller-account';

/**
 * Before the call: the callee shall see what the caller changed.
 *
 * @returns whether the caller's region of the account must be made anew after the call
 */
export function updateCalleeAccount(
  context: CallingContext,
  caller: CallerAccount,
  callee: RuntimeBorrowedAccount,
): boolean {
  const { layout } = context.programMemory;
  let mustUpdateCaller = false;
  const lamports = readU64(context, caller.lamportsAddress);
  if (callee.lamports !== lamports) callee.setLamports(lamports);

  if (layout.isSpaceAdjusted) {
    const oldLength = callee.data.length;
    const newLength = Number(readU64(context, caller.lengthAddress));
    if (oldLength !== newLength) {
      if (!layout.isDirectMapping && newLength < oldLength) {
        callerData(context, caller, BigInt(oldLength)).fill(0, newLength);
      }
      callee.setDataLength(newLength);
      mustUpdateCaller = true;
    }
    if (!layout.isDirectMapping && callee.canDataBeChanged) {
      callee.setDataFromSlice(callerData(context, caller, BigInt(caller.dataLength)));
    }
  } else {
    setDataOrCheckUnchanged(callee, callerData(context, caller, BigInt(caller.dataLength)));
  }

  // Last, so that a program may change lamports and data of an account that it gives away.
  const owner = context.memory.map('load', caller.ownerAddress, 32n);
  if (!sameBytes(owner, callee.owner.bytes)) {
    callee.setOwner(Pubkey.from(owner));
    mustUpdateCaller = true;
  }
  return mustUpdateCaller;
}

/** After the call: the caller shall see what the callee changed. */
export function updateCallerAccount(
  context: CallingContext,
  caller: CallerAccount,
  callee: RuntimeBorrowedAccount,
): void {
  const isRestricted = hasAddressRestrictions(context);
  const { layout } = context.programMemory;
  writeU64(context, caller.lamportsAddress, callee.lamports);
  context.memory.map('store', caller.ownerAddress, 32n).set(callee.owner.bytes);

  const oldLength = readU64(context, caller.lengthAddress);
  const newLength = callee.data.length;
  const hasSameLength = oldLength === BigInt(newLength);
  const { originalDataLength } = caller.serialized;
  const growth = isRestricted && layout.isLoaderV1 ? 0 : MAX_ACCOUNT_DATA_GROWTH_PER_INSTRUCTION;
  if (newLength > originalDataLength + growth && (isRestricted || !hasSameLength)) {
    context.log(`Account data size realloc limited to ${growth} in inner instructions`);
    throw new InstructionFailure('InvalidRealloc');
  }

  if (!hasSameLength) {
    if (!layout.isDirectMapping) {
      if (BigInt(newLength) < oldLength) {
        if (newLength > caller.dataLength) throw new InstructionFailure('AccountDataTooSmall');
        callerData(context, caller, BigInt(caller.dataLength)).fill(0, newLength);
      }
      callerData(context, caller, BigInt(newLength));
      caller.dataLength = newLength;
    }
    writeU64(context, caller.lengthAddress, BigInt(newLength));
    // The length in the input, right before the data.
    const lengthInInput = caller.dataAddress > 8n ? caller.dataAddress - 8n : 0n;
    viewOf(translateForWriting(context, lengthInInput, 8, 8)).setBigUint64(
      0,
      BigInt(newLength),
      true,
    );
  }
  if (!layout.isDirectMapping) {
    if (caller.dataLength !== newLength) throw new InstructionFailure('AccountDataTooSmall');
    callerData(context, caller, BigInt(newLength)).set(callee.data);
  }
}

function readU64(context: CallingContext, address: bigint): bigint {
  return viewOf(context.memory.map('load', address, 8n)).getBigUint64(0, true);
}

function writeU64(context: CallingContext, address: bigint, value: bigint): void {
  viewOf(context.memory.map('store', address, 8n)).setBigUint64(0, value, true);
}
