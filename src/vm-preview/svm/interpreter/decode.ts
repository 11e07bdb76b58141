/** Lowers a program's instructions to what the interpreter's loop runs: 16 bytes each, see `layout.ts`. */
import type { Executable } from '../sbpf/executable';
import { BE, CALL_IMM, CALL_REG, INSTRUCTIONS, LE } from '../sbpf/instructions';
import type { SbpfVersion } from '../sbpf/types';
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

/** Divisions by an immediate: the verifier refuses zero, and the machine must not trap if it was not asked. */
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

// What an opcode needs beyond its operation and fields.
const PLAIN = 0;
const JUMP = 1;
const CALL = 2;
const CALLX = 3;
const ENDIAN = 4;
const DIVISION = 5;
const LDDW = 6;

type Program = Pick<Executable, 'version' | 'textBytes' | 'functions' | 'syscalls'>;

/** By opcode: the operation, and its kind. */
const TABLES = [tablesOf(0), tablesOf(1), tablesOf(2), tablesOf(3)] as const;

function tablesOf(version: SbpfVersion): { operations: Uint8Array; kinds: Uint8Array } {
  const rows = INSTRUCTIONS[version];
  return {
    operations: Uint8Array.from(rows, (row) => row?.operation ?? op.UNSUPPORTED),
    kinds: Uint8Array.from(rows, (row, opcode) => {
      if (row === undefined) return PLAIN;
      if (opcode === CALL_IMM) return CALL;
      if (opcode === CALL_REG) return CALLX;
      if (opcode === LE || opcode === BE) return row.check === 'endian' ? ENDIAN : PLAIN;
      if (DIVISIONS.has(row.operation)) return DIVISION;
      if (row.operation === op.LDDW) return LDDW;
      return row.check === 'jump' ? JUMP : PLAIN;
    }),
  };
}

/** In bytes: one record for each instruction, and one more that stands after the last. */
export function recordsSizeOf({ textBytes }: Program): number {
  return (Math.floor(textBytes.length / 8) + 1) * layout.RECORD_SIZE;
}

/** How many instructions are lowered when one is needed: most of a large program never runs. */
const CHUNK = 512;
const NO_RECORDS = new Int32Array(0);

/** Lowers a program as it runs. What is not lowered is `LAZY`, in a block of length zero. */
export class Lowering {
  readonly #program: Program;
  readonly #static: boolean;
  readonly #count: number;
  readonly #text: Int32Array;
  #records: Int32Array = NO_RECORDS;

  constructor(program: Program) {
    this.#program = program;
    this.#static = VERSION_RULES[program.version].staticSyscalls;
    this.#count = Math.floor(program.textBytes.length / 8);
    this.#text = wordsOf(program.textBytes, this.#count * 2);
  }

