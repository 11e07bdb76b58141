/** A small Sui at one version of the protocol: packages, and objects of every kind of owner. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { clockObject, ownFramework } from '../../../localnet/sui/genesis';
import { CannotPreview } from '../../../src/vm-preview/errors';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import type { CompiledModule } from '../../../src/vm-preview/move/core/format';
import { Loader } from '../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../src/vm-preview/move/core/loader/module-id';
import { SUI_VM } from '../../../src/vm-preview/move/core/runtime';
import type { StructTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  executeTransaction,
  GAS_COIN,
  NEWEST_KNOWN,
  type ObjectRequest,
  SuiCache,
  type SuiEnvironment,
  type SuiObject,
  type SuiOutcome,
  type SuiOwner,
  type SuiState,
} from '../../../src/vm-preview/move/sui';
import { frameworkPackages, packageObject, recordedFrameworks } from '../../support/sui-packages';
import { decode, FUZZ, modulesAt } from './package';
import { plainTransaction } from './program';
import { type Build, SETUP } from './setup';

export const SENDER = Address.parse('0xa1').bytes;
export const SPONSOR = Address.parse('0xb2').bytes;
export const STRANGER = Address.parse('0xc3').bytes;

export const GOLD: StructTag = {
  kind: 'struct',
  address: FUZZ.bytes,
  module: 'gold',
  name: 'GOLD',
  typeArguments: [],
};

const framework = (module: string, name: string, ...typeArguments: StructTag[]): StructTag => ({
  kind: 'struct',
  address: Address.parse('0x2').bytes,
  module,
  name,
  typeArguments,
});

/** What the search runs at: rules that differ, up to the newest. */
export const VERSIONS: readonly number[] = [
  ...new Set(
    [32, 36, 48, 60, 70, 92, 104, 118, 124, NEWEST_KNOWN].filter(
      (version) => version <= NEWEST_KNOWN,
    ),
  ),
];

const GAS = 20_000_000_000n;
const GAS_COINS = 4;

export class SuiWorld implements SuiState {
  readonly #objects = new Map<string, SuiObject[]>();
  readonly #modules = new Map<string, CompiledModule>();
  readonly cache = new SuiCache();
  /** Of all packages here. */
  readonly loader: Loader;
  readonly gasCoins: readonly SuiObject[];
  readonly sponsorCoins: readonly SuiObject[];
  /** Steps of the setup that the VM cannot do at this version, with the reason. */
  readonly lacks: string[] = [];
  #made = 0;

  constructor(readonly protocolVersion: number) {
    for (const object of packagesAt(protocolVersion)) this.#putPackage(object);
    const linked = ['0x1', '0x2'].map((id) => Address.parse(id).bytes);
    this.#putPackage(packageObject(FUZZ.bytes, modulesAt(FUZZ), linked, 1n));
    this.loader = new Loader(
      { module: ({ key }) => this.#modules.get(key) ?? null },
      { ...SUI_VM, maxLayoutNodes: 10_000 },
    );
    const coins = (owner: Uint8Array): SuiObject[] =>
      Array.from({ length: GAS_COINS }, () => this.coin(GAS, ownedBy(owner)));
    this.gasCoins = coins(SENDER);
    this.sponsorCoins = coins(SPONSOR);
    this.#putOthers();
    for (const [name, build] of Object.entries(SETUP)) this.#run(name, build);
  }

  get environment(): SuiEnvironment {
    return {
      epoch: 40n,
      epochTimestampMs: 1_700_000_000_000n,
      protocolVersion: this.protocolVersion,
      referenceGasPrice: 1000n,
      // Neither mainnet nor testnet: whatever some network has is on.
      chainIdentifier: new Uint8Array(32).fill(7),
    };
  }

  object({ id, bound }: ObjectRequest): SuiObject | null {
    const versions = this.#objects.get(bytesToHex(id)) ?? [];
    if (bound.kind === 'exact')
      return versions.find(({ version }) => version === bound.version) ?? null;
    return (
      versions
        .filter(({ version }) => bound.kind === 'latest' || version <= bound.version)
        .at(-1) ?? null
    );
  }

  /** The newest version of all that are no packages. */
  get inputs(): readonly SuiObject[] {
    return [...this.#objects.values()].flatMap((versions) => {
      const last = versions.at(-1);
      return last?.data.kind === 'move' ? [last] : [];
    });
  }

