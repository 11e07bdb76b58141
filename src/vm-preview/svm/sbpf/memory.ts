/** A program's address space. Source: sbpf `src/memory_region.rs`. */
import * as layout from '../interpreter/layout';
import type { Arena } from './arena';
import { accessViolation, invalidMemoryRegion, stackAccessViolation, type VmFault } from './fault';
import {
  type AccessType,
  type EnterOptions,
  type MemoryRegion,
  MM_BYTECODE_START,
  MM_HEAP_START,
  MM_INPUT_START,
  MM_REGION_SIZE,
  MM_STACK_START,
  type SbpfConfig,
  type VmMemory,
} from './types';
import type { VersionRules } from './version';

const ADDRESS_BITS = 32n;
const I64_MAX = 0x7fff_ffff_ffff_ffffn;

const REGION_NAMES: ReadonlyMap<bigint, string> = new Map([
  [MM_BYTECODE_START, 'program'],
  [MM_STACK_START, 'stack'],
  [MM_HEAP_START, 'heap'],
  [MM_INPUT_START, 'input'],
]);

/** Where a region lies in linear memory, before it has a place in the table. */
export interface RegionPlan {
  readonly vmAddress: bigint;
  readonly base: number;
  readonly length: number;
  readonly capacity: number;
  readonly writable: boolean;
  readonly accountIndex: number | undefined;
}

/** A region whose length and writability the interpreter reads from its table. */
class Region implements MemoryRegion {
  readonly vmAddress: bigint;
  readonly capacity: number;
  readonly accountIndex: number | undefined;
  readonly base: number;
  /** Twice the length for a stack with gaps. */
  readonly #stretch: bigint;
  readonly #arena: Arena;
  readonly #entry: number;
  #length: number;
  #writable: boolean;
  /** What `bytes` gave last, and all of the memory as it was then: growing makes views anew. */
  #bytes: Uint8Array | undefined;
  #memory: Uint8Array | undefined;

  constructor(arena: Arena, entry: number, plan: RegionPlan, isGapped: boolean) {
    this.vmAddress = plan.vmAddress;
    this.capacity = plan.capacity;
    this.accountIndex = plan.accountIndex;
    this.base = plan.base;
    this.#stretch = isGapped ? 2n : 1n;
    this.#arena = arena;
    this.#entry = entry;
    this.#length = plan.length;
    this.#writable = plan.writable;
    const { view } = arena;
    view.setBigUint64(entry + layout.REGION_VM_ADDRESS, plan.vmAddress, true);
    view.setUint32(entry + layout.REGION_LENGTH, plan.length, true);
    view.setUint32(entry + layout.REGION_BASE, plan.base, true);
    view.setUint32(entry + layout.REGION_WRITABLE, plan.writable ? 1 : 0, true);
  }

  get length(): number {
    return this.#length;
  }

  set length(length: number) {
    if (!Number.isInteger(length) || length < 0 || length > this.capacity)
      throw new RangeError(`a region of ${this.capacity} bytes cannot hold ${length}`);
    this.#length = length;
    this.#arena.view.setUint32(this.#entry + layout.REGION_LENGTH, length, true);
  }

  get writable(): boolean {
    return this.#writable;
  }

  set writable(writable: boolean) {
    this.#writable = writable;
    this.#arena.view.setUint32(this.#entry + layout.REGION_WRITABLE, writable ? 1 : 0, true);
  }

  /** First address after the region. */
  get end(): bigint {
    return this.vmAddress + BigInt(this.#length) * this.#stretch;
  }

  bytes(): Uint8Array {
    const memory = this.#arena.bytes;
    if (this.#bytes === undefined || this.#memory !== memory) {
      this.#bytes = memory.subarray(this.base, this.base + this.capacity);
      this.#memory = memory;
    }
    return this.#bytes;
  }
}

export class AddressSpace implements VmMemory {
  /** In order of their addresses; of equal order to the table that the interpreter reads. */
  readonly regions: readonly Region[];
  /** Bytes between the frames of the stack, or 0. */
  readonly gapSize: bigint;
  readonly #arena: Arena;
  readonly #config: SbpfConfig;
  readonly #rules: VersionRules;
  readonly #onAccessViolation: EnterOptions['onAccessViolation'];

