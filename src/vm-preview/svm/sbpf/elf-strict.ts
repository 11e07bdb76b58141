/** The strict format of v3 (SIMD-0189). Source: sbpf `src/elf.rs`, `load_with_strict_parser`. */
import { elfError, parserError } from './elf-error';
import {
  type FileHeader,
  isLoad,
  PROGRAM_HEADER_SIZE,
  type ProgramHeader,
  parseFileHeader,
  parseProgramHeaders,
  saturatingAdd,
} from './elf-headers';
import type { LoadedElf } from './executable';
import { MM_BYTECODE_START, MM_REGION_SIZE } from './types';

const FILE_HEADER_SIZE = 64n;
const EM_BPF = 247;
const PF_X = 1;
const PF_R = 4;
const MM_RODATA_START = 0n;
/** Magic, 64 bit, little endian, version 1, then zeros. */
const IDENT = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

interface Expected {
  readonly flags: number;
  readonly address: bigint;
}

const EXPECTED_HEADERS: readonly [rodata: Expected, bytecode: Expected] = [
  { flags: PF_R, address: MM_RODATA_START },
  { flags: PF_X, address: MM_BYTECODE_START },
];

/** @throws ElfError */
export function loadStrict(bytes: Uint8Array): LoadedElf {
  const header = parseFileHeader(bytes);
  const tableEnd = FILE_HEADER_SIZE + PROGRAM_HEADER_SIZE * BigInt(header.programHeaderCount);
  if (!isValidHeader(header) || tableEnd > BigInt(bytes.length))
    throw parserError('InvalidFileHeader');
  const programs = parseProgramHeaders(bytes, { start: FILE_HEADER_SIZE, end: tableEnd });
  const [rodataHeader, bytecodeHeader, expected] = splitHeaders(programs);

  let offset = tableEnd;
  for (const [index, expectation] of expected.entries()) {
    const program = programs[index];
    if (program === undefined) break;
    if (!isValidProgram(program, expectation, offset, BigInt(bytes.length)))
      throw elfError('InvalidProgramHeader');
    offset = saturatingAdd(offset, program.fileSize);
  }

  const entryEnd = saturatingAdd(header.entry, 7n);
  const textEnd = saturatingAdd(bytecodeHeader.address, bytecodeHeader.memorySize);
  if (entryEnd < bytecodeHeader.address || entryEnd >= textEnd || header.entry % 8n !== 0n)
    throw parserError('InvalidFileHeader');
  const below = header.entry < bytecodeHeader.address;
  return {
    rodata: rodataHeader === undefined ? new Uint8Array(0) : fileBytes(bytes, rodataHeader),
    rodataAddress: MM_RODATA_START,
    text: fileBytes(bytes, bytecodeHeader),
    textAddress: bytecodeHeader.address,
    entryPc: below ? 0 : Number((header.entry - bytecodeHeader.address) / 8n),
    functions: new Map(),
  };
}

/** The rodata header may be missing: then the first is that of the bytecode. */
function splitHeaders(
  programs: readonly ProgramHeader[],
): [ProgramHeader | undefined, ProgramHeader, readonly Expected[]] {
  const [first, second] = programs;
  if (first === undefined) throw parserError('InvalidFileHeader');
  if (first.flags !== EXPECTED_HEADERS[0].flags)
    return [undefined, first, EXPECTED_HEADERS.slice(1)];
  if (second === undefined) throw parserError('InvalidFileHeader');
  return [first, second, EXPECTED_HEADERS];
}

function isValidHeader(header: FileHeader): boolean {
  return (
    IDENT.every((byte, index) => header.ident[index] === byte) &&
    header.machine === EM_BPF &&
    header.version === 1 &&
    header.programHeaderOffset === FILE_HEADER_SIZE &&
    header.headerSize === Number(FILE_HEADER_SIZE) &&
    header.programHeaderSize === Number(PROGRAM_HEADER_SIZE) &&
    header.programHeaderCount !== 0
  );
}

function isValidProgram(
  program: ProgramHeader,
  expected: Expected,
  offset: bigint,
  fileLength: bigint,
): boolean {
  return (
    isLoad(program) &&
    program.flags === expected.flags &&
    program.offset === offset &&
    program.offset < fileLength &&
    program.offset % 8n === 0n &&
    program.address === expected.address &&
    program.physicalAddress === expected.address &&
    program.fileSize === program.memorySize &&
    program.fileSize <= fileLength - program.offset &&
    program.fileSize % 8n === 0n &&
    program.memorySize < MM_REGION_SIZE
  );
}

function fileBytes(bytes: Uint8Array, program: ProgramHeader): Uint8Array {
  const start = Number(program.offset);
  return bytes.slice(start, start + Number(program.fileSize));
}
