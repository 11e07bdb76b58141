/** The allocator of programs built long ago. Source: agave `syscalls/src/lib.rs` (`SyscallAllocFree`). */
import type { InvokeContext } from '../runtime/types';

const ISIZE_MAX = (1n << 63n) - 1n;

/** Free: no units. @returns the address, or 0 when there is no room; freeing does nothing */
export function allocFree(invoke: InvokeContext, size: bigint, freeAddress: bigint): bigint {
  const align = invoke.checkAligned ? 8n : 1n;
  // What Rust's `Layout` refuses.
  if (size > ISIZE_MAX - (align - 1n)) return 0n;
  if (freeAddress !== 0n) return 0n;
  return invoke.allocator.alloc(size, align) ?? 0n;
}
