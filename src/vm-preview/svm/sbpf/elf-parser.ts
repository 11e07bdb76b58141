/** The parts of an ELF file that matter here. Source: sbpf `src/elf_parser/mod.rs`, check by check. */
import { ElfError, elfError, parserError, stringTooLong } from './elf-error';

const FILE_HEADER_SIZE = 64n;
export const PROGRAM_HEADER_SIZE = 56n;
const SECTION_HEADER_SIZE = 64n;
const SYMBOL_SIZE = 24;
const RELOCATION_SIZE = 16;
const DYNAMIC_SIZE = 16;

const U64_MAX = 0xffff_ffff_ffff_ffffn;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const SHT_NULL = 0;
const SHT_SYMTAB = 2;
const SHT_STRTAB = 3;
const SHT_DYNAMIC = 6;
const SHT_NOBITS = 8;
const SHT_DYNSYM = 11;
const SHF_WRITE_ALLOC = 3n;
const DT_SYMTAB = 6;
const DT_REL = 17;
const DT_RELSZ = 18;
const DT_RELENT = 19;
const DT_NUM = 35;

const SECTION_NAME_LENGTH = 16;
const SYMBOL_NAME_LENGTH = 64;

/** Half open. */
export interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

export interface FileHeader {
  readonly ident: Uint8Array;
  readonly type: number;
  readonly machine: number;
  readonly version: number;
  readonly entry: bigint;
  readonly programHeaderOffset: bigint;
  readonly sectionHeaderOffset: bigint;
  readonly headerSize: number;
  readonly programHeaderSize: number;
  readonly programHeaderCount: number;
  readonly sectionHeaderSize: number;
  readonly sectionHeaderCount: number;
  readonly sectionNamesIndex: number;
}

export interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly offset: bigint;
  readonly address: bigint;
  readonly physicalAddress: bigint;
  readonly fileSize: bigint;
  readonly memorySize: bigint;
}

export interface SectionHeader {
  readonly name: number;
  readonly type: number;
  readonly flags: bigint;
  readonly address: bigint;
  readonly offset: bigint;
  readonly size: bigint;
}

export function saturatingAdd(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > U64_MAX ? U64_MAX : sum;
}

function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function checkedAdd(a: bigint, b: bigint): bigint {
  const sum = a + b;
  if (sum > U64_MAX) throw elfError('ValueOutOfBounds');
  return sum;
}

export function contains(range: Range, value: bigint): boolean {
  return range.start <= value && value < range.end;
}

/** `None` for NOBITS becomes the empty range at zero, as everywhere in sbpf. */
export function fileRange(section: SectionHeader): Range {
  if (section.type === SHT_NOBITS) return { start: 0n, end: 0n };
  return { start: section.offset, end: saturatingAdd(section.offset, section.size) };
}

export function addressRange(section: SectionHeader): Range {
  return { start: section.address, end: saturatingAdd(section.address, section.size) };
}

export function isWritable(section: SectionHeader): boolean {
  return (section.flags & SHF_WRITE_ALLOC) === SHF_WRITE_ALLOC;
}

export function isLoad(header: ProgramHeader): boolean {
  return header.type === PT_LOAD;
}

function checkNoOverlap(a: Range, b: Range): void {
  if (a.end > b.start && b.end > a.start) throw parserError('Overlap');
}

/** As `slice::get` on bytes. */
export function sliceAt(bytes: Uint8Array, range: Range): Uint8Array {
  if (range.start > range.end || range.end > BigInt(bytes.length))
    throw elfError('ValueOutOfBounds');
  return bytes.subarray(Number(range.start), Number(range.end));
}