  /**
   * @param table - address of `plans.length` region entries
   * @throws VmFault InvalidMemoryRegion
   */
  constructor(
    arena: Arena,
    table: number,
    plans: readonly RegionPlan[],
    config: SbpfConfig,
    rules: VersionRules,
    onAccessViolation: EnterOptions['onAccessViolation'],
  ) {
    this.#arena = arena;
    this.#config = config;
    this.#rules = rules;
    this.#onAccessViolation = onAccessViolation;
    const hasGaps = rules.stackFrameGaps && config.enableStackFrameGaps;
    this.gapSize = hasGaps ? BigInt(config.stackFrameSize) : 0n;
    const sorted = [...plans].sort((a, b) => compare(a.vmAddress, b.vmAddress));
    this.regions = sorted.map(
      (plan, index) =>
        new Region(
          arena,
          table + index * layout.REGION_SIZE,
          plan,
          hasGaps && plan.vmAddress === MM_STACK_START,
        ),
    );
    if (config.alignedMemoryMapping) checkAligned(this.regions);
    else checkUnaligned(this.regions);
  }

  map(access: AccessType, address: bigint, length: bigint): Uint8Array {
    const region = this.#find(address);
    const offset = region && this.#offsetIn(region, access, address, length);
    if (region === undefined || offset === undefined) throw this.violation(access, address, length);
    const start = region.base + offset;
    return this.#arena.bytes.subarray(start, start + Number(length));
  }

  touch(address: bigint, length: bigint): void {
    if (!this.allow('store', address, length)) throw this.violation('store', address, length);
  }

  /**
   * Whether an access succeeds, after asking `onAccessViolation` once if it does not.
   * Source: `map_with_access_violation_handler`.
   */
  allow(access: AccessType, address: bigint, length: bigint): boolean {
    const region = this.#find(address);
    if (region === undefined) return false;
    if (this.#offsetIn(region, access, address, length) !== undefined) return true;
    if (this.#onAccessViolation === undefined) return false;
    this.#onAccessViolation(region, access, address, length);
    return this.#offsetIn(region, access, address, length) !== undefined;
  }

  /** Source: `generate_access_violation`. */
  violation(access: AccessType, address: bigint, length: bigint): VmFault {
    const faulty = { type: access, address, length };
    const frame = this.#frameOf(address);
    if (
      !this.#rules.manualStackFrameBump &&
      frame >= -1n &&
      frame < BigInt(this.#config.maxCallDepth) + 1n
    )
      return stackAccessViolation(faulty, frame);
    const region = this.#find(address);
    const isInside = region !== undefined && address >= region.vmAddress && address < region.end;
    const start = (address / MM_REGION_SIZE) * MM_REGION_SIZE;
    const name = isInside ? (REGION_NAMES.get(start) ?? 'allocated') : 'unallocated';
    return accessViolation(faulty, name);
  }

  #frameOf(address: bigint): bigint {
    const signed = BigInt.asIntN(64, address);
    const distance = signed - MM_STACK_START;
    const least = -I64_MAX - 1n;
    // BigInt division truncates, as Rust's does.
    return (distance < least ? least : distance) / BigInt(this.#config.stackFrameSize);
  }

  /** The region with the greatest start that is not above the address; aligned: that of its upper half. */
  #find(address: bigint): Region | undefined {
    let low = 0;
    let high = this.regions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const region = this.regions[middle];
      if (region !== undefined && region.vmAddress <= address) low = middle + 1;
      else high = middle;
    }
    const found = this.regions[low - 1];
    if (
      this.#config.alignedMemoryMapping &&
      found !== undefined &&
      found.vmAddress >> ADDRESS_BITS !== address >> ADDRESS_BITS
    )
      return undefined;
    return found;
  }

  /** Source: `vm_to_host_buffer`. */
  #offsetIn(
    region: Region,
    access: AccessType,
    address: bigint,
    length: bigint,
  ): number | undefined {
    if (access === 'store' && !region.writable) return undefined;
    let offset = address - region.vmAddress;
    if (offset < 0n) return undefined;
    if (this.gapSize > 0n && region.vmAddress === MM_STACK_START) {
      if ((offset & this.gapSize) !== 0n) return undefined;
      const inFrame = offset & (this.gapSize - 1n);
      offset = ((offset - inFrame) >> 1n) | inFrame;
    }
    return offset + length <= BigInt(region.length) ? Number(offset) : undefined;
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each region lies at the start of its own 4 GiB. Source: `AlignedMemoryMapping::initialize`. */
function checkAligned(regions: readonly Region[]): void {
  let expected = 0n;
  for (const region of regions) {
    const index = region.vmAddress >> ADDRESS_BITS;
    if (index < expected) throw invalidMemoryRegion(Number(index));
    expected = index + 1n;
  }
}

/** Source: `UnalignedMemoryMapping::initialize`. */
function checkUnaligned(regions: readonly Region[]): void {
  for (const [index, region] of regions.entries()) {
    const before = regions[index - 1];
    if (before !== undefined && before.end > region.vmAddress) throw invalidMemoryRegion(index);
  }
}
