/** Lowers a program's instructions to what the interpreter's loop runs: 16 bytes each, see `layout.ts`. */
import type { Executable } from '../sbpf/executable';
import { BE, CALL_IMM, CALL_REG, INSTRUCTIONS, LE } from '../sbpf/instructions';
import { callxRegister } from '../sbpf/verifier';
import { VERSION_RULES } from '../sbpf/version';
import * as layout from './layout';
import * as op from './operations';

const WORDS = layout.RECORD_SIZE / 4;

/** The operation of `le` and `be` by their width. */
const LITTLE_ENDIAN = new Map([
  [16, op.LE16],
  [32, op.LE32],
  [64, op.LE64],
]);
const BIG_ENDIAN = new Map([
  [16, op.BE16],
  [32, op.BE32],
  [64, op.BE64],
]);

/** Divisions by an immediate; the verifier refuses zero, and the machine must not trap if it was not asked. */
const DIVISIONS = new Set([
  op.DIV64_IMM,
  op.MOD64_IMM,
  op.DIV32_IMM,
  op.MOD32_IMM,
  op.UDIV64_IMM,
  op.UREM64_IMM,
  op.SDIV32_IMM,
  op.SDIV64_IMM,
  op.SREM32_IMM,
  op.SREM64_IMM,
]);

type Program = Pick<Executable, 'version' | 'textBytes' | 'functions' | 'syscalls'>;

/** @returns one record for each instruction, and one more that stands after the last */
export function decode(program: Program): Uint8Array {
  const count = Math.floor(program.textBytes.length / 8);
  const text = new Int32Array(program.textBytes.slice(0, count * 8).buffer);
  const records = new Int32Array((count + 1) * WORDS);
  const operations = Uint8Array.from(
    INSTRUCTIONS[program.version],
    (row) => row?.operation ?? op.UNSUPPORTED,
  );
  const calls = new CallDecoder(program, count);
  for (let pc = 0; pc < count; pc++) {
    const word = text[pc * 2] ?? 0;
    const imm = text[pc * 2 + 1] ?? 0;
    const opcode = word & 0xff;
    const at = pc * WORDS;
    const dst = ((word >> 8) & 0xf) << 3;
    let src = ((word >> 12) & 0xf) << 3;
    let offset = word >> 16;
    let operation = operations[opcode] ?? op.UNSUPPORTED;
    if (operation >= op.FIRST_JUMP) {
      if (operation < op.CALL) {
        offset = jump(pc, pc + 1 + offset, count);
      } else if (opcode === CALL_IMM) {
        const call = calls.decode(pc, word, imm);
        operation = call.operation;
        offset = call.offset;
      } else if (opcode === CALL_REG) {
        const register = callxRegister(program.version, word, imm);
        if (register < 0 || register > 10) operation = op.INVALID;
        else src = register << 3;
      }
    } else if (opcode === LE || opcode === BE) {
      if (operation !== op.UNSUPPORTED)
        operation = (opcode === LE ? LITTLE_ENDIAN : BIG_ENDIAN).get(imm) ?? op.INVALID;
    } else if (
      (imm === 0 && DIVISIONS.has(operation)) ||
      (operation === op.LDDW && pc + 1 === count)
    ) {
      operation = op.INVALID;
    }
    records[at] = operation | (dst << 8) | (src << 16);
    records[at + 1] = offset;
    records[at + 2] = imm;
  }
  records[count * WORDS] = op.OVERRUN;
  measureBlocks(records, count);
  return new Uint8Array(records.buffer);
}

/** Distance in bytes between records; a target outside the program runs into its end. */
function jump(pc: number, target: number, count: number): number {
  const inside = target < 0 || target > count ? count : target;
  return (inside - pc) * layout.RECORD_SIZE;
}

/** Writes how many instructions are left in each one's block, from the last to the first. */
function measureBlocks(records: Int32Array, count: number): void {
  let length = 0;
  for (let pc = count; pc >= 0; pc--) {
    const at = pc * WORDS;
    const operation = (records[at] ?? 0) & 0xff;
    // The second half of a lddw is never reached from the first: it does not count for it.
    if (operation >= op.FIRST_JUMP) length = 1;
    else if (operation === op.LDDW) length = 1 + (records[at + 2 * WORDS + 3] ?? 1);
    else length++;
    records[at + 3] = length;
  }
}

class CallDecoder {
  readonly #program: Program;
  readonly #count: number;
  readonly #static: boolean;

  constructor(program: Program, count: number) {
    this.#program = program;
    this.#count = count;
    this.#static = VERSION_RULES[program.version].staticSyscalls;
  }

  /** Source: sbpf `interpreter.rs`, `CALL_IMM`. */
  decode(
    pc: number,
    word: number,
    imm: number,
  ): { readonly operation: number; readonly offset: number } {
    const source = (word >> 12) & 0xf;
    if ((!this.#static || source === 0) && this.#program.syscalls.has(imm >>> 0))
      return { operation: op.SYSCALL, offset: 0 };
    const target = this.#target(pc, source, imm);
    if (target === undefined || target < 0 || target >= this.#count)
      return { operation: op.UNSUPPORTED, offset: 0 };
    return { operation: op.CALL, offset: jump(pc, target, this.#count) };
  }

  #target(pc: number, source: number, imm: number): number | undefined {
    if (!this.#static) return this.#program.functions.get(imm >>> 0);
    return source === 1 ? pc + 1 + imm : undefined;
  }
}