/** `slice_from_bytes`: records of `size` bytes, aligned to 8. */
function tableAt(bytes: Uint8Array, range: Range, size: bigint): DataView {
  const length = range.end > range.start ? range.end - range.start : 0n;
  if (length % size !== 0n) throw parserError('InvalidSize');
  const slice = sliceAt(bytes, range);
  if (range.start % 8n !== 0n) throw parserError('InvalidAlignment');
  return new DataView(slice.buffer, slice.byteOffset, slice.byteLength);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function parseFileHeader(bytes: Uint8Array): FileHeader {
  const view = viewOf(sliceAt(bytes, { start: 0n, end: FILE_HEADER_SIZE }));
  return {
    ident: bytes.subarray(0, 16),
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    version: view.getUint32(20, true),
    entry: view.getBigUint64(24, true),
    programHeaderOffset: view.getBigUint64(32, true),
    sectionHeaderOffset: view.getBigUint64(40, true),
    headerSize: view.getUint16(52, true),
    programHeaderSize: view.getUint16(54, true),
    programHeaderCount: view.getUint16(56, true),
    sectionHeaderSize: view.getUint16(58, true),
    sectionHeaderCount: view.getUint16(60, true),
    sectionNamesIndex: view.getUint16(62, true),
  };
}

export function parseProgramHeaders(bytes: Uint8Array, range: Range): ProgramHeader[] {
  const view = tableAt(bytes, range, PROGRAM_HEADER_SIZE);
  const headers: ProgramHeader[] = [];
  for (let at = 0; at < view.byteLength; at += Number(PROGRAM_HEADER_SIZE)) {
    headers.push({
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: view.getBigUint64(at + 8, true),
      address: view.getBigUint64(at + 16, true),
      physicalAddress: view.getBigUint64(at + 24, true),
      fileSize: view.getBigUint64(at + 32, true),
      memorySize: view.getBigUint64(at + 40, true),
    });
  }
  return headers;
}

function parseSectionHeaders(bytes: Uint8Array, range: Range): SectionHeader[] {
  const view = tableAt(bytes, range, SECTION_HEADER_SIZE);
  const headers: SectionHeader[] = [];
  for (let at = 0; at < view.byteLength; at += Number(SECTION_HEADER_SIZE)) {
    headers.push({
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      flags: view.getBigUint64(at + 8, true),
      address: view.getBigUint64(at + 16, true),
      offset: view.getBigUint64(at + 24, true),
      size: view.getBigUint64(at + 32, true),
    });
  }
  return headers;
}

/** Reads a name up to its zero byte. */
function stringInSection(
  bytes: Uint8Array,
  section: SectionHeader,
  offset: number,
  maximum: number,
): Uint8Array {
  if (section.type !== SHT_STRTAB) throw parserError('InvalidSectionHeader');
  const start = checkedAdd(section.offset, BigInt(offset));
  const sectionEnd = checkedAdd(section.offset, section.size);
  const longest = checkedAdd(start, BigInt(maximum));
  const text = sliceAt(bytes, { start, end: lesser(sectionEnd, longest) });
  const length = text.indexOf(0);
  if (length < 0) throw stringTooLong(lossyText(text), maximum);
  return text.subarray(0, length);
}

/** As `String::from_utf8_lossy`. */
export function lossyText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Names that decide anything are ASCII; compared as Latin-1 so that no byte is lost. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** A Latin-1 name as sbpf shows it. */
export function shownName(name: string): string {
  return lossyText(Uint8Array.from(name, (letter) => letter.charCodeAt(0)));
}

/** A parsed file of the lenient format (v0 to v2). */
export class Elf {
  readonly header: FileHeader;
  readonly sections: readonly SectionHeader[];
  /** By index of section, as Latin-1. */
  readonly sectionNames: readonly string[];
  /** Pairs of r_offset and r_info, both u64. */
  readonly relocations: DataView | undefined;
  readonly symbols: DataView | undefined;
  readonly #bytes: Uint8Array;
  readonly #symbolNames: SectionHeader | undefined;

  /** @throws ElfError */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const header = parseFileHeader(bytes);
    this.header = header;
    checkFileHeader(header);
    const fileHeaderRange = { start: 0n, end: FILE_HEADER_SIZE };
    const programRange = tableRange(
      header.programHeaderOffset,
      header.programHeaderCount,
      PROGRAM_HEADER_SIZE,
    );
    checkNoOverlap(fileHeaderRange, programRange);
    const programs = parseProgramHeaders(bytes, programRange);
    const sectionRange = tableRange(
      header.sectionHeaderOffset,
      header.sectionHeaderCount,
      SECTION_HEADER_SIZE,
    );
    checkNoOverlap(fileHeaderRange, sectionRange);
    checkNoOverlap(programRange, sectionRange);
    this.sections = parseSectionHeaders(bytes, sectionRange);
    if (this.sections[0]?.type !== SHT_NULL) throw parserError('InvalidSectionHeader');
    checkPrograms(programs, bytes.length);
    checkSections(this.sections, [fileHeaderRange, programRange, sectionRange], bytes.length);
    this.sectionNames = this.#readSectionNames();
    this.#checkUnique('.symtab');
    this.#checkUnique('.strtab');
    this.#symbolNames = this.sections[this.#checkUnique('.dynstr')];
    const dynamic = this.#dynamicTable(programs);
    this.relocations = dynamic && this.#relocationTable(dynamic, programs);
    this.symbols = dynamic && this.#symbolTable(dynamic);
  }

  /** The name of a dynamic symbol. @throws ElfError */
  symbolName(nameOffset: number): Uint8Array {
    if (this.#symbolNames === undefined) throw parserError('NoDynamicStringTable');
    return stringInSection(this.#bytes, this.#symbolNames, nameOffset, SYMBOL_NAME_LENGTH);
  }

  #readSectionNames(): string[] {
    const names = this.sections[this.header.sectionNamesIndex];
    if (this.header.sectionNamesIndex === 0) throw parserError('NoSectionNameStringTable');
    if (names === undefined) throw elfError('ValueOutOfBounds');
    const found: string[] = [];
    const once = new Set<string>();
    for (const section of this.sections) {
      const name = latin1(stringInSection(this.#bytes, names, section.name, SECTION_NAME_LENGTH));
      // A second table of symbols or of their names is refused where it is met.
      if (name === '.symtab' || name === '.strtab' || name === '.dynstr') {
        if (once.has(name)) throw parserError('InvalidSectionHeader');
        once.add(name);
      }
      found.push(name);
    }
    return found;
  }

  #checkUnique(name: string): number {
    return this.sectionNames.indexOf(name);
  }

  #dynamicTable(programs: readonly ProgramHeader[]): bigint[] | undefined {
    const view = this.#dynamicView(programs);
    if (view === undefined) return undefined;
    const table: bigint[] = new Array(DT_NUM).fill(0n);
    for (let at = 0; at < view.byteLength; at += DYNAMIC_SIZE) {
      const tag = view.getBigUint64(at, true);
      if (tag === 0n) break;
      if (tag < BigInt(DT_NUM)) table[Number(tag)] = view.getBigUint64(at + 8, true);
    }
    return table;
  }

  #dynamicView(programs: readonly ProgramHeader[]): DataView | undefined {
    const size = BigInt(DYNAMIC_SIZE);
    const program = programs.find((header) => header.type === PT_DYNAMIC);
    if (program !== undefined) {
      const end = program.offset + program.fileSize;
      const view =
        end > U64_MAX
          ? undefined
          : attempt(() => tableAt(this.#bytes, { start: program.offset, end }, size));
      if (view !== undefined) return view;
    }
    const section = this.sections.find((header) => header.type === SHT_DYNAMIC);
    if (section === undefined) return undefined;
    const view = attempt(() =>
      tableAt(
        this.#bytes,
        { start: section.offset, end: checkedAdd(section.offset, section.size) },
        size,
      ),
    );
    if (view === undefined) throw parserError('InvalidDynamicSectionTable');
    return view;
  }

  #relocationTable(
    dynamic: readonly bigint[],
    programs: readonly ProgramHeader[],
  ): DataView | undefined {
    const address = dynamic[DT_REL] ?? 0n;
    if (address === 0n) return undefined;
    if (dynamic[DT_RELENT] !== BigInt(RELOCATION_SIZE))
      throw parserError('InvalidDynamicSectionTable');
    const size = dynamic[DT_RELSZ] ?? 0n;
    if (size === 0n) throw parserError('InvalidDynamicSectionTable');
    const start = this.#fileOffset(address, programs);
    const range = { start, end: checkedAdd(start, size) };
    const view = attempt(() => tableAt(this.#bytes, range, BigInt(RELOCATION_SIZE)));
    if (view === undefined) throw parserError('InvalidDynamicSectionTable');
    return view;
  }

  /** Where an address lies in the file: by program header, else the section that starts there. */
  #fileOffset(address: bigint, programs: readonly ProgramHeader[]): bigint {
    for (const program of programs) {
      const end = checkedAdd(program.address, program.memorySize);
      if (program.address <= address && address < end)
        return checkedAdd(address - program.address, program.offset);
    }
    return this.#sectionAt(address).offset;
  }

  #sectionAt(address: bigint): SectionHeader {
    const section = this.sections.find((header) => header.address === address);
    if (section === undefined) throw parserError('InvalidDynamicSectionTable');
    return section;
  }

  #symbolTable(dynamic: readonly bigint[]): DataView | undefined {
    const address = dynamic[DT_SYMTAB] ?? 0n;
    if (address === 0n) return undefined;
    const section = this.#sectionAt(address);
    if (section.type !== SHT_SYMTAB && section.type !== SHT_DYNSYM)
      throw parserError('InvalidSectionHeader');
    const range = { start: section.offset, end: checkedAdd(section.offset, section.size) };
    return tableAt(this.#bytes, range, BigInt(SYMBOL_SIZE));
  }
}

/** `Result::ok`: only for what sbpf itself tries and then does another way. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ElfError) return undefined;
    throw error;
  }
}

function tableRange(offset: bigint, count: number, size: bigint): Range {
  return { start: offset, end: checkedAdd(offset, BigInt(count) * size) };
}

function checkFileHeader(header: FileHeader): void {
  const { ident } = header;
  const ok =
    ident[0] === 0x7f &&
    ident[1] === 0x45 &&
    ident[2] === 0x4c &&
    ident[3] === 0x46 &&
    ident[4] === 2 &&
    ident[5] === 1 &&
    ident[6] === 1 &&
    header.version === 1 &&
    header.headerSize === Number(FILE_HEADER_SIZE) &&
    header.programHeaderSize === Number(PROGRAM_HEADER_SIZE) &&
    header.sectionHeaderSize === Number(SECTION_HEADER_SIZE) &&
    header.sectionNamesIndex < header.sectionHeaderCount;
  if (!ok) throw parserError('InvalidFileHeader');
}

function checkPrograms(programs: readonly ProgramHeader[], fileLength: number): void {
  let address = 0n;
  for (const program of programs) {
    if (program.type !== PT_LOAD) continue;
    if (program.address < address) throw elfError('InvalidProgramHeader');
    if (checkedAdd(program.offset, program.fileSize) > BigInt(fileLength))
      throw elfError('ValueOutOfBounds');
    address = program.address;
  }
}

function checkSections(
  sections: readonly SectionHeader[],
  taken: readonly Range[],
  fileLength: number,
): void {
  let offset = 0n;
  for (const section of sections) {
    if (section.type === SHT_NOBITS) continue;
    const range = { start: section.offset, end: checkedAdd(section.offset, section.size) };
    for (const other of taken) checkNoOverlap(range, other);
    if (range.start < offset) throw parserError('SectionNotInOrder');
    offset = range.end;
    if (offset > BigInt(fileLength)) throw elfError('ValueOutOfBounds');
  }
}
