/**
 * What Aptos' natives support, as a page: read out of the registry, so that the page cannot say more
 * than the code does. `npx tsx scripts/aptos-natives-table.ts` writes it.
 */
import { aptosNatives } from '../../src/vm-preview/move/aptos/natives';
import type { NativeContext } from '../../src/vm-preview/move/aptos/natives/context';
import { CRYPTO_LIMITS } from '../../src/vm-preview/move/aptos/natives/crypto/limits';
import { REFUSED } from '../../src/vm-preview/move/aptos/natives/refused';
import { APTOS_NATIVES } from '../support/aptos-native-names';

export const NATIVES_PAGE = 'docs/aptos-natives.md';

/** Carried out, but for what a preview cannot know. */
const PARTLY: ReadonlyMap<string, string> = new Map([
  ...CRYPTO_LIMITS,
  [
    '0x1::randomness::fetch_and_increment_txn_counter',
    'aborts as on chain where randomness may not be used; refused where it may, since nobody knows the numbers beforehand',
  ],
  [
    '0x1::transaction_context::monotonically_increasing_counter_internal',
    'aborts as on chain; refused where it would count, since it has the place in the block',
  ],
  [
    '0x1::state_storage::get_state_storage_usage_only_at_epoch_beginning',
    'only the node’s database knows it; only the block prologue asks',
  ],
  ['0x1::reflect::native_resolve', 'refused for generic functions with constraints'],
]);

const unused = (): never => {
  throw new Error('a registry is made without running a native');
};

/** Enough to make the registry, and nothing to run it. */
export const IDLE_CONTEXT: NativeContext = {
  features: { isEnabled: unused },
  timedFeatures: { isEnabled: unused },
  gas: { version: 0, price: unused, charge: unused, valueSize: unused, countHeap: unused },
  host: { charge: unused },
  transaction: {
    sessionHash: new Uint8Array(32),
    scriptHash: new Uint8Array(0),
    chainId: 0,
    user: undefined,
    uniqueAddresses: 0,
    isUnbiasable: false,
  },
  events: { emitV1: unused, emitV2: unused },
  tables: { item: unused, create: unused, remove: unused },
  resources: { cell: unused, exists: unused, usage: unused },
  aggregators: { inUse: 0, read: unused, write: unused, create: unused, destroy: unused },
  publishing: { request: unused },
  modules: { isVisited: unused, visit: unused, visitType: unused },
};

/** Natives that there is an entry for, by name. */
export function registeredNatives(): ReadonlySet<string> {
  return new Set(aptosNatives(IDLE_CONTEXT).keys());
}

/** By native, the networks that declare it, as listed. */
export function listedNatives(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(APTOS_NATIVES).flatMap(([module, natives]) =>
      Object.entries(natives).map(([name, networks]): [string, string] => [
        `${module}::${name}`,
        networks,
      ]),
    ),
  );
}

function support(name: string, registered: ReadonlySet<string>): string {
  const reason = REFUSED.get(name);
  if (reason !== undefined) return `refused: ${reason}`;
  if (!registered.has(name)) return 'refused: unknown';
  return PARTLY.get(name) ?? 'yes';
}

/** The whole page. */
export function nativesPage(): string {
  const registered = registeredNatives();
  const listed = listedNatives();
  const names = [...new Set([...listed.keys(), ...registered])].sort();
  const supported = names.filter((name) => registered.has(name) && !REFUSED.has(name));
  const modules = [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('::'))))];
  const tables = modules.map((module) => {
    const rows = names
      .filter((name) => name.startsWith(`${module}::`))
      .map((name) => {
        const networks = listed.get(name) ?? 'between the recorded ones';
        return `| \`${name.slice(module.length + 2)}\` | ${networks} | ${support(name, registered)} |`;
      });
    return [
      `## ${module}`,
      '',
      '| native | declared by | carried out |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `# Natives of Aptos

Generated from the registry by \`npx tsx scripts/aptos-natives-table.ts\`; a test holds the two together. "Declared by"
names the recorded frameworks that have the native: the first ones of mainnet and testnet, and devnet's of July 2026.
A native that is refused ends the run in "cannot preview". ${supported.length} of ${names.length} are carried out.

${tables.join('\n\n')}
`;
}
