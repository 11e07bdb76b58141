/**
 * The interpreter's own operations. sBPF opcodes of all versions are lowered to these when a program
 * is loaded, so that the loop knows no versions. Read by TypeScript and by AssemblyScript alike:
 * only plain number constants belong here.
 */

/** Not lowered yet: fresh memory is full of it. */
export const LAZY = 0;

// dst and imm, dst and src. 64 bit.
export const ADD64_IMM = 1;
export const ADD64_REG = 2;
export const SUB64_IMM = 3;
export const SUB64_REG = 4;
/** imm - dst */
export const RSUB64_IMM = 5;
export const MUL64_IMM = 6;
export const MUL64_REG = 7;
export const DIV64_IMM = 8;
export const DIV64_REG = 9;
export const MOD64_IMM = 10;
export const MOD64_REG = 11;
export const OR64_IMM = 12;
export const OR64_REG = 13;
export const AND64_IMM = 14;
export const AND64_REG = 15;
export const LSH64_IMM = 16;
export const LSH64_REG = 17;
export const RSH64_IMM = 18;
export const RSH64_REG = 19;
export const XOR64_IMM = 20;
export const XOR64_REG = 21;
export const MOV64_IMM = 22;
export const MOV64_REG = 23;
export const ARSH64_IMM = 24;
export const ARSH64_REG = 25;
export const NEG64 = 26;
/** dst | imm << 32 */
export const HOR64_IMM = 27;

// 32 bit; the result is sign-extended (S), zero-extended (Z) or, without a letter, zero-extended always.
export const ADD32S_IMM = 28;
export const ADD32S_REG = 29;
export const SUB32S_IMM = 30;
export const SUB32S_REG = 31;
export const MUL32S_IMM = 32;
export const MUL32S_REG = 33;
export const ADD32Z_IMM = 34;
export const ADD32Z_REG = 35;
/** imm - dst */
export const RSUB32Z_IMM = 36;
export const SUB32Z_REG = 37;
export const MUL32Z_IMM = 38;
export const MUL32Z_REG = 39;
export const DIV32_IMM = 40;
export const DIV32_REG = 41;
export const MOD32_IMM = 42;
export const MOD32_REG = 43;
export const OR32_IMM = 44;
export const OR32_REG = 45;
export const AND32_IMM = 46;
export const AND32_REG = 47;
export const LSH32_IMM = 48;
export const LSH32_REG = 49;
export const RSH32_IMM = 50;
export const RSH32_REG = 51;
export const XOR32_IMM = 52;
export const XOR32_REG = 53;
export const MOV32_IMM = 54;
export const MOV32_REG = 55;
export const MOV32S_REG = 56;
export const ARSH32_IMM = 57;
export const ARSH32_REG = 58;
export const NEG32 = 59;
export const LE16 = 60;
export const LE32 = 61;
export const LE64 = 62;
export const BE16 = 63;
export const BE32 = 64;
export const BE64 = 65;

// SIMD-0174. UDIV64_IMM and UREM64_IMM take imm as u32.
export const UHMUL64_IMM = 66;
export const UHMUL64_REG = 67;
export const SHMUL64_IMM = 68;
export const SHMUL64_REG = 69;
export const UDIV64_IMM = 70;
export const UREM64_IMM = 71;
export const SDIV32_IMM = 72;
export const SDIV32_REG = 73;
export const SDIV64_IMM = 74;
export const SDIV64_REG = 75;
export const SREM32_IMM = 76;
export const SREM32_REG = 77;
export const SREM64_IMM = 78;
export const SREM64_REG = 79;

export const LDDW = 80;
export const LOAD8 = 81;
export const LOAD16 = 82;
export const LOAD32 = 83;
export const LOAD64 = 84;
export const STORE8_IMM = 85;
export const STORE16_IMM = 86;
export const STORE32_IMM = 87;
export const STORE64_IMM = 88;
export const STORE8_REG = 89;
export const STORE16_REG = 90;
export const STORE32_REG = 91;
export const STORE64_REG = 92;

export const JA = 93;
export const JEQ64_IMM = 94;
export const JEQ64_REG = 95;
export const JGT64_IMM = 96;
export const JGT64_REG = 97;
export const JGE64_IMM = 98;
export const JGE64_REG = 99;
export const JLT64_IMM = 100;
export const JLT64_REG = 101;
export const JLE64_IMM = 102;
export const JLE64_REG = 103;
export const JSET64_IMM = 104;
export const JSET64_REG = 105;
export const JNE64_IMM = 106;
export const JNE64_REG = 107;
export const JSGT64_IMM = 108;
export const JSGT64_REG = 109;
export const JSGE64_IMM = 110;
export const JSGE64_REG = 111;
export const JSLT64_IMM = 112;
export const JSLT64_REG = 113;
export const JSLE64_IMM = 114;
export const JSLE64_REG = 115;
export const JEQ32_IMM = 116;
export const JEQ32_REG = 117;
export const JGT32_IMM = 118;
export const JGT32_REG = 119;
export const JGE32_IMM = 120;
export const JGE32_REG = 121;
export const JLT32_IMM = 122;
export const JLT32_REG = 123;
export const JLE32_IMM = 124;
export const JLE32_REG = 125;
export const JSET32_IMM = 126;
export const JSET32_REG = 127;
export const JNE32_IMM = 128;
export const JNE32_REG = 129;
export const JSGT32_IMM = 130;
export const JSGT32_REG = 131;
export const JSGE32_IMM = 132;
export const JSGE32_REG = 133;
export const JSLT32_IMM = 134;
export const JSLT32_REG = 135;
export const JSLE32_IMM = 136;
export const JSLE32_REG = 137;

/** A function of the program; the jump field leads to it. */
export const CALL = 138;
/** A host function; imm is its key. */
export const SYSCALL = 139;
/** The function whose address is in src. */
export const CALLX = 140;
export const EXIT = 141;

// What ends a program when it is reached.
export const UNSUPPORTED = 142;
export const INVALID = 143;
/** Stands after the last instruction. */
export const OVERRUN = 144;
/** Put in place of an instruction for as long as the units do not last for its whole block. */
export const STOP = 145;

/** Operations from here to CALL leave a block conditionally or not. */
export const FIRST_JUMP = JA;
