/** What the chain begins with: packages, the clock, and coins of the accounts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blake2b } from '@noble/hashes/blake2.js';
import { toHex } from '../../src/chains/hex';
import { addressBytes } from '../../src/chains/sui/address';
import { BcsReader, BcsWriter } from '../../src/vm-preview/move/core/bcs';
import {
  type CompiledModule,
  decodeModule,
  SUI_FORMAT,
} from '../../src/vm-preview/move/core/format';
import { at } from '../../src/vm-preview/move/core/loader/at';
import type { StructTag } from '../../src/vm-preview/move/core/types';
import { GAS_COIN, SUI } from '../../src/vm-preview/move/sui/data';
import { NEWEST_KNOWN } from '../../src/vm-preview/move/sui/protocol';
import type { SuiObject, SuiOwner } from '../../src/vm-preview/move/sui/state';
import { ownModules } from './framework';

const FIRST_VERSION = 1n;
/** `TransactionDigest::genesis_marker`, which nothing depends on. */
const GENESIS = new Uint8Array(32);
/** MIST in all: what there is of SUI. */
const TOTAL_SUPPLY = 10_000_000_000_000_000_000n;

export const CLOCK = addressBytes('0x6');
const CLOCK_TYPE: StructTag = {
  kind: 'struct',
  address: addressBytes('0x2'),
  module: 'clock',
  name: 'Clock',
  typeArguments: [],
};

/** The framework of the real chain, of the newest version whose rules the VM knows. */
export function recordedFramework(
  fixtures: string,
  version: number | undefined = newestRecorded(fixtures),
): SuiObject[] {
  if (version === undefined) throw new Error(`${fixtures} has no framework of Sui`);
  const folder = join(fixtures, 'sui/framework', String(version));
  return readdirSync(folder)
    .sort()
    .map((file) => readRecorded(new Uint8Array(readFileSync(join(folder, file)))));
}

/** Undefined where none is at hand. */
export function newestRecorded(
  fixtures: string,
  protocolVersion: number = NEWEST_KNOWN,
): number | undefined {
  const folder = join(fixtures, 'sui/framework');
  if (!existsSync(folder)) return undefined;
  const versions = readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((version) => version <= protocolVersion);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

export function ownFramework(): SuiObject[] {
  const std = addressBytes('0x1');
  return [
    packageObject(std, ownModules('std'), []),
    packageObject(addressBytes('0x2'), ownModules('sui'), [std]),
  ];
}

/** Id, modules, ids of what it depends on. */
function readRecorded(bytes: Uint8Array): SuiObject {
  const reader = new BcsReader(bytes);
  const id = reader.take(32, 'id').slice();
  const modules = reader.list('modules', (inner) => inner.blob('module').slice());
  const dependencies = reader.list('dependencies', (inner) => inner.take(32, 'id').slice());
  reader.end('a package');
  return packageObject(id, modules, dependencies);
}

function packageObject(
  id: Uint8Array,
  modules: readonly Uint8Array[],
  dependencies: readonly Uint8Array[],
): SuiObject {
  const decoded = modules.map((bytes) => ({ bytes, module: decodeModule(bytes, SUI_FORMAT) }));
  const byName = decoded
    .map(({ bytes, module }) => ({ bytes, module, name: nameOf(module) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    id,
    version: FIRST_VERSION,
    data: {
      kind: 'package',
      modules: new Map(byName.map(({ bytes, name }) => [name, bytes])),
      typeOrigins: byName.flatMap(({ module, name }) =>
        [...module.structDefinitions, ...module.enumDefinitions].map(({ handle }) => ({
          module: name,
          datatype: at(module.identifiers, at(module.datatypeHandles, handle).name),
          package: id,
        })),
      ),
      linkage: new Map(
        dependencies.map((other) => [
          toHex(other),
          { upgradedId: other, upgradedVersion: FIRST_VERSION },
        ]),
      ),
    },
    owner: { kind: 'immutable' },
    previousTransaction: GENESIS,
    storageRebate: 0n,
  };
}

function nameOf(module: CompiledModule): string {
  return at(module.identifiers, at(module.moduleHandles, module.selfModule).name);
}

/** How SUI is shown; nobody can change it. */
export function suiMetadata(): SuiObject {
  const id = namedId('metadata');
  const contents = new BcsWriter().bytes(id).u8(9);
  for (const text of ['Sui', 'SUI', '']) contents.blob(new TextEncoder().encode(text));
  return {
    id,
    version: FIRST_VERSION,
    data: {
      kind: 'move',
      type: {
        kind: 'struct',
        address: addressBytes('0x2'),
        module: 'coin',
        name: 'CoinMetadata',
        typeArguments: [SUI],
      },
      hasPublicTransfer: true,
      // No icon.
      contents: contents.uleb32(0).finish(),
    },
    owner: { kind: 'immutable' },
    previousTransaction: GENESIS,
    storageRebate: 0n,
  };
}

const namedId = (name: string): Uint8Array =>
  blake2b(new TextEncoder().encode(`lookahead localnet sui ${name}`), { dkLen: 32 });

/** @param timestampMs - milliseconds since 1970 */
export function clockObject(
  timestampMs: bigint,
  version: bigint,
  previousTransaction: Uint8Array,
): SuiObject {
  return {
    id: CLOCK,
    version,
    data: {
      kind: 'move',
      type: CLOCK_TYPE,
      hasPublicTransfer: false,
      contents: new BcsWriter().bytes(CLOCK).u64(timestampMs).finish(),
    },
    owner: { kind: 'shared', initialVersion: FIRST_VERSION },
    previousTransaction,
    storageRebate: 0n,
  };
}

/** @param funds - MIST in the coins of each address; the last one listed gets what is left of all SUI */
export function genesisCoins(
  funds: readonly (readonly [address: string, coins: readonly bigint[]])[],
  last: string,
): SuiObject[] {
  const coins = funds.flatMap(([address, amounts]) =>
    amounts.map((amount, i) => coin(`${address} ${i}`, address, amount)),
  );
  const given = funds.flatMap(([, amounts]) => amounts).reduce((sum, amount) => sum + amount, 0n);
  return [...coins, coin(`${last} rest`, last, TOTAL_SUPPLY - given)];
}

function coin(name: string, address: string, amount: bigint): SuiObject {
  const id = namedId(`coin ${name}`);
  const owner: SuiOwner = { kind: 'address', address: addressBytes(address) };
  return {
    id,
    version: FIRST_VERSION,
    data: {
      kind: 'move',
      type: GAS_COIN,
      hasPublicTransfer: true,
      contents: new BcsWriter().bytes(id).u64(amount).finish(),
    },
    owner,
    previousTransaction: GENESIS,
    storageRebate: 0n,
  };
}
