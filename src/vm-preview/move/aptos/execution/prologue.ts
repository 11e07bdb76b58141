/**
 * What must hold before a transaction runs, checked by the framework's own code.
 * Source: aptos-core `aptos-vm/src/{transaction_validation,errors}.rs`.
 */
import { BcsWriter } from '../../core/bcs';
import { Address } from '../../core/values';
import type { AptosFeatures } from '../natives/context';
import type { StateView } from '../storage';
import {
  type AccountAuthenticator,
  authenticationKey,
  type Executable,
  encode,
  MULTISIG_TRANSACTION_PAYLOAD,
} from '../transaction';
import { FLAG } from './flags';
import type { Meter } from './metering';
import type { TransactionData } from './request';
import { frameworkModule, type Session, type SystemArgument } from './session';
import { type Failure, failureOf, VmError, type VmStatusName } from './status';

const VALIDATION = frameworkModule('transaction_validation');
export const MULTISIG = frameworkModule('multisig_account');

const u64 = (value: bigint): Uint8Array => new BcsWriter().u64(value).finish();
const u8 = (value: number): Uint8Array => Uint8Array.of(value);
const bool = (value: boolean): Uint8Array => Uint8Array.of(value ? 1 : 0);
export const blob = (value: Uint8Array): Uint8Array => new BcsWriter().blob(value).finish();
const optionalBlob = (value: Uint8Array | undefined): Uint8Array =>
  new BcsWriter().option(value, (writer, given) => writer.blob(given)).finish();
const addresses = (values: readonly Address[]): Uint8Array =>
  new BcsWriter().list(values, (writer, value) => writer.bytes(value.bytes)).finish();

export const usesUnified = (features: AptosFeatures): boolean =>
  features.isEnabled(FLAG.accountAbstraction) ||
  features.isEnabled(FLAG.derivableAccountAbstraction);

/**
 * Keys of all signers, as they signed or as the chain has them; undefined for an abstract account,
 * whose function has already agreed.
 */
export interface SignerKeys {
  readonly sender: Uint8Array | undefined;
  readonly secondary: readonly (Uint8Array | undefined)[];
  readonly feePayer: Uint8Array | undefined;
}

export function signerKeys({ request, sender }: TransactionData, view: StateView): SignerKeys {
  const { authenticators, secondarySigners, feePayer } = request;
  const keyOf = (
    address: Address,
    given: AccountAuthenticator | undefined,
  ): Uint8Array | undefined =>
    given === undefined || given.kind === 'none'
      ? chainKey(address, view)
      : authenticationKey(given);
  return {
    sender: keyOf(sender, authenticators?.sender),
    secondary: secondarySigners.map((address, i) => keyOf(address, authenticators?.secondary?.[i])),
    feePayer: feePayer && keyOf(feePayer, authenticators?.feePayer),
  };
}

/** An account that has no resource yet has its address for a key. */
function chainKey(address: Address, view: StateView): Uint8Array {
  const bytes = view.read(accountKey(address))?.bytes;
  // BCS of 0x1::account::Account begins with the key, a vector of bytes.
  const length = bytes?.[0];
  return bytes === undefined || length === undefined ? address.bytes : bytes.slice(1, 1 + length);
}

export function accountKey(address: Address) {
  return {
    kind: 'resource',
    address: address.bytes,
    type: {
      kind: 'struct',
      address: Address.parse('0x1').bytes,
      module: 'account',
      name: 'Account',
      typeArguments: [],
    },
  } as const;
}

/** @throws VmError with why the chain does not take the transaction */
export function runPrologue(
  session: Session,
  data: TransactionData,
  keys: SignerKeys,
  features: AptosFeatures,
  meter: Meter,
): void {
  const [name, args] = usesUnified(features)
    ? unifiedPrologue(data, keys, features)
    : olderPrologue(data, keys, features);
  try {
    session.call(VALIDATION, name, args, meter);
  } catch (error) {
    throw prologueError(failureOf(error));
  }
}

type PrologueCall = readonly [name: string, args: readonly SystemArgument[]];

function unifiedPrologue(
  data: TransactionData,
  keys: SignerKeys,
  features: AptosFeatures,
): PrologueCall {
  const { raw, request, replayProtector } = data;
  const isV2 = features.isEnabled(FLAG.payloadV2);
  const suffix = isV2 ? '_v2' : '';
  // `ReplayProtector` is an enum: a nonce, or a sequence number.
  const tag = replayProtector.kind === 'nonce' ? 0 : 1;
  const protector = isV2
    ? new BcsWriter().uleb32(tag).u64(replayProtector.value).finish()
    : u64(replayProtector.value);
  const secondaryKeys = new BcsWriter()
    .list(keys.secondary, (writer, key) => writer.bytes(optionalBlob(key)))
    .finish();
  const rest = [
    protector,
    addresses(request.secondarySigners),
    secondaryKeys,
    ...bid(data),
    bool(false),
  ];
  return request.feePayer === undefined
    ? [`unified_prologue${suffix}`, [raw.sender, optionalBlob(keys.sender), ...rest]]
    : [
        `unified_prologue_fee_payer${suffix}`,
        [
          raw.sender,
          request.feePayer,
          optionalBlob(keys.sender),
          optionalBlob(keys.feePayer),
          ...rest,
        ],
      ];
}

const bid = ({ raw }: TransactionData): Uint8Array[] => [
  u64(raw.gasUnitPrice),
  u64(raw.maxGasAmount),
  u64(raw.expirationTimestampSecs),
  u8(raw.chainId),
];

