/**
 * The seam between the sBPF machine and the runtime above it. The names are sbpf's own
 * (anza-xyz/sbpf `src/{vm,elf,memory_region,error}.rs`).
 */

export type AccessType = 'load' | 'store';

/** sBPF versions 0 to 3, as the ELF header's flags name them. */
export type SbpfVersion = 0 | 1 | 2 | 3;

/** Where each kind of memory starts. Source: sbpf `src/ebpf.rs`. */
export const MM_REGION_SIZE = 1n << 32n;
export const MM_BYTECODE_START = 1n << 32n;
export const MM_STACK_START = 2n << 32n;
export const MM_HEAP_START = 3n << 32n;
export const MM_INPUT_START = 4n << 32n;

/** Source: sbpf `src/vm.rs` (`Config`), with the values that agave `syscalls/src/lib.rs` gives it. */
export interface SbpfConfig {
  readonly maxCallDepth: number;
  /** In bytes. */
  readonly stackFrameSize: number;
  readonly enableStackFrameGaps: boolean;
  /** Deployment refuses ELFs that execution tolerates. */
  readonly rejectBrokenElfs: boolean;
  readonly minVersion: SbpfVersion;
  readonly maxVersion: SbpfVersion;
  /** `false` once virtual_address_space_adjustments is active. */
  readonly alignedMemoryMapping: boolean;
}

/**
 * A span of the program's address space, backed by the machine's linear memory.
 * `length` may be changed while a program runs (an account grows); `capacity` bytes are there.
 */
export interface MemoryRegion {
  readonly vmAddress: bigint;
  /** Bytes the program may reach. */
  length: number;
  /** Bytes that back it; `length` never exceeds it. */
  readonly capacity: number;
  writable: boolean;
  /** Index in the transaction, when the region is an account's data (`access_violation_handler_payload`). */
  readonly accountIndex: number | undefined;
  /** A view of all `capacity` bytes, valid until the next `enter`. */
  bytes(): Uint8Array;
}

export interface InputRegion {
  readonly vmAddress: bigint;
  /** Copied into the machine's memory. */
  readonly bytes: Uint8Array;
  /** Bytes to reserve, at least `bytes.length`; the rest is zero. */
  readonly capacity: number;
  readonly writable: boolean;
  readonly accountIndex: number | undefined;
}

/** The program's memory as a syscall sees it. */
export interface VmMemory {
  /**
   * A live view of `length` bytes at `address`. Like sbpf's `MemoryMapping::map`: it checks the region,
   * its bounds, stack gaps and writability, nothing else (alignment and empty slices are the caller's).
   * Valid until the next program is entered: look again after a cross-program call.
   *
   * @throws VmFault AccessViolation or StackAccessViolation
   */
  map(access: AccessType, address: bigint, length: bigint): Uint8Array;
  /**
   * Makes sure that a store there would succeed, asking `onAccessViolation` before it fails (which
   * `map` never does). Views taken before are dead from here on. Source: sbpf
   * `map_with_access_violation_handler`.
   *
   * @throws VmFault AccessViolation or StackAccessViolation
   */
  touch(address: bigint, length: bigint): void;
  /** The regions in order: rodata, stack, heap, input… */
  readonly regions: readonly MemoryRegion[];
}

/** Counts what is left of the transaction's compute units. */
export interface ComputeMeter {
  readonly remaining: number;
  /**
   * Takes `amount` units, or all that is left.
   *
   * @throws InstructionFailure ComputationalBudgetExceeded when there were fewer
   */
  consume(amount: number | bigint): void;
  /** Takes units that the interpreter has counted; never throws, stops at zero. */
  consumeUnchecked(amount: number): void;
}

/**
 * A function that programs call by the murmur3 hash of its name. Arguments are u64.
 *
 * @throws what agave's syscall returns as an error; the machine wraps it in a VmFault SyscallError
 */
export type Syscall = (r1: bigint, r2: bigint, r3: bigint, r4: bigint, r5: bigint) => bigint;

/** What ran, or why it stopped. */
export type VmResult =
  | { readonly ok: true; readonly status: bigint }
  | { readonly ok: false; readonly fault: Error };

/** A program's registers before an instruction: r0 to r10 and pc. For tests and differential runs. */
export type RegisterTrace = BigUint64Array[];

export interface EnterOptions {
  readonly heapSize: number;
  readonly input: readonly InputRegion[];
  readonly meter: ComputeMeter;
  /** By murmur3 hash. */
  readonly syscalls: Pick<ReadonlyMap<number, Syscall>, 'get'>;
  /**
   * Asked once before an access fails; may change the region (grow an account) so that it succeeds.
   * Only with unaligned mapping. Source: agave `transaction-context`, `access_violation_handler`.
   */
  readonly onAccessViolation?: (
    region: MemoryRegion,
    access: AccessType,
    address: bigint,
    length: bigint,
  ) => void;
  readonly trace?: RegisterTrace;
  /** r0 to r10 at the start, in place of sbpf's own. For test vectors. */
  readonly registers?: readonly bigint[];
}

/** One program's execution: entered, run once, left. Nested calls enter a further one on the same machine. */
export interface Vm {
  readonly memory: VmMemory;
  /** Runs from the entry point. `r1` is MM_INPUT_START, `r2` the instruction data's offset (SIMD-0321). */
  run(r1: bigint, r2: bigint): VmResult;
  /** Gives its memory back. Views taken from it are dead from here on. */
  leave(): void;
}
