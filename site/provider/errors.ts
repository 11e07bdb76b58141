import type { RpcErrorData } from '../../src/rpc/types';

/** What a wallet's refusal comes to: a JSON-RPC code, one sentence, and the snap's own code. */
export class WalletError extends Error {
  override readonly name = 'WalletError';

  constructor(
    /** 4001: the user said no. */
    readonly code: number,
    message: string,
    readonly data?: Partial<RpcErrorData>,
  ) {
    super(message);
  }

  get isRejection(): boolean {
    return this.code === 4001;
  }
}

/** Whatever a provider threw, as one kind of error. */
export function toWalletError(thrown: unknown): WalletError {
  if (thrown instanceof WalletError) return thrown;
  const { code, message, data } = asRecord(thrown);
  return new WalletError(
    typeof code === 'number' ? code : -32603,
    typeof message === 'string' && message !== '' ? message : 'MetaMask did not say what failed.',
    snapData(asRecord(data)),
  );
}

/** MetaMask wraps a snap's own error data once. */
function snapData(data: Readonly<Record<string, unknown>>): Partial<RpcErrorData> {
  const { code, kind } = 'cause' in data ? asRecord(asRecord(data['cause'])['data']) : data;
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(isKind(kind) ? { kind } : {}),
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

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
