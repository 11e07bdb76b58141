/** The records of an ELF file and how they are read. Source: sbpf `src/elf_parser/{mod,types}.rs`. */
import { elfError, parserError } from './elf-error';

export const FILE_HEADER_SIZE = 64n;
export const PROGRAM_HEADER_SIZE = 56n;
export const SECTION_HEADER_SIZE = 64n;

export const U64_MAX = 0xffff_ffff_ffff_ffffn;
export const PT_LOAD = 1;
export const SHT_NOBITS = 8;
const SHF_WRITE_ALLOC = 3n;

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

export function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function checkedAdd(a: bigint, b: bigint): bigint {
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

/** As `slice::get` on bytes. */
export function sliceAt(bytes: Uint8Array, range: Range): Uint8Array {
  if (range.start > range.end || range.end > BigInt(bytes.length))
    throw elfError('ValueOutOfBounds');
  return bytes.subarray(Number(range.start), Number(range.end));
}

/** `slice_from_bytes`: records of `size` bytes, aligned to 8. */
export function tableAt(bytes: Uint8Array, range: Range, size: bigint): DataView {
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

export function parseSectionHeaders(bytes: Uint8Array, range: Range): SectionHeader[] {
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
