/** What an Aptos node is asked and answers with, in JSON and BCS. Source: aptos-core `api`. */
import { define, string, type } from '@metamask/superstruct';
import { StateError } from '../../vm-preview/errors';
import type { StateValue } from '../../vm-preview/move/aptos/state';
import type { BcsReader } from '../../vm-preview/move/core/bcs';
import { toHex } from '../hex';
import type { HttpRequest } from '../http';
import { fullAddress } from './address';

export const BCS = 'application/x-bcs';

export const u64 = define<string | number>(
  'u64',
  (value) =>
    (typeof value === 'string' && /^\d{1,20}$/.test(value)) ||
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0),
);

const chainId = define<number>(
  'chain id',
  (value) => typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 256,
);

export const ledgerShape = type({
  chain_id: chainId,
  epoch: u64,
  ledger_version: u64,
  oldest_ledger_version: u64,
  ledger_timestamp: u64,
  block_height: u64,
});

export const errorShape = type({ message: string(), error_code: string() });
export const accountShape = type({ sequence_number: u64, authentication_key: string() });
export const gasShape = type({ gas_estimate: u64 });
export const hashShape = type({ hash: string() });
export const statusShape = type({ type: string(), hash: string() });
export const landedShape = type({
  version: u64,
  success: define<boolean>('boolean', (value) => typeof value === 'boolean'),
  vm_status: string(),
});

export function get(path: string, version: bigint): HttpRequest {
  return {
    method: 'GET',
    path,
    query: { ledger_version: version.toString() },
    headers: { accept: BCS },
  };
}

export function post(path: string, version: bigint, key: Uint8Array): HttpRequest {
  return {
    method: 'POST',
    path,
    query: { ledger_version: version.toString() },
    headers: { accept: BCS, 'content-type': 'application/json' },
    body: JSON.stringify({ key: `0x${toHex(key)}` }),
  };
}

/** The method is hidden, and a node's owner may close it. */
export function isNotOffered(error: unknown): boolean {
  if (!(error instanceof StateError)) return false;
  const { errorCode, status } = error.context;
  if (errorCode === 'api_disabled' || errorCode === 'bcs_not_supported') return true;
  const isRoute = errorCode === undefined || errorCode === 'web_framework_error';
  return isRoute && (status === 404 || status === 405 || status === 403);
}

/** `PersistedStateValue` of `types/src/state_store/state_value.rs`. */
export function readStateValue(reader: BcsReader): StateValue {
  const hasMetadata = reader.variant(2, 'state value') === 1;
  const bytes = reader.blob('state value').slice();
  if (!hasMetadata) return { bytes };
  const version = reader.variant(2, 'metadata of a state value');
  const slotDeposit = reader.u64('slot deposit');
  const bytesDeposit = version === 0 ? 0n : reader.u64('bytes deposit');
  const creationTimeMicros = reader.u64('creation time');
  return { bytes, metadata: { slotDeposit, bytesDeposit, creationTimeMicros } };
}

export function readNamedModule(reader: BcsReader): {
  owner: string;
  name: string;
  code: Uint8Array;
} {
  const owner = fullAddress(reader.take(32, 'address of a module'));
  const name = reader.string('name of a module');
  return { owner, name, code: reader.blob('code of a module').slice() };
}
