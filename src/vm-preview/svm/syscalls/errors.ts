/**
 * Why a syscall failed, in the chain's words.
 * Source: agave `syscalls/src/lib.rs` (`SyscallError`), solana-sdk `poseidon/src/lib.rs`.
 */
const PLAIN_TEXTS = {
  Abort: 'SBF program panicked',
  UnalignedPointer: 'Unaligned pointer',
  TooManySigners: 'Too many signers',
  CopyOverlapping: 'Overlapping copy',
  TooManySlices: 'Hashing too many sequences',
  InvalidLength: 'InvalidLength',
  InvalidAttribute: 'InvalidAttribute',
  InvalidPointer: 'Invalid pointer',
  ArithmeticOverflow: 'Arithmetic overflow',
  PoseidonInvalidParameters: 'Invalid parameters.',
  PoseidonInvalidEndianness: 'Invalid endianness.',
} as const;

export type PlainSyscallError = keyof typeof PLAIN_TEXTS;

export type SyscallErrorKind =
  | PlainSyscallError
  | 'InvalidString'
  | 'Panic'
  | 'BadSeeds'
  | 'ProgramNotSupported'
  | 'ReturnDataTooLarge'
  | 'MaxInstructionDataLenExceeded'
  | 'MaxInstructionAccountsExceeded'
  | 'MaxInstructionAccountInfosExceeded';

/**
 * Thrown where agave's syscalls return an error that is no InstructionError. The instruction then fails
 * with ProgramFailedToComplete, and this text stands in the logs.
 */
export class SyscallFailure extends Error {
  override readonly name = 'SyscallFailure';

  private constructor(
    readonly kind: SyscallErrorKind,
    text: string,
  ) {
    super(text);
  }

  static of(kind: PlainSyscallError): SyscallFailure {
    return new SyscallFailure(kind, PLAIN_TEXTS[kind]);
  }

  /** @param reason - what is wrong with the UTF-8, in Rust's words */
  static invalidString(reason: string, bytes: Uint8Array): SyscallFailure {
    return new SyscallFailure('InvalidString', `${reason}: [${bytes.join(', ')}]`);
  }

  static panic(file: string, line: bigint, column: bigint): SyscallFailure {
    return new SyscallFailure('Panic', `SBF program Panicked in ${file} at ${line}:${column}`);
  }

  /** @param reason - the text of the address's error */
  static badSeeds(reason: string): SyscallFailure {
    return new SyscallFailure(
      'BadSeeds',
      `Could not create program address with signer seeds: ${reason}`,
    );
  }

  /** @param program - base58 */
  static programNotSupported(program: string): SyscallFailure {
    return new SyscallFailure(
      'ProgramNotSupported',
      `Program ${program} not supported by inner instructions`,
    );
  }

  static returnDataTooLarge(length: bigint, maximum: number): SyscallFailure {
    return new SyscallFailure(
      'ReturnDataTooLarge',
      `Return data too large (${length} > ${maximum})`,
    );
  }

  static maxInstructionDataLenExceeded(length: bigint, maximum: number): SyscallFailure {
    return new SyscallFailure(
      'MaxInstructionDataLenExceeded',
      `Invoked an instruction with data that is too large (${length} > ${maximum})`,
    );
  }

  static maxInstructionAccountsExceeded(count: bigint, maximum: number): SyscallFailure {
    return new SyscallFailure(
      'MaxInstructionAccountsExceeded',
      `Invoked an instruction with too many accounts (${count} > ${maximum})`,
    );
  }

  static maxInstructionAccountInfosExceeded(count: bigint, maximum: number): SyscallFailure {
    return new SyscallFailure(
      'MaxInstructionAccountInfosExceeded',
      `Invoked an instruction with too many account info's (${count} > ${maximum})`,
    );
  }
}
