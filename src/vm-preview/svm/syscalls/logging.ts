/** Lines that programs write. Source: agave `syscalls/src/logging.rs`. */
import { programData, programLog } from '../runtime/stable-log';
import type { InvokeContext } from '../runtime/types';
import { HOST_COST } from './host-cost';
import {
  saturatingAdd,
  translatePubkey,
  translateString,
  translateVmSlice,
  translateVmSlices,
} from './translate';

export function log(invoke: InvokeContext, address: bigint, length: bigint): bigint {
  const base = BigInt(invoke.cost.syscallBaseCost);
  invoke.meter.consume(length > base ? length : base);
  invoke.log(programLog(translateString(invoke, address, length)));
  return 0n;
}

export function log64(invoke: InvokeContext, ...values: readonly bigint[]): bigint {
  invoke.meter.consume(invoke.cost.log64Units);
  invoke.log(programLog(values.map((value) => `0x${value.toString(16)}`).join(', ')));
  return 0n;
}

export function logComputeUnits(invoke: InvokeContext): bigint {
  invoke.meter.consume(invoke.cost.syscallBaseCost);
  invoke.log(`Program consumption: ${invoke.meter.remaining} units remaining`);
  return 0n;
}

export function logPubkey(invoke: InvokeContext, address: bigint): bigint {
  invoke.meter.consume(invoke.cost.logPubkeyUnits);
  invoke.log(programLog(translatePubkey(invoke, address).toBase58()));
  return 0n;
}

export function logData(invoke: InvokeContext, address: bigint, count: bigint): bigint {
  const { meter, cost } = invoke;
  meter.consume(cost.syscallBaseCost);
  const slices = translateVmSlices(invoke, address, count);
  meter.consume(cost.syscallBaseCost * slices.length);
  meter.consume(slices.reduce((total, slice) => saturatingAdd(total, slice.length), 0n));
  const fields = slices.map((slice) => translateVmSlice(invoke, slice));
  for (const field of fields) invoke.hostBudget.charge(field.length * HOST_COST.logDataByte);
  invoke.log(programData(fields));
  return 0n;
}
