/** The opcodes of each version: how the verifier checks them and what they are lowered to. */
import * as op from '../interpreter/operations';
import type { SbpfVersion } from './types';
import { VERSION_RULES, type VersionRules } from './version';

/** What the verifier asks of an instruction beyond its registers. */
export type Check =
  | 'none'
  | 'store'
  | 'nonzero'
  | 'shift32'
  | 'shift64'
  | 'endian'
  | 'jump'
  | 'lddw'
  | 'callx'
  | 'add64';

export interface InstructionRow {
  readonly opcode: number;
  /** Of `interpreter/operations.ts`. */
  readonly operation: number;
  readonly check: Check;
}

type Tuple = readonly [opcode: number, operation: number, check?: Check];

export const LD_DW_IMM = 0x18;
export const CALL_IMM = 0x85;
export const CALL_REG = 0x8d;
export const LE = 0xd4;
export const BE = 0xdc;

const EVERY_VERSION: readonly Tuple[] = [
  [0x44, op.OR32_IMM],
  [0x4c, op.OR32_REG],
  [0x54, op.AND32_IMM],
  [0x5c, op.AND32_REG],
  [0x64, op.LSH32_IMM, 'shift32'],
  [0x6c, op.LSH32_REG],
  [0x74, op.RSH32_IMM, 'shift32'],
  [0x7c, op.RSH32_REG],
  [0xa4, op.XOR32_IMM],
  [0xac, op.XOR32_REG],
  [0xb4, op.MOV32_IMM],
  [0xc4, op.ARSH32_IMM, 'shift32'],
  [0xcc, op.ARSH32_REG],
  [BE, op.BE64, 'endian'],
  [0x07, op.ADD64_IMM, 'add64'],
  [0x0f, op.ADD64_REG],
  [0x1f, op.SUB64_REG],
  [0x47, op.OR64_IMM],
  [0x4f, op.OR64_REG],
  [0x57, op.AND64_IMM],
  [0x5f, op.AND64_REG],
  [0x67, op.LSH64_IMM, 'shift64'],
  [0x6f, op.LSH64_REG],
  [0x77, op.RSH64_IMM, 'shift64'],
  [0x7f, op.RSH64_REG],
  [0xa7, op.XOR64_IMM],
  [0xaf, op.XOR64_REG],
  [0xb7, op.MOV64_IMM],
  [0xbf, op.MOV64_REG],
  [0xc7, op.ARSH64_IMM, 'shift64'],
  [0xcf, op.ARSH64_REG],
  [0x05, op.JA, 'jump'],
  [0x15, op.JEQ64_IMM, 'jump'],
  [0x1d, op.JEQ64_REG, 'jump'],
  [0x25, op.JGT64_IMM, 'jump'],
  [0x2d, op.JGT64_REG, 'jump'],
  [0x35, op.JGE64_IMM, 'jump'],
  [0x3d, op.JGE64_REG, 'jump'],
  [0x45, op.JSET64_IMM, 'jump'],
  [0x4d, op.JSET64_REG, 'jump'],
  [0x55, op.JNE64_IMM, 'jump'],
  [0x5d, op.JNE64_REG, 'jump'],
  [0x65, op.JSGT64_IMM, 'jump'],
  [0x6d, op.JSGT64_REG, 'jump'],
  [0x75, op.JSGE64_IMM, 'jump'],
  [0x7d, op.JSGE64_REG, 'jump'],
  [0xa5, op.JLT64_IMM, 'jump'],
  [0xad, op.JLT64_REG, 'jump'],
  [0xb5, op.JLE64_IMM, 'jump'],
  [0xbd, op.JLE64_REG, 'jump'],
  [0xc5, op.JSLT64_IMM, 'jump'],
  [0xcd, op.JSLT64_REG, 'jump'],
  [0xd5, op.JSLE64_IMM, 'jump'],
  [0xdd, op.JSLE64_REG, 'jump'],
  [CALL_IMM, op.CALL],
  [CALL_REG, op.CALLX, 'callx'],
  [0x95, op.EXIT],
];

/** Without SIMD-0174. */
const PLAIN_ARITHMETICS: readonly Tuple[] = [
  [0x04, op.ADD32S_IMM],
  [0x0c, op.ADD32S_REG],
  [0x14, op.SUB32S_IMM],
  [0x1c, op.SUB32S_REG],
  [0x24, op.MUL32S_IMM],
  [0x2c, op.MUL32S_REG],
  [0x34, op.DIV32_IMM, 'nonzero'],
  [0x3c, op.DIV32_REG],
  [0x84, op.NEG32],
  [0x94, op.MOD32_IMM, 'nonzero'],
  [0x9c, op.MOD32_REG],
  [0xbc, op.MOV32_REG],
  [0x17, op.SUB64_IMM],
  [0x27, op.MUL64_IMM],
  [0x2f, op.MUL64_REG],
  [0x37, op.DIV64_IMM, 'nonzero'],
  [0x3f, op.DIV64_REG],
  [0x87, op.NEG64],
  [0x97, op.MOD64_IMM, 'nonzero'],
  [0x9f, op.MOD64_REG],
];

