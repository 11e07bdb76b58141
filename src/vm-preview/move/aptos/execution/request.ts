/** What a transaction is to the pipeline. Source: aptos-core `aptos-vm/src/transaction_metadata.rs`. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { typeTagText } from '../../core/types';
import type { Address } from '../../core/values';
import type { EntryFunctionInfo, PayloadInfo, UserTransactionInfo } from '../natives/context';
import {
  type AccountAuthenticator,
  type EntryFunction,
  type Executable,
  encode,
  encodeRawTransaction,
  executionOf,
  type RawTransaction,
  type SignedTransaction,
  signersOf,
  TRANSACTION_AUTHENTICATOR,
  type TransactionAuthenticator,
} from '../transaction';
import type { SessionOwner } from './session-id';

/** A transaction to run. A signature that is not there yet is presumed to be given as it should be. */
export interface AptosRequest {
  readonly raw: RawTransaction;
  /** Beside the sender, in their order. */
  readonly secondarySigners: readonly Address[];
  /** Who pays where the sender does not. */
  readonly feePayer: Address | undefined;
  /**
   * How they signed, where it is known; their keys are held against the chain's. Where it is not, the
   * key that the account has on the chain is taken for the signer's.
   */
  readonly authenticators?: Authenticators;
}

export interface Authenticators {
  readonly sender?: AccountAuthenticator | undefined;
  /** As many as secondary signers. */
  readonly secondary?: readonly (AccountAuthenticator | undefined)[];
  readonly feePayer?: AccountAuthenticator | undefined;
}

/** The transaction as it was signed; signatures themselves are not checked. */
export function requestOf({ raw, authenticator }: SignedTransaction): AptosRequest {
  const signers = signersOf(authenticator);
  return {
    raw,
    secondarySigners: signers.secondaryAddresses,
    feePayer: signers.feePayerAddress,
    authenticators: {
      sender: signers.sender,
      secondary: signers.secondarySigners,
      feePayer: signers.feePayerSigner,
    },
  };
}

export interface TransactionData extends SessionOwner {
  readonly request: AptosRequest;
  readonly raw: RawTransaction;
  readonly executable: Executable;
  readonly multisigAddress: Address | undefined;
  /** Of the raw transaction's BCS. */
  readonly rawSize: number;
  /** Of the signed transaction's; an authenticator not known counts as one Ed25519 key. */
  readonly signedSize: number;
  /** Of the script's code; 0 for other payloads. */
  readonly scriptSize: number;
  readonly isKeyless: boolean;
  /** Sender first, then the secondary signers. */
  readonly senders: readonly Address[];
  readonly user: UserTransactionInfo;
}

export function transactionData(request: AptosRequest): TransactionData {
  const { raw, secondarySigners, feePayer } = request;
  const { executable, multisigAddress, replayProtectionNonce } = executionOf(raw.payload);
  const rawSize = encodeRawTransaction(raw).length;
  const code = executable.kind === 'script' ? executable.script.code : undefined;
  const authenticators = request.authenticators;
  const known = [
    authenticators?.sender,
    ...(authenticators?.secondary ?? []),
    authenticators?.feePayer,
  ];
  return {
    request,
    raw,
    executable,
    multisigAddress,
    sender: raw.sender,
    replayProtector:
      replayProtectionNonce === undefined
        ? { kind: 'sequenceNumber', value: raw.sequenceNumber }
        : { kind: 'nonce', value: replayProtectionNonce },
    expirationTimestampSecs: raw.expirationTimestampSecs,
    scriptHash: code === undefined ? new Uint8Array() : sha3_256(code),
    rawSize,
    signedSize: rawSize + authenticatorSize(request),
    scriptSize: code?.length ?? 0,
    isKeyless: known.some(
      (authenticator) => authenticator !== undefined && isKeyless(authenticator),
    ),
    senders: [raw.sender, ...secondarySigners],
    user: {
      sender: raw.sender,
      secondarySigners,
      gasPayer: feePayer ?? raw.sender,
      maxGasAmount: raw.maxGasAmount,
      gasUnitPrice: raw.gasUnitPrice,
      payload: payloadInfo(executable, multisigAddress),
    },
  };
}

const PRESUMED: AccountAuthenticator = {
  kind: 'ed25519',
  publicKey: new Uint8Array(32),
  signature: new Uint8Array(64),
};

function authenticatorSize({ secondarySigners, feePayer, authenticators }: AptosRequest): number {
  const orPresumed = (given: AccountAuthenticator | undefined): AccountAuthenticator =>
    given === undefined || given.kind === 'none' ? PRESUMED : given;
  const sender = orPresumed(authenticators?.sender);
  const several = {
    sender,
    secondaryAddresses: secondarySigners,
    secondarySigners: secondarySigners.map((_, i) => orPresumed(authenticators?.secondary?.[i])),
  };
  const whole = ((): TransactionAuthenticator => {
    if (feePayer !== undefined)
      return {
        kind: 'feePayer',
        ...several,
        feePayerAddress: feePayer,
        feePayerSigner: orPresumed(authenticators?.feePayer),
      };
    if (secondarySigners.length > 0) return { kind: 'multiAgent', ...several };
    return sender.kind === 'ed25519' || sender.kind === 'multiEd25519'
      ? sender
      : { kind: 'singleSender', sender };
  })();
  return encode(TRANSACTION_AUTHENTICATOR, whole).length;
}

function payloadInfo(executable: Executable, multisigAddress: Address | undefined): PayloadInfo {
  const call = executable.kind === 'entryFunction' ? callInfo(executable.call) : undefined;
  if (multisigAddress !== undefined) return { kind: 'multisig', multisigAddress, call };
  return call === undefined ? { kind: 'script' } : { kind: 'entryFunction', call };
}

function callInfo(call: EntryFunction): EntryFunctionInfo {
  return { ...call, typeArguments: call.typeArguments.map((tag) => typeTagText(tag)) };
}

function isKeyless(authenticator: AccountAuthenticator): boolean {
  switch (authenticator.kind) {
    case 'singleKey':
      return authenticator.signature.kind === 'keyless';
    case 'multiKey':
      return authenticator.signatures.some(({ kind }) => kind === 'keyless');
    default:
      return false;
  }
}
