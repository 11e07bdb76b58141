/** Aptos transactions: BCS, signing messages, hashes. */
export {
  type AbstractAuthentication,
  ACCOUNT_AUTHENTICATOR,
  type AccountAuthenticator,
  FUNCTION_INFO,
  type FunctionInfo,
  type Signers,
  signersOf,
  TRANSACTION_AUTHENTICATOR,
  type TransactionAuthenticator,
} from './authenticator';
export type { Codec } from './codec';
export {
  abstractionDigest,
  authenticationKey,
  derivedKey,
  domainAbstractionAddress,
  hashPrefix,
  SCHEME,
  signingMessage,
  signingMessageWithData,
  transactionHash,
} from './hash';
export type {
  EphemeralCertificate,
  EphemeralPublicKey,
  EphemeralSignature,
  FederatedKeylessPublicKey,
  KeylessPublicKey,
  KeylessSignature,
  WebAuthnSignature,
} from './keyless';
export {
  ANY_PUBLIC_KEY,
  ANY_SIGNATURE,
  type AnyPublicKey,
  type AnySignature,
  MULTI_KEY,
  type MultiKey,
} from './keys';
export {
  type EntryFunction,
  type Executable,
  type Execution,
  executionOf,
  MULTISIG_TRANSACTION_PAYLOAD,
  type Script,
  type ScriptArgument,
  type ScriptArgumentKind,
  TRANSACTION_PAYLOAD,
  type TransactionPayload,
} from './payload';
export {
  decode,
  encode,
  encodeRawTransaction,
  encodeSignedTransaction,
  parseAccountAuthenticator,
  parseMultiAgentTransaction,
  parseRawTransaction,
  parseSignedTransaction,
  parseSimpleTransaction,
  RAW_TRANSACTION,
  RAW_TRANSACTION_WITH_DATA,
  type RawTransaction,
  type RawTransactionWithData,
  SIGNED_TRANSACTION,
  type SignedTransaction,
  type UnsignedTransaction,
} from './transaction';