  get packages(): readonly SuiObject[] {
    return [...this.#objects.values()].flatMap((versions) => {
      const last = versions.at(-1);
      return last?.data.kind === 'package' ? [last] : [];
    });
  }

  get modules(): ReadonlyMap<string, CompiledModule> {
    return this.#modules;
  }

  put(object: SuiObject): SuiObject {
    const id = bytesToHex(object.id);
    this.#objects.set(id, [...(this.#objects.get(id) ?? []), object]);
    return object;
  }

  coin(balance: bigint, owner: SuiOwner, type: StructTag = GAS_COIN): SuiObject {
    return this.#make(type, owner, (writer) => writer.u64(balance));
  }

  #make(
    type: StructTag,
    owner: SuiOwner,
    fields: (writer: BcsWriter) => BcsWriter,
    hasPublicTransfer = true,
  ): SuiObject {
    const id = new Uint8Array(32).fill(0xc0);
    id[31] = ++this.#made;
    return this.put({
      id,
      version: 3n,
      data: {
        kind: 'move',
        type,
        hasPublicTransfer,
        contents: fields(new BcsWriter().bytes(id)).finish(),
      },
      owner,
      previousTransaction: new Uint8Array(32).fill(0xd0),
      storageRebate: 988_000n,
    });
  }

  /** What no transaction of the setup can make. */
  #putOthers(): void {
    const mine = ownedBy(SENDER);
    for (const owner of [
      mine,
      mine,
      ownedBy(STRANGER),
      { kind: 'immutable' } as const,
      { kind: 'shared', initialVersion: 2n } as const,
    ])
      this.coin(1000n, owner);
    this.coin(700n, mine, framework('coin', 'Coin', GOLD));
    this.coin(2n ** 64n - 1n, mine, framework('coin', 'Coin', GOLD));
    this.#make(framework('coin', 'TreasuryCap', GOLD), mine, (writer) => writer.u64(5000n));
    const cap = framework('package', 'UpgradeCap');
    for (const policy of [0, 128, 192])
      this.#make(cap, mine, (writer) => writer.bytes(FUZZ.bytes).u64(1n).u8(policy));
    this.put(clockObject(1_700_000_001_000n, 9n, new Uint8Array(32).fill(3)));
  }

  #putPackage(object: SuiObject): void {
    this.put(object);
    if (object.data.kind !== 'package') return;
    for (const bytes of object.data.modules.values()) {
      const module = decode(bytes);
      const self = module.moduleHandles[module.selfModule];
      if (self !== undefined) this.#modules.set(moduleIdOf(module, self).key, module);
    }
  }

  #run(name: string, build: Build): void {
    const payment = this.object({ id: this.#payer.id, bound: { kind: 'latest' } });
    if (payment === null) throw new Error('no coin pays for the setup');
    const transaction = plainTransaction(build(this), SENDER, [payment]);
    let outcome: SuiOutcome;
    try {
      outcome = executeTransaction(transaction, this, this.environment, this.cache);
    } catch (error) {
      if (!(error instanceof CannotPreview)) throw error;
      this.lacks.push(`${name}: ${error.message}`);
      return;
    }
    const { changes, status } = outcome;
    if (status.kind !== 'success')
      throw new Error(`the setup at version ${this.protocolVersion}: ${describe(status)}`);
    for (const { after, id } of changes) {
      if (after !== null) this.put(after);
      else this.#objects.delete(bytesToHex(id));
    }
  }

  /** A coin that the search itself leaves alone. */
  get #payer(): SuiObject {
    this.#payerCoin ??= this.coin(GAS, ownedBy(SENDER));
    return this.#payerCoin;
  }
  #payerCoin: SuiObject | undefined;
}

export const ownedBy = (address: Uint8Array): SuiOwner => ({ kind: 'address', address });

const describe = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' || part instanceof Uint8Array ? String(part) : part,
  );

/** The framework that the chain had then, or the newest recorded before it; ours where none is. */
function packagesAt(version: number): readonly SuiObject[] {
  const recorded = recordedFrameworks().filter((of) => of <= version);
  const newest = recorded.at(-1);
  return newest === undefined ? ownFramework() : frameworkPackages(newest);
}

const worlds = new Map<number, SuiWorld>();

/** One of each version for all targets. */
export function worldOf(version: number): SuiWorld {
  let world = worlds.get(version);
  if (world === undefined) {
    world = new SuiWorld(version);
    worlds.set(version, world);
  }
  return world;
}
