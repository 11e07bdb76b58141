/**
 * A small sBPF assembler and ELF writer for tests.
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
import type { SbpfVersion } from '../../src/vm-preview/svm/sbpf/types';
import { encode, type Program, parse, type Statement, TEXT_OFFSET } from './sbpf-assembly';

/** @returns the instructions as a loader leaves them: calls by hash (v0 to v2), addresses relocated */
export function assemble(text: string, version: SbpfVersion = 0): Uint8Array {
  return encode(parse(text), 'loaded', version);
}

/**
 * An ELF of the program that any loader accepts. v0 to v2: `.text` and `.rodata` at equal offsets and
 * addresses, calls relative, syscalls as dynamic symbols with relocations, as a linker leaves them.
 * v3: two program headers and what they name.
 * It starts at the label `entrypoint`, or at its first instruction.
 */
export function elf(text: string, version: SbpfVersion = 0): Uint8Array {
  const program = parse(text);
  const code = encode(program, 'linked', version);
  if (version === 3) return strictElf(program, code);
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
  writeFileHeader(view, version, TEXT_OFFSET + entryOf(program), at, sections.length);
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

function entryOf(program: Program): number {
  return 8 * (program.labels.get('entrypoint') ?? 0);
}

function writeFileHeader(
  view: DataView,
  version: SbpfVersion,
  entry: number,
  sectionHeaders: number,
  sectionCount: number,
): void {
  for (const [index, byte] of [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1].entries())
    view.setUint8(index, byte);
  view.setUint16(16, 3, true);
  view.setUint16(18, version === 3 ? 247 : 263, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, BigInt(entry), true);
  view.setBigUint64(32, 64n, true);
  view.setBigUint64(40, BigInt(sectionHeaders), true);
  view.setUint32(48, version, true);
  for (const [index, value] of [64, 56, 2, 64, sectionCount + 1, sectionCount].entries())
    view.setUint16(52 + index * 2, value, true);
}

/** SIMD-0189: read-only data at zero, then the instructions at 1 << 32; no sections. */
function strictElf(program: Program, code: Uint8Array): Uint8Array {
  const rodata = new Uint8Array(Math.ceil(program.rodata.length / 8) * 8);
  rodata.set(program.rodata);
  const bytes = new Uint8Array(TEXT_OFFSET + rodata.length + code.length);
  const view = new DataView(bytes.buffer);
  writeFileHeader(view, 3, 2 ** 32 + entryOf(program), 0, -1);
  view.setUint16(62, 0, true);
  const headers = [
    { flags: 4, address: 0n, offset: TEXT_OFFSET, size: rodata.length },
    { flags: 1, address: 1n << 32n, offset: TEXT_OFFSET + rodata.length, size: code.length },
  ];
  for (const [index, header] of headers.entries()) {
    const at = 64 + index * 56;
    view.setUint32(at, 1, true);
    view.setUint32(at + 4, header.flags, true);
    view.setBigUint64(at + 8, BigInt(header.offset), true);
    for (const field of [16, 24]) view.setBigUint64(at + field, header.address, true);
    for (const field of [32, 40]) view.setBigUint64(at + field, BigInt(header.size), true);
  }
  bytes.set(rodata, TEXT_OFFSET);
  bytes.set(code, TEXT_OFFSET + rodata.length);
  return bytes;
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
