/** Text to instructions: the syntax is shown in `sbpf-assembler.ts`. */
import { functionHash, symbolHash } from '../../src/vm-preview/svm/sbpf/murmur3';
import type { SbpfVersion } from '../../src/vm-preview/svm/sbpf/types';

const ALU = {
  add: 0x00,
  sub: 0x10,
  mul: 0x20,
  div: 0x30,
  or: 0x40,
  and: 0x50,
  lsh: 0x60,
  rsh: 0x70,
  mod: 0x90,
  xor: 0xa0,
  mov: 0xb0,
  arsh: 0xc0,
} as const;
const JUMPS = {
  jeq: 0x10,
  jgt: 0x20,
  jge: 0x30,
  jset: 0x40,
  jne: 0x50,
  jsgt: 0x60,
  jsge: 0x70,
  jlt: 0xa0,
  jle: 0xb0,
  jslt: 0xc0,
  jsle: 0xd0,
} as const;
/** SIMD-0174; the width picks 32 or 64 bits (0x10). */
const PRODUCTS = {
  lmul: 0x80,
  uhmul: 0x20,
  shmul: 0xa0,
  udiv: 0x40,
  urem: 0x60,
  sdiv: 0xc0,
  srem: 0xe0,
} as const;
const SIZES = { b: 0x10, h: 0x08, w: 0x00, dw: 0x18 } as const;
/** SIMD-0173. */
const MOVED_SIZES = { b: 0x20, h: 0x30, w: 0x80, dw: 0x90 } as const;

const BYTECODE_START = 1n << 32n;
/** File header, then two program headers. */
export const TEXT_OFFSET = 64 + 2 * 56;

export interface Statement {
  readonly name: string;
  readonly operands: readonly string[];
  readonly line: string;
}

export interface Program {
  readonly statements: readonly Statement[];
  /** pc by name. */
  readonly labels: ReadonlyMap<string, number>;
  /** Offset in rodata by name. */
  readonly data: ReadonlyMap<string, number>;
  readonly rodata: Uint8Array;
  /** In instructions; a lddw counts for two. */
  readonly length: number;
}

export function parse(text: string): Program {
  const statements: Statement[] = [];
  const labels = new Map<string, number>();
  const data = new Map<string, number>();
  const rodata: number[] = [];
  let length = 0;
  for (const raw of text.split('\n')) {
    const directive = /^\s*\.(string|quad|bytes)\s+(\w+)\s+(.*)$/.exec(raw);
    if (directive) {
      const [, kind = '', name = '', value = ''] = directive;
      while (rodata.length % 8 !== 0) rodata.push(0);
      data.set(name, rodata.length);
      rodata.push(...dataOf(kind, value));
      continue;
    }
    let line = raw.replace(/[;#].*$/, '').trim();
    const label = /^(\w+):\s*/.exec(line);
    if (label) {
      labels.set(label[1] ?? '', length);
      line = line.slice(label[0].length);
    }
    if (line === '') continue;
    const [name = '', ...rest] = line.split(/\s+/);
    const operands = rest
      .join(' ')
      .split(',')
      .map((operand) => operand.trim())
      .filter((operand) => operand !== '');
    statements.push({ name, operands, line });
    length += name === 'lddw' ? 2 : 1;
  }
  return { statements, labels, data, rodata: Uint8Array.from(rodata), length };
}

function dataOf(kind: string, value: string): number[] {
  if (kind === 'string') return [...new TextEncoder().encode(String(JSON.parse(value.trim())))];
  if (kind === 'bytes')
    return (value.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, 16));
  return value.split(',').flatMap((number) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, numberOf(number)), true);
    return [...bytes];
  });
}

/**
 * `linked` as a linker leaves it in a file, `loaded` as a loader leaves it in memory.
 *
 * @throws Error with the line that it cannot assemble
 */
