/**
 * From a program's pointers to bytes.
 * Source: agave `program-runtime/src/memory.rs`, `syscalls/src/lib.rs` (`translate_mut!`).
 */
import { Pubkey } from '../pubkey';
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { decodeUtf8 } from './utf8';

/** What a translation needs of the InvokeContext. */
export type Guest = Pick<InvokeContext, 'memory' | 'checkAligned'>;

const U64_MAX = (1n << 64n) - 1n;
/** The largest `isize`: no slice is longer. */
const ISIZE_MAX = (1n << 63n) - 1n;
const EMPTY = new Uint8Array(0);

export const PUBKEY_SIZE = 32;
/** Bytes of a pointer and a length (`VmSlice`). */
const VM_SLICE_SIZE = 16;
const ALIGN_OF_U64 = 8;

export function saturatingAdd(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > U64_MAX ? U64_MAX : sum;
}

export function saturatingMul(a: bigint, b: bigint): bigint {
  const product = a * b;
  return product > U64_MAX ? U64_MAX : product;
}

/** Regions are as aligned on the host as in the program's address space, so the address decides. */
function checkAlignment(guest: Guest, address: bigint, align: number): void {
  if (guest.checkAligned && align > 1 && address % BigInt(align) !== 0n) {
    throw SyscallFailure.of('UnalignedPointer');
  }
}

/**
 * `translate_type`: a live view of `size` bytes at `address`.
 *
 * @throws VmFault AccessViolation; SyscallFailure UnalignedPointer
 */
export function translateType(
  guest: Guest,
  address: bigint,
  size: number,
  align: number,
): Uint8Array {
  const bytes = guest.memory.map('load', address, BigInt(size));
  checkAlignment(guest, address, align);
  return bytes;
}

/**
 * `translate_slice`: a live view of `count` elements of `size` bytes. An empty slice may point anywhere.
 *
 * @throws VmFault AccessViolation; SyscallFailure InvalidLength or UnalignedPointer
 */
export function translateSlice(
  guest: Guest,
  address: bigint,
  count: bigint,
  size = 1,
  align = 1,
): Uint8Array {
  if (count === 0n) return EMPTY;
  const total = saturatingMul(count, BigInt(size));
  if (total > ISIZE_MAX) throw SyscallFailure.of('InvalidLength');
  const bytes = guest.memory.map('load', address, total);
  checkAlignment(guest, address, align);
  return bytes;
}

/** A pointer and a length, as programs pass slices of slices. */
export interface VmSlice {
  readonly address: bigint;
  readonly length: bigint;
}

/** `translate_slice::<VmSlice<u8>>`, read out of the program's memory. */
export function translateVmSlices(guest: Guest, address: bigint, count: bigint): VmSlice[] {
  const bytes = translateSlice(guest, address, count, VM_SLICE_SIZE, ALIGN_OF_U64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const slices: VmSlice[] = [];
  for (let offset = 0; offset < bytes.length; offset += VM_SLICE_SIZE) {
    slices.push({
      address: view.getBigUint64(offset, true),
      length: view.getBigUint64(offset + 8, true),
    });
  }
  return slices;
}

/** `translate_vm_slice::<u8>`: a live view. */
export function translateVmSlice(guest: Guest, slice: VmSlice): Uint8Array {
  return translateSlice(guest, slice.address, slice.length);
}

/** Copies an address out of the program's memory. */
export function translatePubkey(guest: Guest, address: bigint): Pubkey {
  return Pubkey.from(translateType(guest, address, PUBKEY_SIZE, 1));
}

/**
 * `translate_string_and_do`, without the doing.
 *
 * @throws VmFault AccessViolation; SyscallFailure InvalidString, which shows all the bytes
 */
export function translateString(guest: Guest, address: bigint, length: bigint): string {
  const bytes = translateSlice(guest, address, length);
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) throw SyscallFailure.invalidString(decoded.reason, bytes);
  return decoded.text;
}

/** Where a syscall writes a result. `bytes` is there after `translateMut`. */
export class Destination {
  bytes: Uint8Array = EMPTY;

  private constructor(
    readonly address: bigint,
    readonly length: bigint,
    readonly align: number,
    /** An empty slice may point anywhere; a value of any size must be mapped. */
    readonly isSlice: boolean,
  ) {}

  /** `&mut [T]` */
  static slice(address: bigint, count: bigint, size = 1, align = 1): Destination {
    return new Destination(address, saturatingMul(count, BigInt(size)), align, true);
  }

  /** `&mut T` */
  static type(address: bigint, size: number, align: number): Destination {
    return new Destination(address, BigInt(size), align, false);
  }

  get isNowhere(): boolean {
    return this.isSlice && this.length === 0n;
  }
}

/**
 * `translate_mut!`: first makes all destinations writable, which may grow accounts, then translates
 * each, then refuses any two that overlap. Views taken earlier are dead afterwards.
 *
 * @throws VmFault AccessViolation; SyscallFailure UnalignedPointer or CopyOverlapping
 */
export function translateMut(guest: Guest, ...destinations: readonly Destination[]): void {
  for (const destination of destinations) touch(guest, destination);
  for (const destination of destinations) {
    if (destination.isNowhere) continue;
    destination.bytes = guest.memory.map('store', destination.address, destination.length);
    checkAlignment(guest, destination.address, destination.align);
  }
  destinations.forEach((a, index) => {
    for (const b of destinations.slice(index + 1)) {
      if (overlaps(a.bytes, b.bytes)) throw SyscallFailure.of('CopyOverlapping');
    }
  });
}

/** `touch_slice_mut` and `touch_type_mut` */
export function touch(guest: Guest, destination: Destination): void {
  if (!destination.isNowhere) guest.memory.touch(destination.address, destination.length);
}

/** Makes the bytes writable and writes them. */
export function writeBytes(guest: Guest, address: bigint, bytes: Uint8Array): void {
  const destination = Destination.slice(address, BigInt(bytes.length));
  translateMut(guest, destination);
  destination.bytes.set(bytes);
}

function overlaps(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length === 0 || b.length === 0 || a.buffer !== b.buffer) return false;
  return !isNonoverlapping(
    BigInt(a.byteOffset),
    BigInt(a.length),
    BigInt(b.byteOffset),
    BigInt(b.length),
  );
}

/** Source: agave `syscalls/src/mem_ops.rs`. */
export function isNonoverlapping(
  source: bigint,
  sourceLength: bigint,
  destination: bigint,
  destinationLength: bigint,
): boolean {
  return source > destination
    ? source - destination >= destinationLength
    : destination - source >= sourceLength;
}
