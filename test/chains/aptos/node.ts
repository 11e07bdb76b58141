/**
 * A node of a chain that begins with a recorded genesis, as far as the Aptos chain asks one. It can be
 * told to lie. Answers are those of aptos-core `api/src`.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGenesis } from '../../../localnet/aptos/genesis-blob';
import { fullAddress, parseAddress } from '../../../src/chains/aptos/address';
import type { Network } from '../../../src/chains/chain';
import { fromHex } from '../../../src/chains/hex';
import type { StateKey, StateValue } from '../../../src/vm-preview/move/aptos/state';
import { decodeStateKey, stateKeyId } from '../../../src/vm-preview/move/aptos/storage';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { localNetwork } from '../../support/local-network';
import { FIXTURES } from '../../support/move-fixtures';

export const DEVNET = join(FIXTURES, 'aptos/genesis/devnet.blob');
/** As the recorded genesis has it. */
export const DEVNET_CHAIN_ID = 243;
export const hasDevnet = existsSync(DEVNET);

/** Values by `stateKeyId`. */
export type ChainState = Map<string, { key: StateKey; value: StateValue }>;

/** The write set of a genesis transaction. */
export function genesisState(path: string = DEVNET): ChainState {
  const rows = readGenesis(new Uint8Array(readFileSync(path)));
  return new Map(rows.map(([key, value]) => [stateKeyId(key), { key, value }]));
}

export interface Faults {
  /** Of the chain, in headers. */
  chainId?: string;
  version?: string;
  /** Called for each request; what it returns is answered in place of the right answer. */
  answer?: (path: string, body: string | undefined) => Response | Promise<Response> | undefined;
  /** Without `/experimental`. */
  plain?: boolean;
}

export interface FakeNode {
  readonly fetch: typeof fetch;
  readonly state: ChainState;
  readonly network: Network;
  readonly requests: string[];
  faults: Faults;
  ledger: { chainId: number; version: bigint; timestampMicros: bigint; epoch: bigint };
  put(key: StateKey, value: StateValue | null): void;
}

const BCS = { 'content-type': 'application/x-bcs' };

export function fakeNode(state: ChainState = genesisState(), chainId = DEVNET_CHAIN_ID): FakeNode {
  const requests: string[] = [];
  const node: FakeNode = {
    state,
    requests,
    faults: {},
    ledger: { chainId, version: 1000n, timestampMicros: 1_780_000_000_000_000n, epoch: 2n },
    network: localNetwork('aptos', 'http://127.0.0.1:8080/v1', chainId),
    put: (key, value) => {
      if (value === null) state.delete(stateKeyId(key));
      else state.set(stateKeyId(key), { key, value });
    },
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const body = typeof init?.body === 'string' ? init.body : undefined;
      const path = `${decodeURIComponent(url.pathname)}${url.search}`;
      requests.push(`${init?.method ?? 'GET'} ${path}`);
      const lie = await node.faults.answer?.(path, body);
      return lie ?? answer(node, url, body);
    },
  };
  return node;
}

function headers({ faults, ledger }: FakeNode): Record<string, string> {
  return {
    'x-aptos-chain-id': faults.chainId ?? String(ledger.chainId),
    'x-aptos-ledger-version': faults.version ?? ledger.version.toString(),
    'x-aptos-ledger-timestampusec': ledger.timestampMicros.toString(),
    'x-aptos-epoch': ledger.epoch.toString(),
  };
}

function answer(node: FakeNode, url: URL, body: string | undefined): Response {
  const path = decodeURIComponent(url.pathname).replace(/^\/v1/, '');
  const json = (value: unknown, status = 200) =>
    new Response(JSON.stringify(value), {
      status,
      headers: { 'content-type': 'application/json', ...headers(node) },
    });
  const bytes = (value: Uint8Array) =>
    new Response(Uint8Array.from(value), { headers: { ...BCS, ...headers(node) } });
  const absent = (code: string) =>
    json({ message: 'not found', error_code: code, vm_error_code: null }, 404);
  const { ledger, state } = node;
  if (path === '' || path === '/') {
    return json({
      chain_id: ledger.chainId,
      epoch: ledger.epoch.toString(),
      ledger_version: ledger.version.toString(),
      oldest_ledger_version: '0',
      ledger_timestamp: ledger.timestampMicros.toString(),
      node_role: 'full_node',
      oldest_block_height: '0',
      block_height: '500',
    });
  }
  const asked = url.searchParams.get('ledger_version');
  if (asked !== null && BigInt(asked) > ledger.version) return absent('version_not_found');
  const key = body === undefined ? undefined : fromHex(JSON.parse(body).key);
  if (path === '/experimental/state_values/raw' && key !== undefined) {
    if (node.faults.plain) return json({ message: 'no', error_code: 'web_framework_error' }, 404);
    const found = state.get(stateKeyId(decodeStateKey(key)));
    return found === undefined ? absent('state_value_not_found') : bytes(rawValue(found.value));
  }
  const [, kind, address = '', what = '', name = ''] = path.split('/');
  const at = parseAddress(address === '' ? '0x0' : address);
  if (kind === 'accounts' && what === 'modules') {
    const found = [...state.values()].flatMap(({ key: one, value }) =>
      one.kind === 'module' && fullAddress(one.address) === at ? [{ one, value }] : [],
    );
    const writer = new BcsWriter();
    writer.list(found, (inner, { one, value }) => {
      inner.bytes(one.address).string(one.name).blob(value.bytes);
    });
    return bytes(writer.finish());
  }
  if (kind === 'accounts' && what === 'module') {
    const found = [...state.values()].find(
      ({ key: one }) =>
        one.kind === 'module' && one.name === name && fullAddress(one.address) === at,
    );
    return found === undefined ? absent('module_not_found') : bytes(found.value.bytes);
  }
  return json({ message: `no ${path}`, error_code: 'web_framework_error' }, 404);
}

/** `PersistedStateValue`. */
function rawValue({ bytes, metadata }: StateValue): Uint8Array {
  const writer = new BcsWriter();
  if (metadata === undefined) return writer.uleb32(0).blob(bytes).finish();
  writer.uleb32(1).blob(bytes).uleb32(1).u64(metadata.slotDeposit).u64(metadata.bytesDeposit);
  return writer.u64(metadata.creationTimeMicros).finish();
}
