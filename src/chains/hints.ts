/**
 * What is worth asking for at once, or how something is called, as earlier previews found it: tables of
 * hints, a set of them for each network. A hint is never trusted.
 */
import {
  type Infer,
  is,
  number,
  object,
  optional,
  record,
  type Struct,
  string,
  tuple,
  unknown,
} from '@metamask/superstruct';
import { BoundedMap } from './bounded-map';
import { type KeyValueStore, readStored, writeStored } from './key-value';

/** Hints of one kind; what was used longest ago is forgotten first. */
export class HintTable<V> extends BoundedMap<V> {
  /** @param shape - of a hint where it is stored; see `shaped` */
  constructor(
    private readonly shape: (value: unknown) => value is V,
    limit: number,
    weigh?: (value: V) => number,
  ) {
    super(limit, weigh);
  }

  /** Takes over what was stored; what has another shape is left out. */
  fill(stored: unknown): void {
    if (!Array.isArray(stored)) return;
    for (const entry of stored) {
      if (!is(entry, ENTRY)) continue;
      const [key, value] = entry;
      if (this.shape(value)) this.set(key, value);
    }
  }
}

const ENTRY = tuple([string(), unknown()]);
const STORED = record(string(), unknown());
/** Of what is stored. */
const VERSION = 1;

export const shaped =
  <T, S>(struct: Struct<T, S>) =>
  (value: unknown): value is T =>
    is(value, struct);

/** How a coin or token is shown where nothing that names it was read. */
export const tokenInfoStruct = object({
  decimals: number(),
  symbol: optional(string()),
  name: optional(string()),
});
export type TokenInfo = Infer<typeof tokenInfoStruct>;

/** What is needed of a table to keep it. */
interface Table {
  fill(stored: unknown): void;
  entries(): readonly unknown[];
}

/** The tables of all networks: read from the store once, and in memory from then on. */
export class HintStore<H extends Readonly<Record<string, Table>>> {
  readonly #known = new Map<string, Promise<H>>();

  /**
   * @param prefix - of the store's keys, `aptos:hints`
   * @param empty - the tables of a network of which nothing is known
   */
  constructor(
    private readonly store: KeyValueStore | undefined,
    private readonly prefix: string,
    private readonly empty: () => H,
  ) {}

  of(network: string): Promise<H> {
    const known = this.#known.get(network);
    if (known !== undefined) return known;
    const hints = this.#read(network);
    this.#known.set(network, hints);
    return hints;
  }

  async save(network: string): Promise<void> {
    const tables = Object.entries(await this.of(network));
    await writeStored(this.store, this.#key(network), {
      version: VERSION,
      ...Object.fromEntries(tables.map(([name, table]) => [name, table.entries()])),
    });
  }

  async #read(network: string): Promise<H> {
    const hints = this.empty();
    const stored = await readStored(this.store, this.#key(network), STORED);
    if (stored?.['version'] !== VERSION) return hints;
    for (const [name, table] of Object.entries(hints)) table.fill(stored[name]);
    return hints;
  }

  #key(network: string): string {
    return `${this.prefix}:${network}`;
  }
}
