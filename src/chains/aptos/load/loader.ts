/**
 * Reads all the state that a transaction needs, of one version of the ledger, in as few rounds as can be.
 * A node gives one value an answer, so that a round is many requests side by side.
 *
 * Round 1 asks for the newest version. Round 2 reads what any transaction needs, what the signers and the
 * recipients have, what calls of this function read last time, and its module. What the run then misses is
 * read in further rounds. The framework's modules are one answer, kept for an epoch: they change with it.
 */
import { StateError } from '../../../vm-preview/errors';
import type { StateKey, StateValue } from '../../../vm-preview/move/aptos/state';
import { stateKeyId } from '../../../vm-preview/move/aptos/storage';
import { BcsReader } from '../../../vm-preview/move/core/bcs';
import type { ModuleId } from '../../../vm-preview/move/core/loader';
import type { Network } from '../../chain';
import { inParallel } from '../../concurrency';
import type { Usage } from '../../http';
import { fullAddress, isSpecial } from '../address';
import type { AptosCache, Hints } from '../cache';
import { checkChainId } from '../networks';
import type { AptosRest, LedgerInfo } from '../rest';
import { ModuleClosure } from './closure';
import { moduleKey, TIMESTAMP } from './keys';
import { LoadedState } from './state';

/** Three as a rule; the rest is for what strange code turns out to need while it runs. */
export const MAX_ROUNDS = 16;
/** Requests at the same time; Node warns of more listeners on one abort signal. */
const WIDTH = 10;
const MAX_VALUES = 2_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Starts with the newest version of the ledger, and what is kept of the network. */
export async function createLoader(
  network: Network,
  rest: AptosRest,
  cache: AptosCache,
  usage: Usage,
  overlay?: ReadonlyMap<string, StateValue | null>,
): Promise<Loader> {
  const ledger = await rest.ledger();
  checkChainId(network, rest.host, ledger);
  const key = `${network.endpoint} ${ledger.chainId}`;
  const hints = await cache.hints(key);
  return new Loader(key, rest, cache, usage, ledger, hints, new LoadedState(overlay));
}

export class Loader {
  readonly #closure: ModuleClosure;
  #rounds = 1;
  #values = 0;
  /** Addresses of the framework whose modules are loaded, or cannot be listed. */
  readonly #listed = new Map<string, ReadonlyMap<string, Uint8Array> | undefined>();
  readonly #frameworks = new Set<string>();

  constructor(
    /** What tells the network's kept state apart. */
    readonly networkKey: string,
    readonly rest: AptosRest,
    private readonly cache: AptosCache,
    private readonly usage: Usage,
    readonly ledger: LedgerInfo,
    readonly hints: Hints,
    readonly state: LoadedState,
  ) {
    this.#closure = new ModuleClosure(state, cache);
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Whether modules are used that were read earlier in the same epoch. */
  get usesKeptFramework(): boolean {
    return this.#frameworks.size > 0;
  }

  /** Code of a module: null where the chain has none, undefined where it was not loaded. */
  code({ address, name }: ModuleId): Uint8Array | null | undefined {
    const value = this.state.peek(moduleKey(`0x${address}`, name));
    return value === undefined || value === null ? value : value.bytes;
  }

  /**
   * Reads the values, and all modules that the modules among them depend on.
   *
   * @param packages - addresses whose modules are all asked for in the same round
   * @throws StateError, `state-incomplete` when it takes more rounds than are allowed
   */
  async load(keys: readonly StateKey[], packages: readonly string[] = []): Promise<void> {
    let asked = [...packages];
    let wanted = this.#unknown(keys);
    while (wanted.length > 0 || asked.length > 0) {
      const roots = [...keys, ...wanted];
      await this.#round(wanted, asked);
      asked = [];
      wanted = this.#unknown(this.#closure.open(roots));
    }
  }

  #unknown(keys: readonly StateKey[]): StateKey[] {
    const unknown = new Map<string, StateKey>();
    for (const key of keys) {
      if (this.state.peek(key) === undefined) unknown.set(stateKeyId(key), key);
    }
    return [...unknown.values()];
  }

