/** Parameters of the RPC, checked; errors in agave's words where it has its own. */
import { base58 } from '@scure/base';
import { asRecord } from '../json';
import { invalidParams, RpcError } from '../rpc-server';

export type Params = readonly unknown[];

export function addressAt(params: Params, index: number): Uint8Array {
  return address(params[index]);
}

export function address(value: unknown): Uint8Array {
  const bytes = base58Bytes(value);
  if (bytes === undefined) throw invalidParams('Invalid param: Invalid');
  if (bytes.length !== 32) throw invalidParams('Invalid param: WrongSize');
  return bytes;
}

export function signature(value: unknown): string {
  const bytes = base58Bytes(value);
  if (bytes === undefined || typeof value !== 'string') {
    throw invalidParams('Invalid param: Invalid');
  }
  if (bytes.length !== 64) throw invalidParams('Invalid param: WrongSize');
  return value;
}

export function base58Bytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > 1700) return undefined;
  try {
    return base58.decode(value);
  } catch {
    return undefined;
  }
}

/** Standard base64 with its padding; `undefined` when the text is something else. */
export function base64Bytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value ? new Uint8Array(bytes) : undefined;
}

export function textAt(params: Params, index: number): string {
  const value = params[index];
  if (typeof value !== 'string') throw invalidParams('Invalid params: expected a string.');
  return value;
}

export function listAt(params: Params, index: number): readonly unknown[] {
  const value = params[index];
  if (!Array.isArray(value)) throw invalidParams('Invalid params: expected a list.');
  return value;
}

/** A whole number that fits a double, or its digits as text. */
export function unsigned(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  throw invalidParams('Invalid params: expected an unsigned whole number.');
}

export interface Config {
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * A method's last parameter. Any known commitment is taken: here every block is final at once.
 *
 * @param slot - refused when the caller wants a later one
 */
export function configAt(
  params: Params,
  index: number,
  slot: bigint,
): Readonly<Record<string, unknown>> {
  const fields = asRecord(params[index]);
  const { commitment, minContextSlot } = fields;
  if (commitment !== undefined && commitment !== null && !COMMITMENTS.has(commitment)) {
    throw invalidParams('Invalid params: unknown commitment.');
  }
  if (minContextSlot !== undefined && minContextSlot !== null && unsigned(minContextSlot) > slot) {
    throw new RpcError(-32016, 'Minimum context slot has not been reached', { contextSlot: slot });
  }
  return fields;
}

const COMMITMENTS: ReadonlySet<unknown> = new Set(['processed', 'confirmed', 'finalized']);
