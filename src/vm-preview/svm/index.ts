/** The SVM as the chains use it: a transaction and a state go in, an outcome comes out. */
export type { Account } from './account';
export { createProgramAddress, createWithSeed, findProgramAddress } from './address';
export {
  type InstructionError,
  InstructionFailure,
  instructionErrorText,
} from './errors/instruction-error';
export { type TransactionError, transactionErrorText } from './errors/transaction-error';
export { FeatureSet, featureActivationSlot } from './features/feature-set';
export { FEATURE_IDS, type FeatureName } from './features/ids';
export * from './programs/ids';
export { Pubkey } from './pubkey';
export type { ProgramCache } from './runtime/program-cache';
export { LoadedState, MissingStateError, type StateReader } from './state';
export { SYSVAR_IDS, SYSVAR_OWNER_ID } from './sysvars/ids';
export { decodeSysvars, rentExemptMinimum, type SysvarCache } from './sysvars/sysvar-cache';
export { executeTransaction } from './transaction/execute';
export {
  decodeLookupTable,
  type LookupTable,
} from './transaction/lookup-tables';
export {
  type AddressTableLookup,
  type CompiledInstruction,
  encodeMessage,
  encodeTransaction,
  type Message,
  type MessageHeader,
  type ParsedTransaction,
  parseMessage,
  parseTransaction,
  type TransactionConfig,
  type TransactionVersion,
} from './transaction/message';
export { programDataAddress } from './transaction/required-state';
export { isSignatureOf } from './transaction/signatures';
export type {
  AccountOutcome,
  InnerInstruction,
  Landing,
  SvmEnvironment,
  SvmFee,
  SvmOutcome,
} from './transaction/types';
