// The loop. Source: sbpf interpreter.rs; each case is one of its match arms.
//
// Units are charged by block, where one is entered: a block ends with a jump, a call, an exit or what
// cannot run. A fault gives back what it did not reach. When the units do not last for the whole block,
// the instruction after the last one that may run is replaced by STOP for the time being.
import * as op from '../operations';
import {
  CALL_DEPTH,
  FRAME_BUMP,
  FRAME_SIZE,
  FRAMES,
  FUEL,
  MAX_CALL_DEPTH,
  PC,
  RECORD_BLOCK,
  RECORD_COUNT,
  RECORD_SIZE,
  RECORDS,
  REGISTERS,
  STATUS_ACCESS,
  STATUS_CALL_DEPTH,
  STATUS_CALL_OUTSIDE,
  STATUS_DIVIDE_BY_ZERO,
  STATUS_DIVIDE_OVERFLOW,
  STATUS_EXIT,
  STATUS_INVALID,
  STATUS_LAZY,
  STATUS_OUT_OF_FUEL,
  STATUS_OVERRUN,
  STATUS_SYSCALL,
  STATUS_UNSUPPORTED,
  TEXT_ADDRESS,
} from '../layout';
import { signedHigh, unsignedHigh } from './arithmetic';
import { forLoad, forStore, resetWindows } from './memory';
import { dst, dst32, imm, imm32, offset, setDst, signed, src, src32 } from './registers';

/** The instruction that STOP stands in for, or 0. */
let patched: usize = 0;
let patchedOperation: u8 = 0;

function unpatch(): void {
  if (patched == 0) return;
  store<u8>(patched, patchedOperation);
  patched = 0;
}

/**
 * Called when `fuel`, already charged for the block at `pc`, is below zero: puts STOP where it runs out.
 *
 * @returns false when not one instruction may run
 */
function patch(pc: usize, fuel: i32): bool {
  let count = fuel + load<i32>(pc, RECORD_BLOCK);
  if (count == 0) return false;
  for (; count > 0; count--)
    pc += <i32>load<u8>(pc) == op.LDDW ? 2 * RECORD_SIZE : RECORD_SIZE;
  patched = pc;
  patchedOperation = load<u8>(pc);
  store<u8>(pc, op.STOP);
  return true;
}

function leave(pc: usize, fuel: i32, status: i32): i32 {
  store<u32>(PC, <u32>pc);
  store<i32>(FUEL, fuel);
  return status;
}

/** The instruction at `pc` has run and failed; what follows it in its block has not. */
function fault(pc: usize, fuel: i32, status: i32): i32 {
  unpatch();
  return leave(pc, fuel + load<i32>(pc, RECORD_BLOCK) - 1, status);
}

// @ts-ignore: decorator
@inline
function pushFrame(pc: usize): bool {
  const depth = load<u32>(CALL_DEPTH);
  const frame = <usize>load<u32>(FRAMES) + <usize>depth * FRAME_SIZE;
  store<u64>(frame, load<u64>(REGISTERS + 6 * 8));
  store<u64>(frame, load<u64>(REGISTERS + 7 * 8), 8);
  store<u64>(frame, load<u64>(REGISTERS + 8 * 8), 16);
  store<u64>(frame, load<u64>(REGISTERS + 9 * 8), 24);
  store<u64>(frame, load<u64>(REGISTERS + 10 * 8), 32);
  store<u32>(frame, <u32>(pc + RECORD_SIZE), 40);
  store<u32>(CALL_DEPTH, depth + 1);
  if (depth + 1 == load<u32>(MAX_CALL_DEPTH)) return false;
  store<u64>(REGISTERS + 10 * 8, load<u64>(REGISTERS + 10 * 8) + <u64>load<u32>(FRAME_BUMP));
  return true;
}

// @ts-ignore: decorator
@inline
function popFrame(): usize {
  const depth = load<u32>(CALL_DEPTH) - 1;
  store<u32>(CALL_DEPTH, depth);
  const frame = <usize>load<u32>(FRAMES) + <usize>depth * FRAME_SIZE;
  store<u64>(REGISTERS + 6 * 8, load<u64>(frame));
  store<u64>(REGISTERS + 7 * 8, load<u64>(frame, 8));
  store<u64>(REGISTERS + 8 * 8, load<u64>(frame, 16));
  store<u64>(REGISTERS + 9 * 8, load<u64>(frame, 24));
  store<u64>(REGISTERS + 10 * 8, load<u64>(frame, 32));
  return <usize>load<u32>(frame, 40);
}

/**
 * Runs from PC until something needs the host or `fuel` instructions have run.
 * Leaves PC at the instruction that stopped it, and in FUEL what it did not use.
 */
