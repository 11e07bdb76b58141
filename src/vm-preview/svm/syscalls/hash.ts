/** Hashes over slices of slices. Source: agave `syscalls/src/lib.rs` (`SyscallHash`). */
import { blake3 } from '@noble/hashes/blake3.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import {
  Destination,
  translateMut,
  translateVmSlice,
  translateVmSlices,
  writeBytes,
} from './translate';

interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

interface HashFunction {
  /** As the logs name it. */
  readonly name: string;
  readonly outputSize: number;
  create(): Hasher;
}

/** All four cost what SHA-256 does, and take as many slices. */
function hash(
  { name, outputSize, create }: HashFunction,
  invoke: InvokeContext,
  valuesAddress: bigint,
  count: bigint,
  resultAddress: bigint,
): bigint {
  const { meter, cost, budget } = invoke;
  if (BigInt(budget.sha256MaxSlices) < count) {
    invoke.log(
      `${name} Hashing ${count} sequences in one syscall is over the limit ${budget.sha256MaxSlices}`,
    );
    throw SyscallFailure.of('TooManySlices');
  }
  meter.consume(cost.sha256BaseCost);
  translateMut(invoke, Destination.slice(resultAddress, BigInt(outputSize)));
  const hasher = create();
  for (const slice of translateVmSlices(invoke, valuesAddress, count)) {
    const bytes = translateVmSlice(invoke, slice);
    meter.consume(Math.max(cost.memOpBaseCost, cost.sha256ByteCost * Math.floor(bytes.length / 2)));
    invoke.hostBudget.charge(bytes.length * HOST_COST.hashPerByte);
    hasher.update(bytes);
  }
  writeBytes(invoke, resultAddress, hasher.digest());
  return 0n;
}

type HashSyscall = (
  invoke: InvokeContext,
  valuesAddress: bigint,
  count: bigint,
  resultAddress: bigint,
) => bigint;

function hashSyscall(hashFunction: HashFunction): HashSyscall {
  return (invoke, valuesAddress, count, resultAddress) =>
    hash(hashFunction, invoke, valuesAddress, count, resultAddress);
}

export const sha256Syscall = hashSyscall({
  name: 'Sha256',
  outputSize: 32,
  create: () => sha256.create(),
});
export const keccak256Syscall = hashSyscall({
  name: 'Keccak256',
  outputSize: 32,
  create: () => keccak_256.create(),
});
export const blake3Syscall = hashSyscall({
  name: 'Blake3',
  outputSize: 32,
  create: () => blake3.create(),
});
export const sha512Syscall = hashSyscall({
  name: 'Sha512',
  outputSize: 64,
  create: () => sha512.create(),
});
