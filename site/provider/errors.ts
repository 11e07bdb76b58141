/**
 * What a request can end in, as classes to be told apart with `instanceof`. Each has a JSON-RPC code, one
 * sentence for the user, and the snap's own data.
 */
import type { RpcErrorData } from '../../src/rpc/types';

/** Any failure of MetaMask or of the snap. */
export class WalletError extends Error {
  override readonly name: string = 'WalletError';

  constructor(
    /** 4001: the user said no. */
    readonly code: number,
    message: string,
    /** The snap's code, kind and context, where it was the snap that failed. */
    readonly data?: Partial<RpcErrorData>,
  ) {
    super(message);
  }

  get isRejection(): boolean {
    return this.code === CODES.userRejected;
  }
}

/** The user said no, or closed the window. */
export class UserRejectedError extends WalletError {
  override readonly name = 'UserRejectedError';
}
/** The user has not connected the account to the site, or not any more. */
export class NotConnectedError extends WalletError {
  override readonly name = 'NotConnectedError';
}
/** MetaMask is locked. */
export class WalletLockedError extends WalletError {
  override readonly name = 'WalletLockedError';
}
/** What the site asked for is malformed: the fault is the site's. */
export class InvalidRequestError extends WalletError {
  override readonly name = 'InvalidRequestError';
}
/** The wallet does not know the network. */
export class NetworkUnknownError extends WalletError {
  override readonly name = 'NetworkUnknownError';
}
/** The transaction does what cannot be previewed faithfully, so it is not signed. */
export class CannotPreviewError extends WalletError {
  override readonly name = 'CannotPreviewError';
}
/** The chain would refuse the transaction: it has expired, or its fee cannot be paid. */
export class TransactionRefusedError extends WalletError {
  override readonly name = 'TransactionRefusedError';
}
/** The network's node did not answer, or not as it should. */
export class NodeError extends WalletError {
  override readonly name = 'NodeError';
}
/** The site has too many requests open. */
export class TooManyRequestsError extends WalletError {
  override readonly name = 'TooManyRequestsError';
}
/** The installed snap has no such method: it is too old. */
export class UnsupportedMethodError extends WalletError {
  override readonly name = 'UnsupportedMethodError';
}
/** No MetaMask is in this browser. */
export class MetaMaskMissingError extends WalletError {
  override readonly name = 'MetaMaskMissingError';
}
/** This MetaMask has no snaps: it is too old, or on a phone. */
export class SnapsUnsupportedError extends WalletError {
  override readonly name = 'SnapsUnsupportedError';
}
/** This MetaMask installs only snaps of its list, and Lookahead is not on it: Flask does. */
export class SnapNotAllowedError extends WalletError {
  override readonly name = 'SnapNotAllowedError';
}

type ErrorClass = new (code: number, message: string, data?: Partial<RpcErrorData>) => WalletError;

export const CODES = {
  userRejected: 4001,
  unauthorized: 4100,
  unsupportedMethod: 4200,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
} as const;

/** By the snap's own code. */
const BY_CODE: Readonly<Record<string, ErrorClass>> = {
  'user-rejected': UserRejectedError,
  'not-connected': NotConnectedError,
  'wallet-locked': WalletLockedError,
  'method-unknown': UnsupportedMethodError,
  'network-unknown': NetworkUnknownError,
  'transaction-expired': TransactionRefusedError,
  'too-many-requests': TooManyRequestsError,
  'params-invalid': InvalidRequestError,
  'account-not-signer': InvalidRequestError,
  'message-too-long': InvalidRequestError,
  'network-exists': InvalidRequestError,
};

/** By the kind of failure, where the code has no class of its own. */
const BY_KIND: Readonly<Partial<Record<RpcErrorData['kind'], ErrorClass>>> = {
  malformed: InvalidRequestError,
  rejected: TransactionRefusedError,
  state: NodeError,
  unsupported: CannotPreviewError,
};

/** Of MetaMask itself. */
const BY_RPC_CODE: Readonly<Record<number, ErrorClass>> = {
  [CODES.userRejected]: UserRejectedError,
  [CODES.unauthorized]: NotConnectedError,
};

/** Whatever a provider threw, as one kind of error. */
export function toWalletError(thrown: unknown): WalletError {
  if (thrown instanceof WalletError) return thrown;
  const { code: given, message: text, data: raw } = asRecord(thrown);
  const code = typeof given === 'number' ? given : CODES.internal;
  const message =
    typeof text === 'string' && text !== '' ? text : 'MetaMask did not say what failed.';
  const data = snapData(asRecord(raw));
  return new (classOf(code, message, data))(code, message, data);
}

function classOf(code: number, message: string, data: Partial<RpcErrorData>): ErrorClass {
  const ofSnap =
    (data.code === undefined ? undefined : BY_CODE[data.code]) ??
    (data.kind === undefined ? undefined : BY_KIND[data.kind]);
  if (ofSnap !== undefined) return ofSnap;
  // The snap's own failures carry its data; without it MetaMask did not know its own method.
  if (data.code === undefined) {
    if (code === CODES.methodNotFound || code === CODES.unsupportedMethod) {
      return SnapsUnsupportedError;
    }
    if (/allow-?list/i.test(message)) return SnapNotAllowedError;
  }
  return BY_RPC_CODE[code] ?? WalletError;
}

/** MetaMask wraps a snap's own error data once. */
function snapData(data: Readonly<Record<string, unknown>>): Partial<RpcErrorData> {
  const { code, kind, context } = asRecord(
    'cause' in data ? asRecord(data['cause'])['data'] : data,
  );
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(isContext(context) ? { context } : {}),
  };
}

const KINDS: readonly unknown[] = [
  'malformed',
  'rejected',
  'state',
  'unsupported',
  'request',
  'internal',
] satisfies readonly RpcErrorData['kind'][];

function isKind(value: unknown): value is RpcErrorData['kind'] {
  return KINDS.includes(value);
}

function isContext(value: unknown): value is RpcErrorData['context'] {
  return (
    isRecord(value) &&
    Object.values(value).every((entry) => ['string', 'number', 'boolean'].includes(typeof entry))
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