export function run(fuel: i32): i32 {
  resetWindows();
  let pc = <usize>load<u32>(PC);
  fuel -= load<i32>(pc, RECORD_BLOCK);
  if (fuel < 0 && !patch(pc, fuel)) return leave(pc, 0, STATUS_OUT_OF_FUEL);
  while (true) {
    switch (<i32>load<u8>(pc)) {
      // It belongs to no block, so nothing was charged for it.
      case op.LAZY: return leave(pc, fuel, STATUS_LAZY);
      case op.ADD64_IMM: setDst(pc, dst(pc) + imm(pc)); pc += RECORD_SIZE; continue;
      case op.ADD64_REG: setDst(pc, dst(pc) + src(pc)); pc += RECORD_SIZE; continue;
      case op.SUB64_IMM: setDst(pc, dst(pc) - imm(pc)); pc += RECORD_SIZE; continue;
      case op.SUB64_REG: setDst(pc, dst(pc) - src(pc)); pc += RECORD_SIZE; continue;
      case op.RSUB64_IMM: setDst(pc, imm(pc) - dst(pc)); pc += RECORD_SIZE; continue;
      case op.MUL64_IMM: setDst(pc, dst(pc) * imm(pc)); pc += RECORD_SIZE; continue;
      case op.MUL64_REG: setDst(pc, dst(pc) * src(pc)); pc += RECORD_SIZE; continue;
      case op.DIV64_IMM: setDst(pc, dst(pc) / imm(pc)); pc += RECORD_SIZE; continue;
      case op.DIV64_REG: {
        const divisor = src(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        setDst(pc, dst(pc) / divisor);
        pc += RECORD_SIZE;
        continue;
      }
      case op.MOD64_IMM: setDst(pc, dst(pc) % imm(pc)); pc += RECORD_SIZE; continue;
      case op.MOD64_REG: {
        const divisor = src(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        setDst(pc, dst(pc) % divisor);
        pc += RECORD_SIZE;
        continue;
      }
      case op.OR64_IMM: setDst(pc, dst(pc) | imm(pc)); pc += RECORD_SIZE; continue;
      case op.OR64_REG: setDst(pc, dst(pc) | src(pc)); pc += RECORD_SIZE; continue;
      case op.AND64_IMM: setDst(pc, dst(pc) & imm(pc)); pc += RECORD_SIZE; continue;
      case op.AND64_REG: setDst(pc, dst(pc) & src(pc)); pc += RECORD_SIZE; continue;
      case op.LSH64_IMM: setDst(pc, dst(pc) << imm(pc)); pc += RECORD_SIZE; continue;
      case op.LSH64_REG: setDst(pc, dst(pc) << src(pc)); pc += RECORD_SIZE; continue;
      case op.RSH64_IMM: setDst(pc, dst(pc) >> imm(pc)); pc += RECORD_SIZE; continue;
      case op.RSH64_REG: setDst(pc, dst(pc) >> src(pc)); pc += RECORD_SIZE; continue;
      case op.XOR64_IMM: setDst(pc, dst(pc) ^ imm(pc)); pc += RECORD_SIZE; continue;
      case op.XOR64_REG: setDst(pc, dst(pc) ^ src(pc)); pc += RECORD_SIZE; continue;
      case op.MOV64_IMM: setDst(pc, imm(pc)); pc += RECORD_SIZE; continue;
      case op.MOV64_REG: setDst(pc, src(pc)); pc += RECORD_SIZE; continue;
      case op.ARSH64_IMM: setDst(pc, <u64>(<i64>dst(pc) >> <i64>imm(pc))); pc += RECORD_SIZE; continue;
      case op.ARSH64_REG: setDst(pc, <u64>(<i64>dst(pc) >> <i64>src(pc))); pc += RECORD_SIZE; continue;
      case op.NEG64: setDst(pc, 0 - dst(pc)); pc += RECORD_SIZE; continue;
      case op.HOR64_IMM: setDst(pc, dst(pc) | (imm(pc) << 32)); pc += RECORD_SIZE; continue;
      case op.ADD32S_IMM: setDst(pc, signed(dst32(pc) + imm32(pc))); pc += RECORD_SIZE; continue;
      case op.ADD32S_REG: setDst(pc, signed(dst32(pc) + src32(pc))); pc += RECORD_SIZE; continue;
      case op.SUB32S_IMM: setDst(pc, signed(dst32(pc) - imm32(pc))); pc += RECORD_SIZE; continue;
      case op.SUB32S_REG: setDst(pc, signed(dst32(pc) - src32(pc))); pc += RECORD_SIZE; continue;
      case op.MUL32S_IMM: setDst(pc, signed(dst32(pc) * imm32(pc))); pc += RECORD_SIZE; continue;
      case op.MUL32S_REG: setDst(pc, signed(dst32(pc) * src32(pc))); pc += RECORD_SIZE; continue;
      case op.ADD32Z_IMM: setDst(pc, <u64>(dst32(pc) + imm32(pc))); pc += RECORD_SIZE; continue;
      case op.ADD32Z_REG: setDst(pc, <u64>(dst32(pc) + src32(pc))); pc += RECORD_SIZE; continue;
      case op.RSUB32Z_IMM: setDst(pc, <u64>(imm32(pc) - dst32(pc))); pc += RECORD_SIZE; continue;
      case op.SUB32Z_REG: setDst(pc, <u64>(dst32(pc) - src32(pc))); pc += RECORD_SIZE; continue;
      case op.MUL32Z_IMM: setDst(pc, <u64>(dst32(pc) * imm32(pc))); pc += RECORD_SIZE; continue;
      case op.MUL32Z_REG: setDst(pc, <u64>(dst32(pc) * src32(pc))); pc += RECORD_SIZE; continue;
      case op.DIV32_IMM: setDst(pc, <u64>(dst32(pc) / imm32(pc))); pc += RECORD_SIZE; continue;
      case op.DIV32_REG: {
        const divisor = src32(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        setDst(pc, <u64>(dst32(pc) / divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.MOD32_IMM: setDst(pc, <u64>(dst32(pc) % imm32(pc))); pc += RECORD_SIZE; continue;
      case op.MOD32_REG: {
        const divisor = src32(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        setDst(pc, <u64>(dst32(pc) % divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.OR32_IMM: setDst(pc, <u64>(dst32(pc) | imm32(pc))); pc += RECORD_SIZE; continue;
      case op.OR32_REG: setDst(pc, <u64>(dst32(pc) | src32(pc))); pc += RECORD_SIZE; continue;
      case op.AND32_IMM: setDst(pc, <u64>(dst32(pc) & imm32(pc))); pc += RECORD_SIZE; continue;
      case op.AND32_REG: setDst(pc, <u64>(dst32(pc) & src32(pc))); pc += RECORD_SIZE; continue;
      case op.LSH32_IMM: setDst(pc, <u64>(dst32(pc) << imm32(pc))); pc += RECORD_SIZE; continue;
      case op.LSH32_REG: setDst(pc, <u64>(dst32(pc) << src32(pc))); pc += RECORD_SIZE; continue;
      case op.RSH32_IMM: setDst(pc, <u64>(dst32(pc) >> imm32(pc))); pc += RECORD_SIZE; continue;
      case op.RSH32_REG: setDst(pc, <u64>(dst32(pc) >> src32(pc))); pc += RECORD_SIZE; continue;
      case op.XOR32_IMM: setDst(pc, <u64>(dst32(pc) ^ imm32(pc))); pc += RECORD_SIZE; continue;
      case op.XOR32_REG: setDst(pc, <u64>(dst32(pc) ^ src32(pc))); pc += RECORD_SIZE; continue;
      case op.MOV32_IMM: setDst(pc, <u64>imm32(pc)); pc += RECORD_SIZE; continue;
      case op.MOV32_REG: setDst(pc, <u64>src32(pc)); pc += RECORD_SIZE; continue;
      case op.MOV32S_REG: setDst(pc, signed(src32(pc))); pc += RECORD_SIZE; continue;
      case op.ARSH32_IMM: setDst(pc, <u64>(<u32>(<i32>dst32(pc) >> <i32>imm32(pc)))); pc += RECORD_SIZE; continue;
      case op.ARSH32_REG: setDst(pc, <u64>(<u32>(<i32>dst32(pc) >> <i32>src32(pc)))); pc += RECORD_SIZE; continue;
      case op.NEG32: setDst(pc, <u64>(<u32>0 - dst32(pc))); pc += RECORD_SIZE; continue;
      case op.LE16: setDst(pc, dst(pc) & 0xffff); pc += RECORD_SIZE; continue;
      case op.LE32: setDst(pc, <u64>dst32(pc)); pc += RECORD_SIZE; continue;
      case op.LE64: pc += RECORD_SIZE; continue;
      case op.BE16: setDst(pc, <u64>bswap<u16>(<u16>dst32(pc))); pc += RECORD_SIZE; continue;
      case op.BE32: setDst(pc, <u64>bswap<u32>(dst32(pc))); pc += RECORD_SIZE; continue;
      case op.BE64: setDst(pc, bswap<u64>(dst(pc))); pc += RECORD_SIZE; continue;
      case op.UHMUL64_IMM: setDst(pc, unsignedHigh(dst(pc), <u64>imm32(pc))); pc += RECORD_SIZE; continue;
      case op.UHMUL64_REG: setDst(pc, unsignedHigh(dst(pc), src(pc))); pc += RECORD_SIZE; continue;
      case op.SHMUL64_IMM: setDst(pc, signedHigh(dst(pc), imm(pc))); pc += RECORD_SIZE; continue;
      case op.SHMUL64_REG: setDst(pc, signedHigh(dst(pc), src(pc))); pc += RECORD_SIZE; continue;
      case op.UDIV64_IMM: setDst(pc, dst(pc) / <u64>imm32(pc)); pc += RECORD_SIZE; continue;
      case op.UREM64_IMM: setDst(pc, dst(pc) % <u64>imm32(pc)); pc += RECORD_SIZE; continue;
      case op.SDIV32_IMM: {
        const divisor = <i32>imm32(pc);
        const dividend = <i32>dst32(pc);
        if (divisor == -1 && dividend == i32.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(<u32>(dividend / divisor)));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SDIV32_REG: {
        const divisor = <i32>src32(pc);
        const dividend = <i32>dst32(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        if (divisor == -1 && dividend == i32.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(<u32>(dividend / divisor)));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SDIV64_IMM: {
        const divisor = <i64>imm(pc);
        const dividend = <i64>dst(pc);
        if (divisor == -1 && dividend == i64.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(dividend / divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SDIV64_REG: {
        const divisor = <i64>src(pc);
        const dividend = <i64>dst(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        if (divisor == -1 && dividend == i64.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(dividend / divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SREM32_IMM: {
        const divisor = <i32>imm32(pc);
        const dividend = <i32>dst32(pc);
        if (divisor == -1 && dividend == i32.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(<u32>(dividend % divisor)));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SREM32_REG: {
        const divisor = <i32>src32(pc);
        const dividend = <i32>dst32(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        if (divisor == -1 && dividend == i32.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(<u32>(dividend % divisor)));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SREM64_IMM: {
        const divisor = <i64>imm(pc);
        const dividend = <i64>dst(pc);
        if (divisor == -1 && dividend == i64.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(dividend % divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.SREM64_REG: {
        const divisor = <i64>src(pc);
        const dividend = <i64>dst(pc);
        if (divisor == 0) return fault(pc, fuel, STATUS_DIVIDE_BY_ZERO);
        if (divisor == -1 && dividend == i64.MIN_VALUE) return fault(pc, fuel, STATUS_DIVIDE_OVERFLOW);
        setDst(pc, <u64>(dividend % divisor));
        pc += RECORD_SIZE;
        continue;
      }
      case op.LDDW: {
        setDst(pc, <u64>imm32(pc) | (<u64>imm32(pc + RECORD_SIZE) << 32));
        pc += 2 * RECORD_SIZE;
        continue;
      }
      case op.LOAD8: {
        const host = forLoad(src(pc) + <u64>(<i64>offset(pc)), 1);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        setDst(pc, <u64>load<u8>(host));
        pc += RECORD_SIZE;
        continue;
      }
      case op.LOAD16: {
        const host = forLoad(src(pc) + <u64>(<i64>offset(pc)), 2);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        setDst(pc, <u64>load<u16>(host));
        pc += RECORD_SIZE;
        continue;
      }
      case op.LOAD32: {
        const host = forLoad(src(pc) + <u64>(<i64>offset(pc)), 4);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        setDst(pc, <u64>load<u32>(host));
        pc += RECORD_SIZE;
        continue;
      }
      case op.LOAD64: {
        const host = forLoad(src(pc) + <u64>(<i64>offset(pc)), 8);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        setDst(pc, load<u64>(host));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE8_IMM: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 1);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u8>(host, <u8>imm(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE16_IMM: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 2);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u16>(host, <u16>imm(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE32_IMM: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 4);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u32>(host, <u32>imm(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE64_IMM: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 8);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u64>(host, imm(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE8_REG: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 1);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u8>(host, <u8>src(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE16_REG: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 2);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u16>(host, <u16>src(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE32_REG: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 4);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u32>(host, <u32>src(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.STORE64_REG: {
        const host = forStore(dst(pc) + <u64>(<i64>offset(pc)), 8);
        if (host == 0) return fault(pc, fuel, STATUS_ACCESS);
        store<u64>(host, src(pc));
        pc += RECORD_SIZE;
        continue;
      }
      case op.JA: pc += <usize>offset(pc); break;
      case op.JEQ64_IMM: pc += (dst(pc) == imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JEQ64_REG: pc += (dst(pc) == src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGT64_IMM: pc += (dst(pc) > imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGT64_REG: pc += (dst(pc) > src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGE64_IMM: pc += (dst(pc) >= imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGE64_REG: pc += (dst(pc) >= src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLT64_IMM: pc += (dst(pc) < imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLT64_REG: pc += (dst(pc) < src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLE64_IMM: pc += (dst(pc) <= imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLE64_REG: pc += (dst(pc) <= src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSET64_IMM: pc += ((dst(pc) & imm(pc)) != 0) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSET64_REG: pc += ((dst(pc) & src(pc)) != 0) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JNE64_IMM: pc += (dst(pc) != imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JNE64_REG: pc += (dst(pc) != src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGT64_IMM: pc += (<i64>dst(pc) > <i64>imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGT64_REG: pc += (<i64>dst(pc) > <i64>src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGE64_IMM: pc += (<i64>dst(pc) >= <i64>imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGE64_REG: pc += (<i64>dst(pc) >= <i64>src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLT64_IMM: pc += (<i64>dst(pc) < <i64>imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLT64_REG: pc += (<i64>dst(pc) < <i64>src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLE64_IMM: pc += (<i64>dst(pc) <= <i64>imm(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLE64_REG: pc += (<i64>dst(pc) <= <i64>src(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JEQ32_IMM: pc += (dst32(pc) == imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JEQ32_REG: pc += (dst32(pc) == src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGT32_IMM: pc += (dst32(pc) > imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGT32_REG: pc += (dst32(pc) > src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGE32_IMM: pc += (dst32(pc) >= imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JGE32_REG: pc += (dst32(pc) >= src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLT32_IMM: pc += (dst32(pc) < imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLT32_REG: pc += (dst32(pc) < src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLE32_IMM: pc += (dst32(pc) <= imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JLE32_REG: pc += (dst32(pc) <= src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSET32_IMM: pc += ((dst32(pc) & imm32(pc)) != 0) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSET32_REG: pc += ((dst32(pc) & src32(pc)) != 0) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JNE32_IMM: pc += (dst32(pc) != imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JNE32_REG: pc += (dst32(pc) != src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGT32_IMM: pc += (<i32>dst32(pc) > <i32>imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGT32_REG: pc += (<i32>dst32(pc) > <i32>src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGE32_IMM: pc += (<i32>dst32(pc) >= <i32>imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSGE32_REG: pc += (<i32>dst32(pc) >= <i32>src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLT32_IMM: pc += (<i32>dst32(pc) < <i32>imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLT32_REG: pc += (<i32>dst32(pc) < <i32>src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLE32_IMM: pc += (<i32>dst32(pc) <= <i32>imm32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.JSLE32_REG: pc += (<i32>dst32(pc) <= <i32>src32(pc)) ? <usize>offset(pc) : RECORD_SIZE; break;
      case op.CALL: {
        if (!pushFrame(pc)) return fault(pc, fuel, STATUS_CALL_DEPTH);
        pc += <usize>offset(pc);
        break;
      }
      case op.SYSCALL: return leave(pc, fuel, STATUS_SYSCALL);
      case op.CALLX: {
        const target = (src(pc) - load<u64>(TEXT_ADDRESS)) >> 3;
        if (!pushFrame(pc)) return fault(pc, fuel, STATUS_CALL_DEPTH);
        if (target >= <u64>load<u32>(RECORD_COUNT)) return fault(pc, fuel, STATUS_CALL_OUTSIDE);
        pc = <usize>load<u32>(RECORDS) + (<usize>target) * RECORD_SIZE;
        break;
      }
      case op.EXIT: {
        if (load<u32>(CALL_DEPTH) == 0) return leave(pc, fuel, STATUS_EXIT);
        pc = popFrame();
        break;
      }
      case op.UNSUPPORTED: return fault(pc, fuel, STATUS_UNSUPPORTED);
      case op.INVALID: return fault(pc, fuel, STATUS_INVALID);
      case op.OVERRUN: return fault(pc, fuel, STATUS_OVERRUN);
      case op.STOP: {
        unpatch();
        return leave(pc, 0, STATUS_OUT_OF_FUEL);
      }
      default: return fault(pc, fuel, STATUS_UNSUPPORTED);
    }
    // A block was left: charge for the next.
    fuel -= load<i32>(pc, RECORD_BLOCK);
    if (fuel < 0 && !patch(pc, fuel)) return leave(pc, 0, STATUS_OUT_OF_FUEL);
  }
}
