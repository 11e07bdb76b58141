/** A file of the lenient format. Source: sbpf `src/elf_parser/mod.rs`, check by check. */
import { ElfError, elfError, parserError, stringTooLong } from './elf-error';
import {
  checkedAdd,
  FILE_HEADER_SIZE,
  type FileHeader,
  lesser,
  PROGRAM_HEADER_SIZE,
  type ProgramHeader,
  PT_LOAD,
  parseFileHeader,
  parseProgramHeaders,
  parseSectionHeaders,
  type Range,
  SECTION_HEADER_SIZE,
  type SectionHeader,
  SHT_NOBITS,
  sliceAt,
  tableAt,
  U64_MAX,
} from './elf-headers';

const SYMBOL_SIZE = 24;
const RELOCATION_SIZE = 16;
const DYNAMIC_SIZE = 16;
const PT_DYNAMIC = 2;
const SHT_NULL = 0;
const SHT_SYMTAB = 2;
const SHT_STRTAB = 3;
const SHT_DYNAMIC = 6;
const SHT_DYNSYM = 11;
const DT_SYMTAB = 6;
const DT_REL = 17;
const DT_RELSZ = 18;
const DT_RELENT = 19;
const DT_NUM = 35;
const SECTION_NAME_LENGTH = 16;
const SYMBOL_NAME_LENGTH = 64;

function checkNoOverlap(a: Range, b: Range): void {
  if (a.end > b.start && b.end > a.start) throw parserError('Overlap');
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
    this.#symbolNames = this.sections[this.sectionNames.indexOf('.dynstr')];
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
