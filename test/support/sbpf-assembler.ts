/**
 * A small sBPF v0 assembler and ELF writer for tests.
 *
 * One instruction a line; `;` and `#` start comments; `name:` sets a label.
 *
 *     .string greeting "hi\n"        rodata, also .quad name 1, 2 and .bytes name 0a0b
 *     entrypoint:
 *       lddw r1, greeting            address of rodata, of a function, or a number
 *       mov64 r2, 3
 *       call sol_log_                a label is a function of the program, any other name a syscall
 *       ldxdw r3, [r10-8]
 *       jeq r3, 0, done
 *       callx r3
 *     done:
 *       exit
 */
import { functionHash, symbolHash } from '../../src/vm-preview/svm/sbpf/murmur3';

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
const SIZES = { b: 0x10, h: 0x08, w: 0x00, dw: 0x18 } as const;

const BYTECODE_START = 1n << 32n;
/** File header, then two program headers. */
const TEXT_OFFSET = 64 + 2 * 56;

interface Statement {
  readonly name: string;
  readonly operands: readonly string[];
  readonly line: string;
}

interface Program {
  readonly statements: readonly Statement[];
  /** pc by name. */
  readonly labels: ReadonlyMap<string, number>;
  /** Offset in rodata by name. */
  readonly data: ReadonlyMap<string, number>;
  readonly rodata: Uint8Array;
  /** In instructions; a lddw counts for two. */
  readonly length: number;
}

/** @returns the instructions as an sBPF v0 loader leaves them: calls by hash, addresses relocated */
export function assemble(text: string): Uint8Array {
  return encode(parse(text));
}

/**
 * A v0 ELF of the program that any loader accepts: `.text` and `.rodata` at equal offsets and addresses,
 * calls relative, syscalls as dynamic symbols with relocations, as a linker leaves them.
 * It starts at the label `entrypoint`, or at its first instruction.
 */
export function elf(text: string): Uint8Array {
  const program = parse(text);
  const code = encode(program, 'linked');
  const symbols = syscallNames(program);
  const names = symbols.map((name) => `${name}\0`).join('');
  const tables: Section[] = [
    { name: '.text', type: 1, flags: 6, data: code },
    { name: '.rodata', type: 1, flags: 2, data: program.rodata },
    { name: '.dynsym', type: 11, flags: 2, data: new Uint8Array(24 * (symbols.length + 1)) },
    { name: '.dynstr', type: 3, flags: 2, data: new TextEncoder().encode(`\0${names}`) },
    { name: '.rel.dyn', type: 9, flags: 2, data: relocationsOf(program, symbols) },
    { name: '.dynamic', type: 6, flags: 3, data: new Uint8Array(16 * 6) },
    { name: '.shstrtab', type: 3, flags: 0, data: new Uint8Array(0) },
  ];
  const allNames = `\0${tables.map((section) => `${section.name}\0`).join('')}`;
  const sectionNames = new TextEncoder().encode(allNames);
  let at = TEXT_OFFSET;
  // An empty section would share its address with the next, by which loaders look sections up.
  const present = tables.filter(({ name, data }) => data.length > 0 || name === '.shstrtab');
  const sections = present.map((section) => {
    const data = section.name === '.shstrtab' ? sectionNames : section.data;
    const offset = at;
    at = Math.ceil((at + data.length) / 8) * 8;
    return { ...section, data, offset };
  });
  const bytes = new Uint8Array(at + (sections.length + 1) * 64);
  const view = new DataView(bytes.buffer);
  writeFileHeader(view, program, at, sections.length);
  const offsets = new Map(sections.map((section) => [section.name, section.offset]));
  const offsetOf = (name: string): number => offsets.get(name) ?? 0;
  for (const [index, section] of sections.entries()) {
    bytes.set(section.data, section.offset);
    const header = at + (index + 1) * 64;
    view.setUint32(header, allNames.indexOf(`\0${section.name}\0`) + 1, true);
    view.setUint32(header + 4, section.type, true);
    view.setBigUint64(header + 8, BigInt(section.flags), true);
    view.setBigUint64(header + 16, section.flags === 0 ? 0n : BigInt(section.offset), true);
    view.setBigUint64(header + 24, BigInt(section.offset), true);
    view.setBigUint64(header + 32, BigInt(section.data.length), true);
  }
  let symbolName = 1;
  for (const [index, name] of symbols.entries()) {
    view.setUint32(offsetOf('.dynsym') + 24 * (index + 1), symbolName, true);
    view.setUint8(offsetOf('.dynsym') + 24 * (index + 1) + 4, 0x10);
    symbolName += name.length + 1;
  }
  writeProgramHeaders(view, sections, offsetOf('.dynamic'));
  const relocations = relocationsOf(program, symbols).length;
  const dynamic: readonly (readonly [tag: number, value: number])[] = [
    [6, offsetOf('.dynsym')],
    [5, offsetOf('.dynstr')],
    ...(relocations > 0
      ? ([
          [17, offsetOf('.rel.dyn')],
          [18, relocations],
          [19, 16],
        ] as const)
      : []),
  ];
  for (const [index, [tag, value]] of dynamic.entries()) {
    view.setBigUint64(offsetOf('.dynamic') + 16 * index, BigInt(tag), true);
    view.setBigUint64(offsetOf('.dynamic') + 16 * index + 8, BigInt(value), true);
  }
  return bytes;
}

interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

