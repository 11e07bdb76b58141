/**
 * Why an instruction failed, in the chain's names, order and words.
 * Source: solana-sdk `instruction-error/src/lib.rs`.
 */
const TEXTS = {
  GenericError: 'generic instruction error',
  InvalidArgument: 'invalid program argument',
  InvalidInstructionData: 'invalid instruction data',
  InvalidAccountData: 'invalid account data for instruction',
  AccountDataTooSmall: 'account data too small for instruction',
  InsufficientFunds: 'insufficient funds for instruction',
  IncorrectProgramId: 'incorrect program id for instruction',
  MissingRequiredSignature: 'missing required signature for instruction',
  AccountAlreadyInitialized: 'instruction requires an uninitialized account',
  UninitializedAccount: 'instruction requires an initialized account',
  UnbalancedInstruction: 'sum of account balances before and after instruction do not match',
  ModifiedProgramId: 'instruction illegally modified the program id of an account',
  ExternalAccountLamportSpend: 'instruction spent from the balance of an account it does not own',
  ExternalAccountDataModified: 'instruction modified data of an account it does not own',
  ReadonlyLamportChange: 'instruction changed the balance of a read-only account',
  ReadonlyDataModified: 'instruction modified data of a read-only account',
  DuplicateAccountIndex: 'instruction contains duplicate accounts',
  ExecutableModified: 'instruction changed executable bit of an account',
  RentEpochModified: 'instruction modified rent epoch of an account',
  NotEnoughAccountKeys: 'insufficient account keys for instruction',
  AccountDataSizeChanged:
    "program other than the account's owner changed the size of the account data",
  AccountNotExecutable: 'instruction expected an executable account',
  AccountBorrowFailed:
    'instruction tries to borrow reference for an account which is already borrowed',
  AccountBorrowOutstanding: 'instruction left account with an outstanding borrowed reference',
  DuplicateAccountOutOfSync: 'instruction modifications of multiply-passed account differ',
  InvalidError: 'program returned invalid error code',
  ExecutableDataModified: 'instruction changed executable accounts data',
  ExecutableLamportChange: 'instruction changed the balance of an executable account',
  ExecutableAccountNotRentExempt: 'executable accounts must be rent exempt',
  UnsupportedProgramId: 'Unsupported program id',
  CallDepth: 'Cross-program invocation call depth too deep',
  MissingAccount: 'An account required by the instruction is missing',
  ReentrancyNotAllowed: 'Cross-program invocation reentrancy not allowed for this instruction',
  MaxSeedLengthExceeded: 'Length of the seed is too long for address generation',
  InvalidSeeds: 'Provided seeds do not result in a valid address',
  InvalidRealloc: 'Failed to reallocate account data',
  ComputationalBudgetExceeded: 'Computational budget exceeded',
  PrivilegeEscalation: 'Cross-program invocation with unauthorized signer or writable account',
  ProgramEnvironmentSetupFailure: 'Failed to create program execution environment',
  ProgramFailedToComplete: 'Program failed to complete',
  ProgramFailedToCompile: 'Program failed to compile',
  Immutable: 'Account is immutable',
  IncorrectAuthority: 'Incorrect authority provided',
  BorshIoError: 'Failed to serialize or deserialize account data',
  AccountNotRentExempt: 'An account does not have enough lamports to be rent-exempt',
  InvalidAccountOwner: 'Invalid account owner',
  ArithmeticOverflow: 'Program arithmetic overflowed',
  UnsupportedSysvar: 'Unsupported sysvar',
  IllegalOwner: 'Provided owner is not allowed',
  MaxAccountsDataAllocationsExceeded:
    'Accounts data allocations exceeded the maximum allowed per transaction',
  MaxAccountsExceeded: 'Max accounts exceeded',
  MaxInstructionTraceLengthExceeded: 'Max instruction trace length exceeded',
  BuiltinProgramsMustConsumeComputeUnits: 'Builtin programs must consume compute units',
} as const;

export type PlainInstructionError = keyof typeof TEXTS;

/** As JSON-RPC writes it: a name, or a program's own u32 code. */
export type InstructionError = PlainInstructionError | { readonly Custom: number };

/** The text that the chain's logs show for the error. */
export function instructionErrorText(error: InstructionError): string {
  return typeof error === 'string'
    ? TEXTS[error]
    : `custom program error: 0x${error.Custom.toString(16)}`;
}

export function sameInstructionError(a: InstructionError, b: InstructionError): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : a.Custom === b.Custom;
}

/** Thrown by builtins, loaders and the runtime where agave returns `Err(InstructionError)`. */
export class InstructionFailure extends Error {
  override readonly name = 'InstructionFailure';

  constructor(readonly error: InstructionError) {
    super(instructionErrorText(error));
  }
}

/** Indexed by the upper 32 bits of the status. */
const BUILTIN_STATUS: readonly (InstructionError | undefined)[] = [
  undefined,
  { Custom: 0 },
  'InvalidArgument',
  'InvalidInstructionData',
  'InvalidAccountData',
  'AccountDataTooSmall',
  'InsufficientFunds',
  'IncorrectProgramId',
  'MissingRequiredSignature',
  'AccountAlreadyInitialized',
  'UninitializedAccount',
  'NotEnoughAccountKeys',
  'AccountBorrowFailed',
  'MaxSeedLengthExceeded',
  'InvalidSeeds',
  'BorshIoError',
  'AccountNotRentExempt',
  'UnsupportedSysvar',
  'IllegalOwner',
  'MaxAccountsDataAllocationsExceeded',
  'InvalidRealloc',
  'MaxInstructionTraceLengthExceeded',
  'BuiltinProgramsMustConsumeComputeUnits',
  'InvalidAccountOwner',
  'ArithmeticOverflow',
  'Immutable',
  'IncorrectAuthority',
];

/**
 * A program's return value as an error: the builtin errors sit in the upper 32 bits.
 * Source: solana-sdk `program-error/src/lib.rs` (constants), `From<T> for InstructionError`.
 */
export function instructionErrorFromStatus(status: bigint): InstructionError {
  const low = Number(status & 0xffff_ffffn);
  const high = Number(status >> 32n);
  if (high === 0) return { Custom: low };
  return (low === 0 ? BUILTIN_STATUS[high] : undefined) ?? 'InvalidError';
}
