/** Copying, filling and comparing memory. Source: agave `syscalls/src/mem_ops.rs`. */
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import { Destination, isNonoverlapping, touch, translateMut, translateSlice } from './translate';

const SIZE_OF_I32 = 4;

function consume(invoke: InvokeContext, length: bigint): void {
  const base = BigInt(invoke.cost.memOpBaseCost);
  const copying = length / BigInt(invoke.cost.cpiBytesPerUnit);
  invoke.meter.consume(copying > base ? copying : base);
}

export function memcpy(
  invoke: InvokeContext,
  destination: bigint,
  source: bigint,
  length: bigint,
): bigint {
  consume(invoke, length);
  if (!isNonoverlapping(source, length, destination, length)) {
    throw SyscallFailure.of('CopyOverlapping');
  }
  return move(invoke, destination, source, length);
}

export function memmove(
  invoke: InvokeContext,
  destination: bigint,
  source: bigint,
  length: bigint,
): bigint {
  consume(invoke, length);
  return move(invoke, destination, source, length);
}

function move(invoke: InvokeContext, destination: bigint, source: bigint, length: bigint): bigint {
  if (length === 0n) return 0n;
  touch(invoke, Destination.slice(destination, length));
  const to = invoke.memory.map('store', destination, length);
  // `set` copies as memmove does, also between views of one buffer.
  to.set(translateSlice(invoke, source, length));
  return 0n;
}

export function memset(
  invoke: InvokeContext,
  address: bigint,
  value: bigint,
  length: bigint,
): bigint {
  consume(invoke, length);
  const destination = Destination.slice(address, length);
  translateMut(invoke, destination);
  destination.bytes.fill(Number(value & 0xffn));
  return 0n;
}

/** Writes the difference of the first two bytes that differ, or 0, as an i32. */
export function memcmp(
  invoke: InvokeContext,
  left: bigint,
  right: bigint,
  length: bigint,
  resultAddress: bigint,
): bigint {
  consume(invoke, length);
  const leftBytes = translateSlice(invoke, left, length);
  const rightBytes = translateSlice(invoke, right, length);
  invoke.hostBudget.charge(leftBytes.length * HOST_COST.compareByte);
  const difference = compare(leftBytes, rightBytes);
  const destination = Destination.type(resultAddress, SIZE_OF_I32, SIZE_OF_I32);
  translateMut(invoke, destination);
  const { bytes } = destination;
  new DataView(bytes.buffer, bytes.byteOffset).setInt32(0, difference, true);
  return 0n;
}

function compare(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
