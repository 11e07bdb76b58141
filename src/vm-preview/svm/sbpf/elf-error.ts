/** Why a program file cannot be loaded. Source: sbpf `src/elf.rs` (`ElfError`), `src/elf_parser/mod.rs`. */
export class ElfError extends Error {
  override readonly name = 'ElfError';

  constructor(
    /** A variant of sbpf's `ElfError`. */
    readonly kind: ElfErrorKind,
    message: string,
  ) {
    super(message);
  }
}

const TEXTS = {
  EntrypointOutOfBounds: 'Entrypoint out of bounds',
  InvalidEntrypoint: 'Invalid entrypoint',
  WrongEndianess: 'Incompatible ELF: wrong endianess',
  WrongAbi: 'Incompatible ELF: wrong ABI',
  WrongMachine: 'Incompatible ELF: wrong machine',
  WrongClass: 'Incompatible ELF: wrong class',
  NotOneTextSection:
    'Multiple or no text sections, consider removing llc option: -function-sections',
  WrongType: 'Incompatible ELF: wrong type',
  ValueOutOfBounds: 'Offset or value is out of bounds',
  UnsupportedSBPFVersion: 'Detected sbpf_version required by the executable which are not enabled',
  InvalidProgramHeader: 'Invalid ELF program header',
} as const;

const PARSER_TEXTS = {
  InvalidFileHeader: 'invalid file header',
  InvalidSectionHeader: 'invalid section header',
  InvalidSize: 'invalid size',
  Overlap: 'values overlap',
  SectionNotInOrder: 'sections not in ascending order',
  NoSectionNameStringTable: 'no section name string table found',
  InvalidDynamicSectionTable: 'invalid dynamic section table',
  InvalidAlignment: 'invalid alignment',
  NoDynamicStringTable: 'no dynamic string table',
} as const;

export type ElfErrorKind =
  | keyof typeof TEXTS
  | 'FailedToParse'
  | 'UnresolvedSymbol'
  | 'SectionNotFound'
  | 'RelativeJumpOutOfBounds'
  | 'SymbolHashCollision'
  | 'WritableSectionNotSupported'
  | 'InvalidVirtualAddress'
  | 'UnknownRelocation'
  | 'UnknownSymbol';

export function elfError(kind: keyof typeof TEXTS): ElfError {
  return new ElfError(kind, TEXTS[kind]);
}

/** An `ElfParserError`, which becomes `FailedToParse`. */
export function parserError(kind: keyof typeof PARSER_TEXTS): ElfError {
  return new ElfError('FailedToParse', `Failed to parse ELF file: ${PARSER_TEXTS[kind]}`);
}

export function stringTooLong(text: string, maximum: number): ElfError {
  return new ElfError(
    'FailedToParse',
    `Failed to parse ELF file: Section or symbol name \`${text}\` is longer than \`${maximum}\` bytes`,
  );
}

export function symbolHashCollision(hash: number): ElfError {
  return new ElfError('SymbolHashCollision', `Symbol hash collision 0x${hash.toString(16)}`);
}