function olderPrologue(
  data: TransactionData,
  keys: SignerKeys,
  features: AptosFeatures,
): PrologueCall {
  const { raw, request, replayProtector, scriptHash } = data;
  if (replayProtector.kind === 'nonce') throw new VmError('FEATURE_UNDER_GATING');
  const isExtended = features.isEnabled(FLAG.simulationEnhancement);
  const suffix = isExtended ? '_extended' : '';
  const simulation = isExtended ? [bool(false)] : [];
  const first = [raw.sender, u64(replayProtector.value), blob(keys.sender ?? new Uint8Array())];
  const others = [
    addresses(request.secondarySigners),
    new BcsWriter()
      .list(keys.secondary, (writer, key) => writer.blob(key ?? new Uint8Array()))
      .finish(),
  ];
  const { feePayer } = request;
  if (feePayer !== undefined) {
    const payer = [feePayer.bytes, blob(keys.feePayer ?? new Uint8Array())];
    const args = [...first, ...others, ...payer, ...bid(data), ...simulation];
    return [`fee_payer_script_prologue${suffix}`, args];
  }
  if (request.secondarySigners.length > 0)
    return [
      `multi_agent_script_prologue${suffix}`,
      [...first, ...others, ...bid(data), ...simulation],
    ];
  return [`script_prologue${suffix}`, [...first, ...bid(data), blob(scriptHash), ...simulation]];
}

/** BCS of what a multisig transaction gives along of its payload; empty where the chain has it. */
export function providedPayload(executable: Executable, features: AptosFeatures): Uint8Array {
  if (executable.kind === 'entryFunction')
    return encode(MULTISIG_TRANSACTION_PAYLOAD, executable.call);
  // It used to be an empty vector written twice.
  return features.isEnabled(FLAG.abortIfMultisigPayloadMismatch)
    ? new Uint8Array()
    : Uint8Array.of(0);
}

/** @throws VmError with why the chain does not take the transaction */
export function runMultisigPrologue(
  session: Session,
  data: TransactionData,
  multisigAddress: Address,
  features: AptosFeatures,
  meter: Meter,
): void {
  const payload = providedPayload(data.executable, features);
  const args = [data.sender, multisigAddress.bytes, blob(payload)];
  try {
    session.call(MULTISIG, 'validate_multisig_transaction', args, meter);
  } catch (error) {
    throw prologueError(failureOf(error));
  }
}

const INVALID_ARGUMENT = 1n;
const LIMIT_EXCEEDED = 2n;
const INVALID_STATE = 3n;
const PERMISSION_DENIED = 5n;
const NOT_FOUND = 6n;

type PrologueAbort = readonly [category: bigint, reason: bigint, status: VmStatusName];

const VALIDATION_ABORTS: readonly PrologueAbort[] = [
  [INVALID_ARGUMENT, 1001n, 'INVALID_AUTH_KEY'],
  [INVALID_ARGUMENT, 1002n, 'SEQUENCE_NUMBER_TOO_OLD'],
  [INVALID_ARGUMENT, 1003n, 'SEQUENCE_NUMBER_TOO_NEW'],
  [INVALID_ARGUMENT, 1004n, 'SENDING_ACCOUNT_DOES_NOT_EXIST'],
  [INVALID_ARGUMENT, 1005n, 'INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE'],
  [INVALID_ARGUMENT, 1006n, 'TRANSACTION_EXPIRED'],
  [INVALID_ARGUMENT, 1007n, 'BAD_CHAIN_ID'],
  [LIMIT_EXCEEDED, 1008n, 'SEQUENCE_NUMBER_TOO_BIG'],
  [INVALID_ARGUMENT, 1009n, 'SECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH'],
  [INVALID_ARGUMENT, 1010n, 'GAS_PAYER_ACCOUNT_MISSING'],
  [INVALID_STATE, 1011n, 'INSUFFICIENT_BALANCE_FOR_REQUIRED_DEPOSIT'],
  [INVALID_ARGUMENT, 1012n, 'NONCE_ALREADY_USED'],
  [INVALID_ARGUMENT, 1013n, 'TRANSACTION_EXPIRATION_TOO_FAR_IN_FUTURE'],
];

const MULTISIG_ABORTS: readonly PrologueAbort[] = [
  [INVALID_STATE, 2002n, 'ACCOUNT_NOT_MULTISIG'],
  [PERMISSION_DENIED, 2003n, 'NOT_MULTISIG_OWNER'],
  [NOT_FOUND, 2006n, 'MULTISIG_TRANSACTION_NOT_FOUND'],
  [INVALID_ARGUMENT, 2008n, 'MULTISIG_TRANSACTION_PAYLOAD_DOES_NOT_MATCH_HASH'],
  [INVALID_ARGUMENT, 2009n, 'MULTISIG_TRANSACTION_INSUFFICIENT_APPROVALS'],
  [INVALID_ARGUMENT, 2010n, 'MULTISIG_TRANSACTION_PAYLOAD_DOES_NOT_MATCH'],
];

function prologueError(failure: Failure): VmError {
  if (failure.kind !== 'abort')
    return new VmError('UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION', textOf(failure));
  const category = (failure.code >> 16n) & 0xffn;
  const reason = failure.code & 0xffffn;
  const rows = failure.module === VALIDATION.key ? VALIDATION_ABORTS : MULTISIG_ABORTS;
  const row = rows.find(([kind, code]) => kind === category && code === reason);
  return row === undefined
    ? new VmError('UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION', textOf(failure))
    : new VmError(row[2]);
}

/** For messages: what went wrong where. */
export function textOf(failure: Failure): string {
  switch (failure.kind) {
    case 'abort':
      return `abort ${failure.code} in ${failure.module ?? 'the script'}`;
    case 'executionFailure':
      return `${failure.status} in ${failure.location.module ?? 'script'}::${failure.location.function}`;
    case 'error':
      return failure.text === undefined ? failure.status : `${failure.status}: ${failure.text}`;
  }
}