/** SIMD-0174. */
const EXPLICIT_ARITHMETICS: readonly Tuple[] = [
  [0x04, op.ADD32Z_IMM],
  [0x0c, op.ADD32Z_REG],
  [0x14, op.RSUB32Z_IMM],
  [0x1c, op.SUB32Z_REG],
  [0xbc, op.MOV32S_REG],
  [0x17, op.RSUB64_IMM],
  [0x86, op.MUL32Z_IMM],
  [0x8e, op.MUL32Z_REG],
  [0x96, op.MUL64_IMM],
  [0x9e, op.MUL64_REG],
  [0x36, op.UHMUL64_IMM],
  [0x3e, op.UHMUL64_REG],
  [0xb6, op.SHMUL64_IMM],
  [0xbe, op.SHMUL64_REG],
  [0x46, op.DIV32_IMM, 'nonzero'],
  [0x4e, op.DIV32_REG],
  [0x56, op.UDIV64_IMM, 'nonzero'],
  [0x5e, op.DIV64_REG],
  [0x66, op.MOD32_IMM, 'nonzero'],
  [0x6e, op.MOD32_REG],
  [0x76, op.UREM64_IMM, 'nonzero'],
  [0x7e, op.MOD64_REG],
  [0xc6, op.SDIV32_IMM, 'nonzero'],
  [0xce, op.SDIV32_REG],
  [0xd6, op.SDIV64_IMM, 'nonzero'],
  [0xde, op.SDIV64_REG],
  [0xe6, op.SREM32_IMM, 'nonzero'],
  [0xee, op.SREM32_REG],
  [0xf6, op.SREM64_IMM, 'nonzero'],
  [0xfe, op.SREM64_REG],
];

/** Without SIMD-0173. */
const PLAIN_MEMORY: readonly Tuple[] = [
  [LD_DW_IMM, op.LDDW, 'lddw'],
  [LE, op.LE64, 'endian'],
  [0x71, op.LOAD8],
  [0x69, op.LOAD16],
  [0x61, op.LOAD32],
  [0x79, op.LOAD64],
  [0x72, op.STORE8_IMM, 'store'],
  [0x6a, op.STORE16_IMM, 'store'],
  [0x62, op.STORE32_IMM, 'store'],
  [0x7a, op.STORE64_IMM, 'store'],
  [0x73, op.STORE8_REG, 'store'],
  [0x6b, op.STORE16_REG, 'store'],
  [0x63, op.STORE32_REG, 'store'],
  [0x7b, op.STORE64_REG, 'store'],
];

/** SIMD-0173. */
const MOVED_MEMORY: readonly Tuple[] = [
  [0xf7, op.HOR64_IMM],
  [0x2c, op.LOAD8],
  [0x3c, op.LOAD16],
  [0x8c, op.LOAD32],
  [0x9c, op.LOAD64],
  [0x27, op.STORE8_IMM, 'store'],
  [0x37, op.STORE16_IMM, 'store'],
  [0x87, op.STORE32_IMM, 'store'],
  [0x97, op.STORE64_IMM, 'store'],
  [0x2f, op.STORE8_REG, 'store'],
  [0x3f, op.STORE16_REG, 'store'],
  [0x8f, op.STORE32_REG, 'store'],
  [0x9f, op.STORE64_REG, 'store'],
];

/** SIMD-0377. */
const JMP32: readonly Tuple[] = [
  [0x16, op.JEQ32_IMM, 'jump'],
  [0x1e, op.JEQ32_REG, 'jump'],
  [0x26, op.JGT32_IMM, 'jump'],
  [0x2e, op.JGT32_REG, 'jump'],
  [0x36, op.JGE32_IMM, 'jump'],
  [0x3e, op.JGE32_REG, 'jump'],
  [0x46, op.JSET32_IMM, 'jump'],
  [0x4e, op.JSET32_REG, 'jump'],
  [0x56, op.JNE32_IMM, 'jump'],
  [0x5e, op.JNE32_REG, 'jump'],
  [0x66, op.JSGT32_IMM, 'jump'],
  [0x6e, op.JSGT32_REG, 'jump'],
  [0x76, op.JSGE32_IMM, 'jump'],
  [0x7e, op.JSGE32_REG, 'jump'],
  [0xa6, op.JLT32_IMM, 'jump'],
  [0xae, op.JLT32_REG, 'jump'],
  [0xb6, op.JLE32_IMM, 'jump'],
  [0xbe, op.JLE32_REG, 'jump'],
  [0xc6, op.JSLT32_IMM, 'jump'],
  [0xce, op.JSLT32_REG, 'jump'],
  [0xd6, op.JSLE32_IMM, 'jump'],
  [0xde, op.JSLE32_REG, 'jump'],
];

function tableOf(rules: VersionRules): readonly (InstructionRow | undefined)[] {
  const table: (InstructionRow | undefined)[] = new Array(256).fill(undefined);
  const groups = [
    EVERY_VERSION,
    rules.arithmetics ? EXPLICIT_ARITHMETICS : PLAIN_ARITHMETICS,
    rules.movedMemoryClasses ? MOVED_MEMORY : PLAIN_MEMORY,
    rules.jmp32 ? JMP32 : [],
  ];
  for (const [opcode, operation, check = 'none'] of groups.flat())
    table[opcode] = { opcode, operation, check };
  return table;
}

/** By opcode; `undefined` where the version has none. Source: sbpf `interpreter.rs`, `verifier.rs`. */
export const INSTRUCTIONS: Readonly<Record<SbpfVersion, readonly (InstructionRow | undefined)[]>> =
  {
    0: tableOf(VERSION_RULES[0]),
    1: tableOf(VERSION_RULES[1]),
    2: tableOf(VERSION_RULES[2]),
    3: tableOf(VERSION_RULES[3]),
  };