export function encode(
  program: Program,
  form: 'loaded' | 'linked',
  version: SbpfVersion,
): Uint8Array {
  const isMoved = version === 2;
  const isStatic = version === 3;
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  let pc = 0;
  const emit = (opcode: number, dst: number, src: number, offset: number, imm: number): void => {
    view.setUint8(pc * 8, opcode);
    view.setUint8(pc * 8 + 1, dst | (src << 4));
    view.setInt16(pc * 8 + 2, offset, true);
    view.setInt32(pc * 8 + 4, imm, true);
    pc++;
  };
  for (const { name, operands, line } of program.statements) {
    const [a = '', b = '', c = ''] = operands;
    const fail = (): never => {
      throw new Error(`cannot assemble: ${line}`);
    };
    const registerOf = (operand: string): number => {
      const match = /^r(10|\d)$/.exec(operand);
      return match ? Number(match[1]) : fail();
    };
    const isRegister = (operand: string): boolean => /^r\d+$/.test(operand);
    const memoryOf = (operand: string): [number, number] => {
      const match = /^\[\s*(r\d+)\s*(?:([+-])\s*(\w+))?\s*\]$/.exec(operand);
      if (!match) return fail();
      const distance = Number(match[3] ?? 0);
      return [registerOf(match[1] ?? ''), match[2] === '-' ? -distance : distance];
    };
    const jumpTo = (target: string): number => {
      const label = program.labels.get(target);
      if (label !== undefined) return label - pc - 1;
      return /^[+-]/.test(target) ? Number(target) : fail();
    };
    const immOf = (operand: string): number => Number(BigInt.asIntN(32, numberOf(operand)));
    const alu = /^(\w+?)(32|64)$/.exec(name);
    const jump = /^(j\w+?)(32)?$/.exec(name);
    const load = /^ldx(b|h|w|dw)$/.exec(name);
    const storeRegister = /^stx(b|h|w|dw)$/.exec(name);
    const storeImm = /^st(b|h|w|dw)$/.exec(name);
    const swap = /^(le|be)(16|32|64)$/.exec(name);
    if (name === 'exit') emit(0x95, 0, 0, 0, 0);
    else if (name === 'lddw') {
      const value = BigInt.asUintN(64, addressOf(program, b, form, version));
      const low = Number(BigInt.asIntN(32, value));
      const high = Number(BigInt.asIntN(32, value >> 32n));
      // Without lddw: mov32, hor64.
      emit(isMoved ? 0xb4 : 0x18, registerOf(a), 0, 0, low);
      emit(isMoved ? 0xf7 : 0, isMoved ? registerOf(a) : 0, 0, 0, high);
    } else if (name === 'call') {
      const target = program.labels.get(a);
      if (target === undefined)
        emit(0x85, 0, 0, 0, form === 'linked' && !isStatic ? -1 : symbolHash(a) | 0);
      else if (isStatic) emit(0x85, 0, 1, 0, target - pc - 1);
      else if (form === 'loaded') emit(0x85, 0, 0, 0, functionHash(target) | 0);
      else emit(0x85, 0, 1, 0, target - pc - 1);
    } else if (name === 'callx') {
      const register = registerOf(a);
      if (isStatic) emit(0x8d, register, 0, 0, 0);
      else if (isMoved) emit(0x8d, 0, register, 0, 0);
      else emit(0x8d, 0, 0, 0, register);
    } else if (name === 'ja') emit(0x05, 0, 0, jumpTo(a), 0);
    else if (swap) emit(swap[1] === 'le' ? 0xd4 : 0xdc, registerOf(a), 0, 0, Number(swap[2]));
    else if (name === 'neg32' || name === 'neg64')
      emit(name === 'neg32' ? 0x84 : 0x87, registerOf(a), 0, 0, 0);
    else if (load) {
      const [base, offset] = memoryOf(b);
      const opcode = isMoved ? 0x0c | movedSizeOf(load[1]) : 0x61 | sizeOf(load[1]);
      emit(opcode, registerOf(a), base, offset, 0);
    } else if (storeRegister) {
      const [base, offset] = memoryOf(a);
      const size = storeRegister[1];
      emit(
        isMoved ? 0x0f | movedSizeOf(size) : 0x63 | sizeOf(size),
        base,
        registerOf(b),
        offset,
        0,
      );
    } else if (storeImm) {
      const [base, offset] = memoryOf(a);
      const size = storeImm[1];
      emit(isMoved ? 0x07 | movedSizeOf(size) : 0x62 | sizeOf(size), base, 0, offset, immOf(b));
    } else if (jump && hasKey(JUMPS, jump[1])) {
      const opcode = JUMPS[jump[1]] | (jump[2] ? 0x06 : 0x05);
      if (isRegister(b)) emit(opcode | 0x08, registerOf(a), registerOf(b), jumpTo(c), 0);
      else emit(opcode, registerOf(a), 0, jumpTo(c), immOf(b));
    } else if (alu && hasKey(PRODUCTS, alu[1])) {
      const opcode = 0x06 | PRODUCTS[alu[1]] | (alu[2] === '64' ? 0x10 : 0);
      if (isRegister(b)) emit(opcode | 0x08, registerOf(a), registerOf(b), 0, 0);
      else emit(opcode, registerOf(a), 0, 0, immOf(b));
    } else if (alu && hasKey(ALU, alu[1])) {
      const opcode = ALU[alu[1]] | (alu[2] === '64' ? 0x07 : 0x04);
      if (isRegister(b)) emit(opcode | 0x08, registerOf(a), registerOf(b), 0, 0);
      else emit(opcode, registerOf(a), 0, 0, immOf(b));
    } else fail();
  }
  return bytes;
}

function hasKey<T extends object>(table: T, key: string | undefined): key is keyof T & string {
  return key !== undefined && key in table;
}

function sizeOf(suffix: string | undefined): number {
  if (!hasKey(SIZES, suffix)) throw new Error(`no size ${suffix}`);
  return SIZES[suffix];
}

function movedSizeOf(suffix: string | undefined): number {
  if (!hasKey(MOVED_SIZES, suffix)) throw new Error(`no size ${suffix}`);
  return MOVED_SIZES[suffix];
}

function numberOf(text: string): bigint {
  const trimmed = text.trim();
  return trimmed.startsWith('-') ? -BigInt(trimmed.slice(1)) : BigInt(trimmed);
}

function addressOf(
  program: Program,
  operand: string,
  form: 'loaded' | 'linked',
  version: SbpfVersion,
): bigint {
  const data = program.data.get(operand);
  const label = program.labels.get(operand);
  // v3 has its data at zero. Bare instructions are the whole region; in a file they follow the headers.
  if (version === 3 && data !== undefined) return BigInt(data);
  const isInFile = form === 'linked' && version !== 3;
  const start = BYTECODE_START + (isInFile ? BigInt(TEXT_OFFSET) : 0n);
  if (data !== undefined) return start + BigInt(program.length * 8 + data);
  if (label !== undefined) return start + BigInt(label * 8);
  return numberOf(operand);
}