  /** @param records - `recordsSizeOf` bytes, whatever they hold */
  clear(records: Int32Array): void {
    records.fill(0);
    records[this.#count * WORDS] = op.OVERRUN;
    records[this.#count * WORDS + 3] = 1;
  }

  /**
   * Lowers the instruction at `start` and some that follow it, to the end of a block: it is charged as a
   * whole.
   *
   * @param records - that were cleared; given anew since memory moves when it grows
   */
  lower(records: Int32Array, start: number): void {
    this.#records = records;
    const { operations, kinds } = TABLES[this.#program.version];
    const text = this.#text;
    const least = Math.min(start + CHUNK, this.#count);
    let end = start;
    let isSecondHalf = false;
    for (let isOpen = true; end < least || (isOpen && end < this.#count); end++) {
      const pc = end;
      const at = pc * WORDS;
      // From here on it is lowered already, to the end of its block.
      if (!isSecondHalf && ((records[at] ?? 0) & 0xff) !== op.LAZY) break;
      const word = text[pc * 2] ?? 0;
      const operation = operations[word & 0xff] ?? op.UNSUPPORTED;
      // Register numbers become offsets: eight bytes each.
      records[at] = operation | ((word & 0xf00) << 3) | ((word & 0xf000) << 7);
      records[at + 1] = word >> 16;
      records[at + 2] = text[pc * 2 + 1] ?? 0;
      const kind = kinds[word & 0xff];
      if (kind !== PLAIN && kind !== undefined) this.#special(kind, pc, word);
      const final = (records[at] ?? 0) & 0xff;
      isOpen = isSecondHalf || final < op.FIRST_JUMP;
      isSecondHalf = !isSecondHalf && final === op.LDDW;
    }
    measureBlocks(records, start, end);
    this.#records = NO_RECORDS;
  }

  #special(kind: number, pc: number, word: number): void {
    const imm = this.#text[pc * 2 + 1] ?? 0;
    switch (kind) {
      case JUMP:
        this.#records[pc * WORDS + 1] = this.#jump(pc, pc + 1 + (word >> 16));
        break;
      case CALL:
        this.#call(pc, word, imm);
        break;
      case CALLX: {
        const register = callxRegister(this.#program.version, word, imm);
        if (register < 0 || register > 10) this.#setOperation(pc, op.INVALID);
        else this.#records[pc * WORDS] = op.CALLX | (register << 19);
        break;
      }
      case ENDIAN: {
        const widths = (word & 0xff) === LE ? LITTLE_ENDIAN : BIG_ENDIAN;
        this.#setOperation(pc, widths.get(imm) ?? op.INVALID);
        break;
      }
      case DIVISION:
        if (imm === 0) this.#setOperation(pc, op.INVALID);
        break;
      default:
        // The last instruction has no second half.
        if (pc + 1 === this.#count) this.#setOperation(pc, op.INVALID);
    }
  }

  #setOperation(pc: number, operation: number): void {
    this.#records[pc * WORDS] = ((this.#records[pc * WORDS] ?? 0) & ~0xff) | operation;
  }

  /** Distance in bytes between records; a target outside the program runs into its end. */
  #jump(pc: number, target: number): number {
    const inside = target < 0 || target > this.#count ? this.#count : target;
    return (inside - pc) * layout.RECORD_SIZE;
  }

  /** Source: sbpf `interpreter.rs`, `CALL_IMM`. */
  #call(pc: number, word: number, imm: number): void {
    const source = (word >> 12) & 0xf;
    if ((!this.#static || source === 0) && this.#program.syscalls.has(imm >>> 0)) {
      this.#setOperation(pc, op.SYSCALL);
      return;
    }
    const target = this.#callTarget(pc, source, imm);
    if (target === undefined || target < 0 || target >= this.#count)
      this.#setOperation(pc, op.UNSUPPORTED);
    else this.#records[pc * WORDS + 1] = this.#jump(pc, target);
  }

  #callTarget(pc: number, source: number, imm: number): number | undefined {
    if (!this.#static) return this.#program.functions.get(imm >>> 0);
    return source === 1 ? pc + 1 + imm : undefined;
  }
}

/** The text in words: as it lies there when it is aligned, else a copy. */
function wordsOf(text: Uint8Array, words: number): Int32Array {
  return text.byteOffset % 4 === 0
    ? new Int32Array(text.buffer, text.byteOffset, words)
    : new Int32Array(text.slice(0, words * 4).buffer);
}

/** Writes how many instructions are left in each one's block, from the last to the first. */
function measureBlocks(records: Int32Array, start: number, end: number): void {
  let length = records[end * WORDS + 3] ?? 0;
  for (let pc = end - 1; pc >= start; pc--) {
    const at = pc * WORDS;
    const operation = (records[at] ?? 0) & 0xff;
    // The second half of a lddw is never reached from the first: it does not count for it.
    if (operation >= op.FIRST_JUMP) length = 1;
    else if (operation === op.LDDW) length = 1 + (records[at + 2 * WORDS + 3] ?? 1);
    else length++;
    records[at + 3] = length;
  }
}
