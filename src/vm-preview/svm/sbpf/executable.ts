import { elfError } from './elf-error';
import { loadLenient } from './elf-lenient';
import { loadStrict } from './elf-strict';
import type { SbpfConfig, SbpfVersion } from './types';
import { verify } from './verifier';
import { VERSION_RULES } from './version';

export { ElfError } from './elf-error';
export { VerifierError } from './verifier';

/** What both parsers make of a file. */
export interface LoadedElf {
  /** The read-only region, relocated. */
  readonly rodata: Uint8Array;
  readonly rodataAddress: bigint;
  readonly text: Uint8Array;
  readonly textAddress: bigint;
  readonly entryPc: number;
  /** pc by hash; empty where calls are relative (v3). */
  readonly functions: ReadonlyMap<number, number>;
}

const E_FLAGS_OFFSET = 48;

/** A program, loaded and relocated. Immutable, so that it may be kept and run any number of times. */
export class Executable {
  readonly version: SbpfVersion;
  readonly config: SbpfConfig;
  readonly entryPc: number;
  readonly textBytes: Uint8Array;
  readonly textAddress: bigint;
  readonly rodata: Uint8Array;
  readonly rodataAddress: bigint;
  readonly functions: ReadonlyMap<number, number>;
  /** Hashes of the syscalls it was linked against. */
  readonly syscalls: ReadonlySet<number>;

  private constructor(
    version: SbpfVersion,
    config: SbpfConfig,
    syscalls: ReadonlySet<number>,
    elf: LoadedElf,
  ) {
    this.version = version;
    this.config = config;
    this.syscalls = syscalls;
    this.entryPc = elf.entryPc;
    this.textBytes = elf.text;
    this.textAddress = elf.textAddress;
    this.rodata = elf.rodata;
    this.rodataAddress = elf.rodataAddress;
    this.functions = elf.functions;
  }

  /**
   * Parses and relocates a program file. Source: sbpf `Executable::load`.
   *
   * @param syscalls - hashes of the names that the program may call
   * @throws ElfError with sbpf's text
   */
  static load(elf: Uint8Array, config: SbpfConfig, syscalls: ReadonlySet<number>): Executable {
    const version = versionOf(elf, config);
    const loaded = VERSION_RULES[version].strictHeaders
      ? loadStrict(elf)
      : loadLenient(elf, config, syscalls);
    return new Executable(version, config, syscalls, loaded);
  }

  /** Makes an executable of bare instructions. Source: sbpf `new_from_text_bytes`. For tests. */
  static fromText(
    text: Uint8Array,
    version: SbpfVersion,
    config: SbpfConfig,
    syscalls: ReadonlySet<number> = new Set(),
    functions: ReadonlyMap<number, number> = new Map(),
  ): Executable {
    return new Executable(version, config, syscalls, {
      rodata: text,
      rodataAddress: VERSION_RULES[version].strictHeaders ? 0n : 1n << 32n,
      text,
      textAddress: 1n << 32n,
      entryPc: 0,
      functions,
    });
  }

  /** @throws VerifierError with sbpf's text */
  verify(): void {
    verify(this.textBytes, this.version);
  }
}

function versionOf(elf: Uint8Array, config: SbpfConfig): SbpfVersion {
  if (elf.length < E_FLAGS_OFFSET + 4) throw elfError('ValueOutOfBounds');
  const flags = new DataView(elf.buffer, elf.byteOffset).getUint32(E_FLAGS_OFFSET, true);
  if (flags < config.minVersion || flags > config.maxVersion || !isVersion(flags))
    throw elfError('UnsupportedSBPFVersion');
  return flags;
}

function isVersion(flags: number): flags is SbpfVersion {
  return flags in VERSION_RULES;
}
