/** Checks every instruction before a program may run. Source: sbpf `src/verifier.rs`, `RequisiteVerifier`. */
import { INSTRUCTIONS } from './instructions';
import type { SbpfVersion } from './types';
import { VERSION_RULES } from './version';

/** A program that may not run, in sbpf's words. */
export class VerifierError extends Error {
  override readonly name = 'VerifierError';

  constructor(
    /** A variant of sbpf's `VerifierError`. */
    readonly kind: VerifierErrorKind,
    message: string,
  ) {
    super(message);
  }
}

export type VerifierErrorKind =
  | 'ProgramLengthNotMultiple'
  | 'NoProgram'
  | 'DivisionByZero'
  | 'UnsupportedLEBEArgument'
  | 'LDDWCannotBeLast'
  | 'IncompleteLDDW'
  | 'JumpOutOfCode'
  | 'JumpToMiddleOfLDDW'
  | 'InvalidSourceRegister'
  | 'CannotWriteR10'
  | 'InvalidDestinationRegister'
  | 'UnknownOpCode'
  | 'ShiftWithOverflow'
  | 'InvalidRegister'
  | 'UnalignedImmediate';

const CHECKS = [
  'none',
  'store',
  'nonzero',
  'shift32',
  'shift64',
  'endian',
  'jump',
  'lddw',
  'callx',
  'add64',
] as const;
const UNKNOWN = 255;

/** By opcode, the index in CHECKS. */
const CHECK_TABLES = [tableOf(0), tableOf(1), tableOf(2), tableOf(3)] as const;

function tableOf(version: SbpfVersion): Uint8Array {
  return Uint8Array.from(INSTRUCTIONS[version], (row) =>
    row === undefined ? UNKNOWN : CHECKS.indexOf(row.check),
  );
}

/**
 * @param text - the instructions, relocated
 * @throws VerifierError
 */
export function verify(text: Uint8Array, version: SbpfVersion): void {
  if (text.length % 8 !== 0)
    throw new VerifierError(
      'ProgramLengthNotMultiple',
      'program length must be a multiple of 8 octets',
    );
  if (text.length === 0)
    throw new VerifierError('NoProgram', 'no program set, call prog_set() to load one');
  new Verification(text, version).run();
}

class Verification {
  readonly #words: Int32Array;
  readonly #count: number;
  readonly #version: SbpfVersion;
  readonly #checks: Uint8Array;
  readonly #manualStack: boolean;

  constructor(text: Uint8Array, version: SbpfVersion) {
    // A copy is aligned to whole words.
    const aligned = text.byteOffset % 4 === 0 ? text : text.slice();
    this.#words = new Int32Array(aligned.buffer, aligned.byteOffset, text.length / 4);
    this.#count = text.length / 8;
    this.#version = version;
    this.#checks = CHECK_TABLES[version];
    this.#manualStack = VERSION_RULES[version].manualStackFrameBump;
  }

  run(): void {
    for (let pc = 0; pc < this.#count; pc++) {
      const word = this.#words[pc * 2] ?? 0;
      const check = this.#checks[word & 0xff] ?? UNKNOWN;
      let isStore = false;
      // 0 is 'none', the most frequent.
      if (check !== 0) {
        isStore = check === 1;
        if (!isStore) this.#check(check, word, pc);
        if (CHECKS[check] === 'lddw') pc++;
      }
      this.#checkRegisters(word, isStore, pc);
    }
  }