  async #round(keys: readonly StateKey[], packages: readonly string[]): Promise<void> {
    const framework = new Set<string>();
    for (const key of keys) {
      if (key.kind !== 'module') continue;
      const address = fullAddress(key.address);
      if (isSpecial(address) && !this.#listed.has(address)) framework.add(address);
    }
    const lists = [...packages.filter((one) => !this.#listed.has(one)), ...framework];
    const missing: string[] = [];
    for (const address of lists) {
      if (!(await this.#takeKept(address))) missing.push(address);
    }
    const alone = keys.filter((key) => {
      if (key.kind !== 'module') return true;
      const address = fullAddress(key.address);
      // Of a stranger's, the value tells since when it is there; a list does not.
      return !framework.has(address) && this.#listed.get(address) === undefined;
    });
    if (missing.length > 0 || alone.length > 0) await this.#fetch(missing, alone);
    for (const key of keys) this.#fromList(key);
    // Those of addresses whose modules are too many for one answer, and those that are in none.
    const rest = this.#unknown(keys);
    if (rest.length > 0) await this.#fetch([], rest);
  }

  async #fetch(lists: readonly string[], keys: readonly StateKey[]): Promise<void> {
    this.#values += keys.length;
    this.#checkBounds();
    this.#rounds += 1;
    const tasks = [
      ...lists.map((address) => () => this.#list(address)),
      ...keys.map((key) => () => this.#value(key)),
    ];
    await inParallel(tasks, WIDTH, (task) => task());
    this.#checkBounds();
    this.#checkTime();
  }

  async #takeKept(address: string): Promise<boolean> {
    if (!isSpecial(address)) return false;
    const kept = await this.cache.framework(this.networkKey, address);
    if (kept === undefined || kept.epoch !== this.ledger.epoch) return false;
    this.#listed.set(address, kept.modules);
    this.#frameworks.add(address);
    return true;
  }

  async #list(address: string): Promise<void> {
    const found = await this.#modules(address);
    if (found === undefined) {
      this.#listed.set(address, undefined);
      return;
    }
    const modules = new Map([...found].map(([name, code]) => [name, this.cache.code(code)]));
    this.#listed.set(address, modules);
    if (isSpecial(address)) {
      const { epoch } = this.ledger;
      await this.cache.rememberFramework(this.networkKey, address, { epoch, modules });
    }
  }

  async #modules(address: string): Promise<Map<string, Uint8Array> | undefined> {
    try {
      return await this.rest.modules(address, this.ledger.version);
    } catch (error) {
      // Then each is asked for on its own.
      if (error instanceof StateError && error.code === 'node-answer-too-large') return undefined;
      throw error;
    }
  }

  #fromList(key: StateKey): void {
    if (key.kind !== 'module' || this.state.peek(key) !== undefined) return;
    const list = this.#listed.get(fullAddress(key.address));
    if (list === undefined) return;
    const code = list.get(key.name);
    // A list may be cut short without a word: what is not in it is asked for on its own.
    if (code !== undefined) this.state.set(key, { bytes: code });
  }

  async #value(key: StateKey): Promise<void> {
    const value = await this.rest.value(key, this.ledger.version);
    this.state.set(
      key,
      value === null || key.kind !== 'module'
        ? value
        : { ...value, bytes: this.cache.code(value.bytes) },
    );
  }

  #checkBounds(): void {
    if (this.#rounds >= MAX_ROUNDS || this.#values > MAX_VALUES) {
      throw new StateError(
        'state-incomplete',
        'the transaction needs more of the chain’s state than is read for a preview',
        { rounds: this.#rounds, values: this.#values },
      );
    }
    if (this.usage.bytes > MAX_BYTES) {
      throw new StateError('state-too-large', 'the state that the transaction needs is too large', {
        bytes: this.usage.bytes,
      });
    }
  }

  /** The chain's own clock tells a node that answers with a later version than the one asked for. */
  #checkTime(): void {
    const value = this.state.peek(TIMESTAMP);
    if (value === undefined || value === null) return;
    const { bytes } = value;
    const time = bytes.length === 8 ? new BcsReader(bytes).u64('time') : undefined;
    if (time !== undefined && time <= this.ledger.timestampMicros) return;
    const { host } = this.rest;
    throw new StateError(
      'node-other-version',
      `${host} answered for another version of the ledger than the one asked for`,
      { host, expected: this.ledger.version.toString() },
    );
  }
}
