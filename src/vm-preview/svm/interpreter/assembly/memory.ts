// Address translation. Source: sbpf memory_region.rs.
//
// The upper half of an address picks a window: the region that was last hit there. A miss looks the
// region up (the one with the greatest start that is not above the address) and moves the window.
import {
  FAULT_ACCESS,
  FAULT_ADDRESS,
  FAULT_LENGTH,
  GAP_SIZE,
  REGION_BASE,
  REGION_COUNT,
  REGION_LENGTH,
  REGION_SIZE,
  REGION_VM_ADDRESS,
  REGION_WRITABLE,
  REGIONS,
  WINDOW_BASE,
  WINDOW_COUNT,
  WINDOW_GAP_BIT,
  WINDOW_GAP_MASK,
  WINDOW_LOAD_LIMIT,
  WINDOW_SIZE,
  WINDOW_START,
  WINDOW_STORE_LIMIT,
  WINDOWS,
} from '../layout';

const STACK_WINDOW: u32 = 2;

function setWindow(index: u32, region: usize): void {
  const window = <usize>WINDOWS + <usize>index * WINDOW_SIZE;
  const length = <u64>load<u32>(region, REGION_LENGTH);
  store<u32>(window, <u32>load<u64>(region, REGION_VM_ADDRESS), WINDOW_START);
  store<u32>(window, load<u32>(region, REGION_BASE), WINDOW_BASE);
  store<u64>(window, length, WINDOW_LOAD_LIMIT);
  store<u64>(window, load<u32>(region, REGION_WRITABLE) ? length : 0, WINDOW_STORE_LIMIT);
  const gap = index == STACK_WINDOW ? load<u32>(GAP_SIZE) : 0;
  store<u32>(window, gap, WINDOW_GAP_BIT);
  store<u32>(window, gap ? ~(gap * 2 - 1) : 0, WINDOW_GAP_MASK);
}

/** Lengths and writability may have changed while the host ran. */
export function resetWindows(): void {
  memory.fill(WINDOWS, 0, WINDOW_COUNT * WINDOW_SIZE);
  const count = load<u32>(REGION_COUNT);
  for (let index: u32 = 0; index < count; index++) {
    const region = <usize>load<u32>(REGIONS) + <usize>index * REGION_SIZE;
    const window = load<u64>(region, REGION_VM_ADDRESS) >> 32;
    // The last region of a window wins; any other is looked up when it is hit.
    if (window < <u64>WINDOW_COUNT) setWindow(<u32>window, region);
  }
}

/** @returns the region with the greatest start that is not above the address, or 0 */
function findRegion(address: u64): usize {
  const regions = <usize>load<u32>(REGIONS);
  let low: u32 = 0;
  let high = load<u32>(REGION_COUNT);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u64>(regions + <usize>middle * REGION_SIZE, REGION_VM_ADDRESS) <= address)
      low = middle + 1;
    else high = middle;
  }
  return low == 0 ? 0 : regions + <usize>(low - 1) * REGION_SIZE;
}

// @ts-ignore: decorator
@inline
function throughWindow(index: u32, address: u64, length: u64, limitField: usize): usize {
  const window = <usize>WINDOWS + <usize>index * WINDOW_SIZE;
  const offset = <u32>address - load<u32>(window, WINDOW_START);
  if (offset & load<u32>(window, WINDOW_GAP_BIT)) return 0;
  const inner = offset - ((offset & load<u32>(window, WINDOW_GAP_MASK)) >> 1);
  if (<u64>inner + length > load<u64>(window + limitField)) return 0;
  return <usize>(load<u32>(window, WINDOW_BASE) + inner);
}

function afterMiss(address: u64, length: u64, limitField: usize): usize {
  const index = <u32>(address >> 32);
  const region = findRegion(address);
  if (region != 0 && index < <u32>WINDOW_COUNT) {
    if (load<u64>(region, REGION_VM_ADDRESS) >> 32 == <u64>index) {
      setWindow(index, region);
      const host = throughWindow(index, address, length, limitField);
      if (host) return host;
    }
  }
  store<u64>(FAULT_ADDRESS, address);
  store<u32>(FAULT_LENGTH, <u32>length);
  store<u32>(FAULT_ACCESS, limitField == WINDOW_STORE_LIMIT ? 1 : 0);
  return 0;
}

/** @returns where the bytes are in linear memory, or 0 after noting a fault */
// @ts-ignore: decorator
@inline
export function forLoad(address: u64, length: u64): usize {
  const index = <u32>(address >> 32);
  if (index < <u32>WINDOW_COUNT) {
    const host = throughWindow(index, address, length, WINDOW_LOAD_LIMIT);
    if (host) return host;
  }
  return afterMiss(address, length, WINDOW_LOAD_LIMIT);
}

/** @returns where the bytes are in linear memory, or 0 after noting a fault */
// @ts-ignore: decorator
@inline
export function forStore(address: u64, length: u64): usize {
  const index = <u32>(address >> 32);
  if (index < <u32>WINDOW_COUNT) {
    const host = throughWindow(index, address, length, WINDOW_STORE_LIMIT);
    if (host) return host;
  }
  return afterMiss(address, length, WINDOW_STORE_LIMIT);
}