function writeFileHeader(
  view: DataView,
  program: Program,
  sectionHeaders: number,
  sectionCount: number,
): void {
  for (const [index, byte] of [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1].entries())
    view.setUint8(index, byte);
  view.setUint16(16, 3, true);
  view.setUint16(18, 263, true);
  view.setUint32(20, 1, true);
  const entry = TEXT_OFFSET + 8 * (program.labels.get('entrypoint') ?? 0);
  view.setBigUint64(24, BigInt(entry), true);
  view.setBigUint64(32, 64n, true);
  view.setBigUint64(40, BigInt(sectionHeaders), true);
  for (const [index, value] of [64, 56, 2, 64, sectionCount + 1, sectionCount].entries())
    view.setUint16(52 + index * 2, value, true);
}

/** One to load text and rodata, one for the dynamic table. */
function writeProgramHeaders(
  view: DataView,
  sections: readonly (Section & { readonly offset: number })[],
  dynamicOffset: number,
): void {
  const dynamic = sections.find((section) => section.name === '.dynamic');
  const loaded = dynamicOffset - TEXT_OFFSET;
  const headers = [
    { type: 1, flags: 5, offset: TEXT_OFFSET, size: loaded },
    { type: 2, flags: 6, offset: dynamicOffset, size: dynamic?.data.length ?? 0 },
  ];
  for (const [index, header] of headers.entries()) {
    const at = 64 + index * 56;
    view.setUint32(at, header.type, true);
    view.setUint32(at + 4, header.flags, true);
    for (const field of [8, 16, 24]) view.setBigUint64(at + field, BigInt(header.offset), true);
    for (const field of [32, 40]) view.setBigUint64(at + field, BigInt(header.size), true);
    view.setBigUint64(at + 48, 8n, true);
  }
}

function isSyscall(program: Program, { name, operands }: Statement): boolean {
  return name === 'call' && !program.labels.has(operands[0] ?? '');
}

function syscallNames(program: Program): string[] {
  const calls = program.statements.filter((statement) => isSyscall(program, statement));
  return [...new Set(calls.map((statement) => statement.operands[0] ?? ''))];
}

function relocationsOf(program: Program, symbols: readonly string[]): Uint8Array {
  const entries: bigint[] = [];
  let pc = 0;
  for (const statement of program.statements) {
    if (isSyscall(program, statement)) {
      const symbol = BigInt(symbols.indexOf(statement.operands[0] ?? '') + 1);
      entries.push(BigInt(TEXT_OFFSET + pc * 8), (symbol << 32n) | 10n);
    }
    pc += statement.name === 'lddw' ? 2 : 1;
  }
  return new Uint8Array(BigUint64Array.from(entries).buffer);
}

function parse(text: string): Program {
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

function encode(program: Program, form: 'loaded' | 'linked' = 'loaded'): Uint8Array {
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
      const value = BigInt.asUintN(64, addressOf(program, b, form));
      emit(0x18, registerOf(a), 0, 0, Number(BigInt.asIntN(32, value)));
      emit(0, 0, 0, 0, Number(BigInt.asIntN(32, value >> 32n)));
    } else if (name === 'call') {
      const target = program.labels.get(a);
      if (target === undefined) emit(0x85, 0, 0, 0, form === 'linked' ? -1 : symbolHash(a) | 0);
      else if (form === 'loaded') emit(0x85, 0, 0, 0, functionHash(target) | 0);
      else emit(0x85, 0, 1, 0, target - pc - 1);
    } else if (name === 'callx') emit(0x8d, 0, 0, 0, registerOf(a));
    else if (name === 'ja') emit(0x05, 0, 0, jumpTo(a), 0);
    else if (swap) emit(swap[1] === 'le' ? 0xd4 : 0xdc, registerOf(a), 0, 0, Number(swap[2]));
    else if (name === 'neg32' || name === 'neg64')
      emit(name === 'neg32' ? 0x84 : 0x87, registerOf(a), 0, 0, 0);
    else if (load) {
      const [base, offset] = memoryOf(b);
      emit(0x61 | sizeOf(load[1]), registerOf(a), base, offset, 0);
    } else if (storeRegister) {
      const [base, offset] = memoryOf(a);
      emit(0x63 | sizeOf(storeRegister[1]), base, registerOf(b), offset, 0);
    } else if (storeImm) {
      const [base, offset] = memoryOf(a);
      emit(0x62 | sizeOf(storeImm[1]), base, 0, offset, immOf(b));
    } else if (jump && hasKey(JUMPS, jump[1])) {
      const opcode = JUMPS[jump[1]] | (jump[2] ? 0x06 : 0x05);
      if (isRegister(b)) emit(opcode | 0x08, registerOf(a), registerOf(b), jumpTo(c), 0);
      else emit(opcode, registerOf(a), 0, jumpTo(c), immOf(b));
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

function numberOf(text: string): bigint {
  const trimmed = text.trim();
  return trimmed.startsWith('-') ? -BigInt(trimmed.slice(1)) : BigInt(trimmed);
}

function addressOf(program: Program, operand: string, form: 'loaded' | 'linked'): bigint {
  const data = program.data.get(operand);
  const label = program.labels.get(operand);
  // Bare instructions are the whole region; in a file they stand after the headers.
  const start = BYTECODE_START + (form === 'linked' ? BigInt(TEXT_OFFSET) : 0n);
  if (data !== undefined) return start + BigInt(program.length * 8 + data);
  if (label !== undefined) return start + BigInt(label * 8);
  return numberOf(operand);
}
