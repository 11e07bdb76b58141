/** What an instruction hands back. Source: agave `syscalls/src/lib.rs`. */
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { Destination, PUBKEY_SIZE, translateMut, translateSlice } from './translate';

/** In bytes. Source: solana-sdk `cpi/src/lib.rs`. */
export const MAX_RETURN_DATA = 1024;

export function setReturnData(invoke: InvokeContext, address: bigint, length: bigint): bigint {
  const { cost, transaction } = invoke;
  invoke.meter.consume(length / BigInt(cost.cpiBytesPerUnit) + BigInt(cost.syscallBaseCost));
  if (length > MAX_RETURN_DATA) throw SyscallFailure.returnDataTooLarge(length, MAX_RETURN_DATA);
  const data = translateSlice(invoke, address, length).slice();
  transaction.setReturnData(transaction.currentInstruction().programKey, data);
  return 0n;
}

/** @returns the length of all the data, whatever was asked for */
export function getReturnData(
  invoke: InvokeContext,
  address: bigint,
  wanted: bigint,
  programIdAddress: bigint,
): bigint {
  const { cost, meter } = invoke;
  meter.consume(cost.syscallBaseCost);
  const { programId, data } = invoke.transaction.returnData;
  const length = wanted < data.length ? Number(wanted) : data.length;
  if (length !== 0) {
    meter.consume(Math.floor((length + PUBKEY_SIZE) / cost.cpiBytesPerUnit));
    const result = Destination.slice(address, BigInt(length));
    const program = Destination.type(programIdAddress, PUBKEY_SIZE, 1);
    translateMut(invoke, result, program);
    result.bytes.set(data.subarray(0, length));
    program.bytes.set(programId.bytes);
  }
  return BigInt(data.length);
}
