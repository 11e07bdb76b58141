/**
 * The interpreter's own operations. sBPF opcodes of all versions are lowered to these when a program
 * is loaded, so that the loop knows no versions. Read by TypeScript and by AssemblyScript alike:
 * only plain number constants belong here.
 */

// dst and imm, dst and src. 64 bit.
export const ADD64_IMM = 0;
export const ADD64_REG = 1;
export const SUB64_IMM = 2;
export const SUB64_REG = 3;
/** imm - dst */
export const RSUB64_IMM = 4;
export const MUL64_IMM = 5;
export const MUL64_REG = 6;
export const DIV64_IMM = 7;
export const DIV64_REG = 8;
export const MOD64_IMM = 9;
export const MOD64_REG = 10;
export const OR64_IMM = 11;
export const OR64_REG = 12;
export const AND64_IMM = 13;
export const AND64_REG = 14;
export const LSH64_IMM = 15;
export const LSH64_REG = 16;
export const RSH64_IMM = 17;
export const RSH64_REG = 18;
export const XOR64_IMM = 19;
export const XOR64_REG = 20;
export const MOV64_IMM = 21;
export const MOV64_REG = 22;
export const ARSH64_IMM = 23;
export const ARSH64_REG = 24;
export const NEG64 = 25;
/** dst | imm << 32 */
export const HOR64_IMM = 26;

// 32 bit; the result is sign-extended (S), zero-extended (Z) or, without a letter, zero-extended always.
export const ADD32S_IMM = 27;
export const ADD32S_REG = 28;
export const SUB32S_IMM = 29;
export const SUB32S_REG = 30;
export const MUL32S_IMM = 31;
export const MUL32S_REG = 32;
export const ADD32Z_IMM = 33;
export const ADD32Z_REG = 34;
/** imm - dst */
export const RSUB32Z_IMM = 35;
export const SUB32Z_REG = 36;
export const MUL32Z_IMM = 37;
export const MUL32Z_REG = 38;
export const DIV32_IMM = 39;
export const DIV32_REG = 40;
export const MOD32_IMM = 41;
export const MOD32_REG = 42;
export const OR32_IMM = 43;
export const OR32_REG = 44;
export const AND32_IMM = 45;
export const AND32_REG = 46;
export const LSH32_IMM = 47;
export const LSH32_REG = 48;
export const RSH32_IMM = 49;
export const RSH32_REG = 50;
export const XOR32_IMM = 51;
export const XOR32_REG = 52;
export const MOV32_IMM = 53;
export const MOV32_REG = 54;
export const MOV32S_REG = 55;
export const ARSH32_IMM = 56;
export const ARSH32_REG = 57;
export const NEG32 = 58;
export const LE16 = 59;
export const LE32 = 60;
export const LE64 = 61;
export const BE16 = 62;
export const BE32 = 63;
export const BE64 = 64;

// SIMD-0174. UDIV64_IMM and UREM64_IMM take imm as u32.
export const UHMUL64_IMM = 65;
export const UHMUL64_REG = 66;
export const SHMUL64_IMM = 67;
export const SHMUL64_REG = 68;
export const UDIV64_IMM = 69;
export const UREM64_IMM = 70;
export const SDIV32_IMM = 71;
export const SDIV32_REG = 72;
export const SDIV64_IMM = 73;
export const SDIV64_REG = 74;
export const SREM32_IMM = 75;
export const SREM32_REG = 76;
export const SREM64_IMM = 77;
export const SREM64_REG = 78;

export const LDDW = 79;
export const LOAD8 = 80;
export const LOAD16 = 81;
export const LOAD32 = 82;
export const LOAD64 = 83;
export const STORE8_IMM = 84;
export const STORE16_IMM = 85;
export const STORE32_IMM = 86;
export const STORE64_IMM = 87;
export const STORE8_REG = 88;
export const STORE16_REG = 89;
export const STORE32_REG = 90;
export const STORE64_REG = 91;

export const JA = 92;
export const JEQ64_IMM = 93;
export const JEQ64_REG = 94;
export const JGT64_IMM = 95;
export const JGT64_REG = 96;
export const JGE64_IMM = 97;
export const JGE64_REG = 98;
export const JLT64_IMM = 99;
export const JLT64_REG = 100;
export const JLE64_IMM = 101;
export const JLE64_REG = 102;
export const JSET64_IMM = 103;
export const JSET64_REG = 104;
export const JNE64_IMM = 105;
export const JNE64_REG = 106;
export const JSGT64_IMM = 107;
export const JSGT64_REG = 108;
export const JSGE64_IMM = 109;
export const JSGE64_REG = 110;
export const JSLT64_IMM = 111;
export const JSLT64_REG = 112;
export const JSLE64_IMM = 113;
export const JSLE64_REG = 114;
export const JEQ32_IMM = 115;
export const JEQ32_REG = 116;
export const JGT32_IMM = 117;
export const JGT32_REG = 118;
export const JGE32_IMM = 119;
export const JGE32_REG = 120;
export const JLT32_IMM = 121;
export const JLT32_REG = 122;
export const JLE32_IMM = 123;
export const JLE32_REG = 124;
export const JSET32_IMM = 125;
export const JSET32_REG = 126;
export const JNE32_IMM = 127;
export const JNE32_REG = 128;
export const JSGT32_IMM = 129;
export const JSGT32_REG = 130;
export const JSGE32_IMM = 131;
export const JSGE32_REG = 132;
export const JSLT32_IMM = 133;
export const JSLT32_REG = 134;
export const JSLE32_IMM = 135;
export const JSLE32_REG = 136;

/** A function of the program; the jump field leads to it. */
export const CALL = 137;
/** A host function; imm is its key. */
export const SYSCALL = 138;
/** The function whose address is in src. */
export const CALLX = 139;
export const EXIT = 140;

// What ends a program when it is reached.
export const UNSUPPORTED = 141;
export const INVALID = 142;
/** Stands after the last instruction. */
export const OVERRUN = 143;
/** Put in place of an instruction for as long as the units do not last for its whole block. */
export const STOP = 144;

/** Operations from here to CALL leave a block conditionally or not. */
export const FIRST_JUMP = JA;
