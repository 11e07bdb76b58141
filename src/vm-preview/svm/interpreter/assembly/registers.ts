// Fields of a lowered instruction and the registers they name.
import { RECORD_DST, RECORD_IMM, RECORD_OFFSET, RECORD_SRC, REGISTERS } from '../layout';

// @ts-ignore: decorator
@inline
export function dst(pc: usize): u64 {
  return load<u64>(<usize>load<u8>(pc, RECORD_DST), REGISTERS);
}

// @ts-ignore: decorator
@inline
export function dst32(pc: usize): u32 {
  return load<u32>(<usize>load<u8>(pc, RECORD_DST), REGISTERS);
}

// @ts-ignore: decorator
@inline
export function src(pc: usize): u64 {
  return load<u64>(<usize>load<u8>(pc, RECORD_SRC), REGISTERS);
}

// @ts-ignore: decorator
@inline
export function src32(pc: usize): u32 {
  return load<u32>(<usize>load<u8>(pc, RECORD_SRC), REGISTERS);
}

// @ts-ignore: decorator
@inline
export function setDst(pc: usize, value: u64): void {
  store<u64>(<usize>load<u8>(pc, RECORD_DST), value, REGISTERS);
}

// @ts-ignore: decorator
@inline
export function imm(pc: usize): u64 {
  return <u64>(<i64>load<i32>(pc, RECORD_IMM));
}

// @ts-ignore: decorator
@inline
export function imm32(pc: usize): u32 {
  return load<u32>(pc, RECORD_IMM);
}

// @ts-ignore: decorator
@inline
export function offset(pc: usize): i32 {
  return load<i32>(pc, RECORD_OFFSET);
}

// @ts-ignore: decorator
@inline
export function signed(value: u32): u64 {
  return <u64>(<i64>(<i32>value));
}
