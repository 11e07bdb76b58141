/** Resources that recorded genesis transactions of Aptos write. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BcsReader } from '../../src/vm-preview/move/core/bcs';
import { FIXTURES } from './move-fixtures';

export type GenesisNetwork = 'mainnet' | 'testnet' | 'devnet';

export function genesisPath(network: GenesisNetwork): string | undefined {
  const path = join(FIXTURES, `aptos/genesis/${network}.blob`);
  return existsSync(path) ? path : undefined;
}

const ACCESS_PATH = 0;
const RESOURCE_PATH = 1;

/** BCS of the resources without type arguments at 0x1, by `gas_schedule::GasScheduleV2`. */
export function genesisResources(path: string): ReadonlyMap<string, Uint8Array> {
  const reader = new BcsReader(new Uint8Array(readFileSync(path)));
  // Genesis transaction, direct write set, version 0.
  for (const expected of [1, 0, 0])
    if (reader.u8('variant') !== expected) throw new Error(`not a genesis transaction: ${path}`);
  const resources = new Map<string, Uint8Array>();
  for (let left = reader.length('write set'); left > 0; left--) {
    const kind = reader.u8('key');
    const owner = kind < 2 ? reader.take(32, 'address') : new Uint8Array();
    const at = reader.blob('path');
    if (reader.u8('operation') > 1) throw new Error('genesis deletes a value');
    const value = reader.blob('value');
    if (kind !== ACCESS_PATH || at[0] !== RESOURCE_PATH || owner[31] !== 1) continue;
    const tag = new BcsReader(at.subarray(33));
    const name = `${tag.string('module')}::${tag.string('name')}`;
    if (tag.u8('type arguments') === 0) resources.set(name, value);
  }
  return resources;
}
