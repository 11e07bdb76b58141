/** Every error on its way out, mapped in one place. */
import { SnapError } from '@metamask/snaps-sdk';
import { type ErrorContext, type ErrorKind, LookaheadError } from '../chains/chain';
import { KeyringError } from '../keyring';
import { StoreError } from '../store';
import { visible } from '../ui';

/** JSON-RPC codes of EIP-1193, EIP-1474 and JSON-RPC 2.0. */
const CODES = {
  userRejected: 4001,
  unauthorized: 4100,
  unsupportedMethod: 4200,
  invalidParams: -32602,
  internal: -32603,
  failed: -32000,
  unavailable: -32002,
  transactionRejected: -32003,
  limitExceeded: -32005,
} as const;

/** What a request can end in besides the errors of chain, keyring and store. */
const REQUEST_ERRORS = {
  'user-rejected': { rpc: CODES.userRejected, text: 'The user rejected the request.' },
  'not-connected': {
    rpc: CODES.unauthorized,
    text: 'The user has not connected this account to the site.',
  },
  'method-unknown': { rpc: CODES.unsupportedMethod, text: 'The wallet has no such method.' },
  'params-invalid': {
    rpc: CODES.invalidParams,
    text: 'The parameters are not what they should be.',
  },
  'account-not-signer': {
    rpc: CODES.invalidParams,
    text: 'The transaction does not ask for the signature of a connected account.',
  },
  'network-unknown': { rpc: CODES.invalidParams, text: 'The wallet does not know this network.' },
  'message-too-long': {
    rpc: CODES.invalidParams,
    text: 'The message is too long to be shown whole.',
  },
  'transaction-expired': {
    rpc: CODES.transactionRejected,
    text: 'The transaction has expired; build it again with a new blockhash.',
  },
  'preview-failed': { rpc: CODES.internal, text: 'Lookahead failed inside.' },
  'network-exists': {
    rpc: CODES.invalidParams,
    text: 'Another network has this endpoint already.',
  },
  'too-many-requests': {
    rpc: CODES.limitExceeded,
    text: 'The site has too many requests open; the user must answer them first.',
  },
  'wallet-locked': {
    rpc: CODES.unavailable,
    text: 'MetaMask is locked; the user must unlock it first.',
  },
} as const;

export type RequestErrorCode = keyof typeof REQUEST_ERRORS;

/** Ends a request in a defined way. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly code: RequestErrorCode,
    readonly context: ErrorContext = {},
    message: string = REQUEST_ERRORS[code].text,
  ) {
    super(message);
  }
}

const KIND_CODES: Readonly<Record<ErrorKind, number>> = {
  malformed: CODES.invalidParams,
  rejected: CODES.transactionRejected,
  state: CODES.unavailable,
  unsupported: CODES.failed,
};

/**
 * What the page gets: a code, one sentence, and data to act on. Of an error that nobody expected it gets
 * nothing but that there was one, since its text could hold anything.
 */
export function toSnapError(thrown: unknown): SnapError {
  if (thrown instanceof RequestError) {
    return snapError(REQUEST_ERRORS[thrown.code].rpc, thrown.message, {
      code: thrown.code,
      kind: 'request',
      context: thrown.context,
    });
  }
  if (thrown instanceof LookaheadError) {
    const { kind, code, context, message } = thrown;
    return snapError(KIND_CODES[kind], message, { code, kind, context });
  }
  if (thrown instanceof KeyringError || thrown instanceof StoreError) {
    return snapError(CODES.internal, thrown.message, {
      code: thrown.code,
      kind: 'internal',
      context: {},
    });
  }
  return snapError(CODES.internal, 'Lookahead failed inside.', {
    code: 'internal',
    kind: 'internal',
    context: {},
  });
}

function snapError(
  code: number,
  message: string,
  data: { code: string; kind: string; context: ErrorContext },
): SnapError {
  return new SnapError({
    code,
    // A node's own words may be part of it.
    message: visible(message, 400),
    data: { code: data.code, kind: data.kind, context: { ...data.context } },
  });
}
