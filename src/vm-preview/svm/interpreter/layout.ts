/**
 * Where the interpreter keeps its state in linear memory. Read by TypeScript and by AssemblyScript
 * alike: only plain number constants belong here. Addresses and sizes in bytes.
 */

/** r0 to r10, then pc (only for traces). */
export const REGISTERS = 64;

/** By the upper half of an address: the region that was last hit there. */
export const WINDOWS = 192;
export const WINDOW_SIZE = 32;
/** Input is the last region (4). */
export const WINDOW_COUNT = 5;
export const WINDOW_START = 0;
export const WINDOW_BASE = 4;
export const WINDOW_LOAD_LIMIT = 8;
export const WINDOW_STORE_LIMIT = 16;
export const WINDOW_GAP_BIT = 24;
export const WINDOW_GAP_MASK = 28;

/** Address of the instruction to run next. */
export const PC = 512;
/** Instructions that may still run. */
export const FUEL = 516;
export const FAULT_ADDRESS = 520;
export const FAULT_LENGTH = 528;
/** 0 load, 1 store. */
export const FAULT_ACCESS = 532;
export const CALL_DEPTH = 536;
export const MAX_CALL_DEPTH = 540;
/** Address of the call frames. */
export const FRAMES = 544;
/** What a call adds to r10. */
export const FRAME_BUMP = 548;
/** Address and number of the lowered instructions. */
export const RECORDS = 552;
export const RECORD_COUNT = 556;
/** Address of the text in the program's own space, as u64. */
export const TEXT_ADDRESS = 560;
/** Address and number of the regions, in order of their addresses. */
export const REGIONS = 568;
export const REGION_COUNT = 572;
/** Size of a stack frame when there are gaps between the frames, else 0. */
export const GAP_SIZE = 576;

/** All of the above: what a nested run saves and restores. */
export const STATE_SIZE = 640;
/** Memory from here on is handed out. */
export const HEAP_START = 1024;

/** r6 to r9, r10, the address to return to. */
export const FRAME_SIZE = 48;

export const REGION_SIZE = 24;
export const REGION_VM_ADDRESS = 0;
export const REGION_LENGTH = 8;
export const REGION_BASE = 12;
export const REGION_WRITABLE = 16;

/** A lowered instruction: operation, dst * 8, src * 8, 0, jump or memory offset, imm, block length. */
export const RECORD_SIZE = 16;
export const RECORD_DST = 1;
export const RECORD_SRC = 2;
/** i32: what to add to the address (of the instruction for a jump, of memory otherwise). */
export const RECORD_OFFSET = 4;
export const RECORD_IMM = 8;
/** u32: instructions from this one to the end of its block, both included. */
export const RECORD_BLOCK = 12;

// Why the interpreter returned.
export const STATUS_EXIT = 0;
export const STATUS_SYSCALL = 1;
export const STATUS_OUT_OF_FUEL = 2;
export const STATUS_ACCESS = 3;
export const STATUS_DIVIDE_BY_ZERO = 4;
export const STATUS_DIVIDE_OVERFLOW = 5;
export const STATUS_OVERRUN = 6;
export const STATUS_CALL_OUTSIDE = 7;
export const STATUS_CALL_DEPTH = 8;
export const STATUS_UNSUPPORTED = 9;
export const STATUS_INVALID = 10;
/** At an instruction that is not lowered yet. */
export const STATUS_LAZY = 11;