  #imm(pc: number): number {
    return this.#words[pc * 2 + 1] ?? 0;
  }

  #check(check: number, word: number, pc: number): void {
    switch (CHECKS[check]) {
      case 'nonzero':
        if (this.#imm(pc) === 0)
          throw new VerifierError('DivisionByZero', `division by 0 (insn #${pc})`);
        break;
      case 'shift32':
        this.#checkShift(32, pc);
        break;
      case 'shift64':
        this.#checkShift(64, pc);
        break;
      case 'endian':
        this.#checkEndian(pc);
        break;
      case 'jump':
        this.#checkJump(word, pc);
        break;
      case 'lddw':
        this.#checkLddw(pc);
        break;
      case 'callx':
        this.#checkCallx(word, pc);
        break;
      case 'add64':
        this.#checkAdd64(word, pc);
        break;
      default: {
        const opcode = (word & 0xff).toString(16);
        throw new VerifierError('UnknownOpCode', `unknown eBPF opcode 0x${opcode} (insn #${pc})`);
      }
    }
  }

  #checkShift(bits: number, pc: number): void {
    const imm = this.#imm(pc);
    if (imm >= 0 && imm < bits) return;
    const by = BigInt.asUintN(64, BigInt(imm));
    throw new VerifierError(
      'ShiftWithOverflow',
      `Shift with overflow of ${by}-bit value by ${bits} (insn #${pc})`,
    );
  }

  #checkEndian(pc: number): void {
    const imm = this.#imm(pc);
    if (imm !== 16 && imm !== 32 && imm !== 64)
      throw new VerifierError(
        'UnsupportedLEBEArgument',
        `unsupported argument for LE/BE (insn #${pc})`,
      );
  }

  #checkJump(word: number, pc: number): void {
    const target = pc + 1 + (word >> 16);
    if (target < 0 || target >= this.#count)
      throw new VerifierError(
        'JumpOutOfCode',
        `jump out of code to #${BigInt.asUintN(64, BigInt(target))} (insn #${pc})`,
      );
    if (((this.#words[target * 2] ?? 0) & 0xff) === 0)
      throw new VerifierError(
        'JumpToMiddleOfLDDW',
        `jump to middle of LD_DW at #${target} (insn #${pc})`,
      );
  }

  #checkLddw(pc: number): void {
    if (pc + 1 >= this.#count)
      throw new VerifierError('LDDWCannotBeLast', 'LD_DW instruction cannot be last in program');
    if (((this.#words[pc * 2 + 2] ?? 0) & 0xff) !== 0)
      throw new VerifierError('IncompleteLDDW', `incomplete LD_DW instruction (insn #${pc})`);
  }

  #checkCallx(word: number, pc: number): void {
    const register = callxRegister(this.#version, word, this.#imm(pc));
    if (register < 0 || register >= 10)
      throw new VerifierError('InvalidRegister', `Invalid register specified at instruction ${pc}`);
  }

  /** SIMD-0166: r10 moves by whole multiples of 64. */
  #checkAdd64(word: number, pc: number): void {
    const isR10 = ((word >> 8) & 0xf) === 10;
    if (isR10 && this.#manualStack && (this.#imm(pc) & 63) !== 0)
      throw new VerifierError('UnalignedImmediate', `Unaligned immediate (insn #${pc})`);
  }

  #checkRegisters(word: number, isStore: boolean, pc: number): void {
    const dst = (word >> 8) & 0xf;
    if (((word >> 12) & 0xf) > 10)
      throw new VerifierError('InvalidSourceRegister', `invalid source register (insn #${pc})`);
    if (dst < 10 || (dst === 10 && isStore)) return;
    if (dst > 10)
      throw new VerifierError(
        'InvalidDestinationRegister',
        `invalid destination register (insn #${pc})`,
      );
    if (this.#manualStack && (word & 0xff) === 0x07) return;
    throw new VerifierError('CannotWriteR10', `cannot write into register r10 (insn #${pc})`);
  }
}

/** Which register a `callx` calls: its field differs by version. */
export function callxRegister(version: SbpfVersion, word: number, imm: number): number {
  switch (VERSION_RULES[version].callxRegister) {
    case 'src':
      return (word >> 12) & 0xf;
    case 'dst':
      return (word >> 8) & 0xf;
    default:
      return imm;
  }
}
