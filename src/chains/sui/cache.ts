/**
 * What is kept between previews: packages, which never change (the chain's own for an epoch), and hints
 * about what to ask for at once. All of it is public and can be fetched again.
 */
import {
  array,
  boolean,
  type Infer,
  literal,
  number,
  object,
  optional,
  string,
  tuple,
} from '@metamask/superstruct';
import { LookaheadError } from '../../vm-preview/errors';
import { SuiCache as VmCache } from '../../vm-preview/move/sui';
import { encodeObject, parseObject } from '../../vm-preview/move/sui/data';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import { decodeBase64, encodeBase64 } from '../base64';
import { BoundedMap } from '../bounded-map';
import { type KeyValueStore, readStored, writeStored } from '../key-value';
import { fullAddress, isSpecial } from './address';
import type { ProtocolSettings } from './node';

/** How a coin is shown. */
const coinStruct = object({
  decimals: number(),
  symbol: optional(string()),
  name: optional(string()),
});
export type CoinInfo = Infer<typeof coinStruct>;

const systemStruct = object({ epoch: string(), package: string() });

const protocolStruct = object({
  version: number(),
  features: array(tuple([string(), boolean()])),
  numbers: array(tuple([string(), string()])),
  gaslessTokens: optional(array(tuple([string(), string()]))),
});

const hintsStruct = object({
  version: literal(1),
  reads: array(tuple([string(), array(string())])),
  coins: array(tuple([string(), coinStruct])),
  displays: array(tuple([string(), array(tuple([string(), string()]))])),
  packages: array(tuple([string(), string()])),
});

/** Bytes of packages. */
const MAX_PACKAGE_BYTES = 12 * 1024 * 1024;
/** Characters of hints. */
const MAX_READ_CHARACTERS = 300_000;
const MAX_COINS = 300;
const MAX_DISPLAYS = 100;
const MAX_PACKAGES = 200;

/** Templates by their field, `name` say, as `0x2::display::Display` has them. */
export type DisplayTemplates = readonly (readonly [field: string, template: string])[];

/** Hints of one chain. Never trusted: each only says what to ask for, or how something is called. */
export class Hints {
  /** What transactions with the same calls read; see `load/hints.ts`. */
  readonly reads = new BoundedMap<readonly string[]>(MAX_READ_CHARACTERS, (reads) =>
    reads.reduce((sum, { length }) => sum + length, 0),
  );
  readonly coins = new BoundedMap<CoinInfo>(MAX_COINS);
  readonly displays = new BoundedMap<DisplayTemplates>(MAX_DISPLAYS);
  /** Which package was called last time, by the id of its first version. */
  readonly packages = new BoundedMap<string>(MAX_PACKAGES);
}

class MemoryStore implements KeyValueStore {
  readonly #values = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
  }
}

export class SuiCache {
  readonly #packages = new BoundedMap<{ object: SuiObject; epoch: bigint }>(
    MAX_PACKAGE_BYTES,
    ({ object: { data } }) =>
      data.kind === 'package'
        ? [...data.modules.values()].reduce((sum, { length }) => sum + length, 0)
        : 0,
  );
  /** Packages with what was decoded and linked of them. */
  readonly vm = new VmCache();
  readonly #hints = new Map<string, Promise<Hints>>();

  /** Where there is no other store. */
  readonly #memory = new MemoryStore();

  constructor(private readonly store?: KeyValueStore) {}

  /**
   * @param chain - digest of its genesis
   * @param epoch - in which the chain's own packages are wanted; they change only between epochs
   */
  async package(chain: string, id: string, epoch: bigint): Promise<SuiObject | undefined> {
    const key = packageKey(chain, id);
    const known = this.#packages.get(key) ?? (await this.#stored(chain, id));
    if (known === undefined || (isSpecial(id) && known.epoch !== epoch)) return undefined;
    return known.object;
  }

  async rememberPackage(chain: string, object: SuiObject, epoch: bigint): Promise<void> {
    const id = fullAddress(object.id);
    const key = packageKey(chain, id);
    this.#packages.set(key, { object, epoch });
    if (!isSpecial(id)) return;
    await writeStored<Infer<typeof systemStruct>>(this.store, key, {
      epoch: epoch.toString(),
      package: encodeBase64(encodeObject(object)),
    });
  }

  async #stored(
    chain: string,
    id: string,
  ): Promise<{ object: SuiObject; epoch: bigint } | undefined> {
    if (!isSpecial(id)) return undefined;
    const key = packageKey(chain, id);
    const stored = await readStored(this.store, key, systemStruct);
    if (stored === undefined) return undefined;
    try {
      const kept = {
        object: parseObject(decodeBase64(stored.package)),
        epoch: BigInt(stored.epoch),
      };
      this.#packages.set(key, kept);
      return kept;
    } catch (error) {
      // Written by another version, or cut off: it is fetched again.
      if (error instanceof LookaheadError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** What a protocol version sets on a chain, which never changes; kept of one version. */
  async protocol(chain: string, version: number): Promise<ProtocolSettings | undefined> {
    const stored = await readStored(this.store ?? this.#memory, protocolKey(chain), protocolStruct);
    return stored?.version === version ? stored : undefined;
  }

  async rememberProtocol(
    chain: string,
    version: number,
    settings: ProtocolSettings,
  ): Promise<void> {
    await writeStored<Infer<typeof protocolStruct>>(
      this.store ?? this.#memory,
      protocolKey(chain),
      { version, ...settings },
    );
  }

  hints(chain: string): Promise<Hints> {
    const known = this.#hints.get(chain);
    if (known !== undefined) return known;
    const hints = this.#readHints(chain);
    this.#hints.set(chain, hints);
    return hints;
  }

  async saveHints(chain: string): Promise<void> {
    const hints = await this.hints(chain);
    await writeStored<Infer<typeof hintsStruct>>(this.store, hintsKey(chain), {
      version: 1,
      reads: hints.reads.entries().map(([call, reads]) => [call, [...reads]]),
      coins: hints.coins.entries(),
      displays: hints.displays
        .entries()
        .map(([type, templates]) => [type, templates.map(([field, text]) => [field, text])]),
      packages: hints.packages.entries(),
    });
  }

  async #readHints(chain: string): Promise<Hints> {
    const hints = new Hints();
    const stored = await readStored(this.store, hintsKey(chain), hintsStruct);
    for (const [call, reads] of stored?.reads ?? []) hints.reads.set(call, reads);
    for (const [coin, info] of stored?.coins ?? []) hints.coins.set(coin, info);
    for (const [type, templates] of stored?.displays ?? []) hints.displays.set(type, templates);
    for (const [first, last] of stored?.packages ?? []) hints.packages.set(first, last);
    return hints;
  }
}

const packageKey = (chain: string, id: string): string => `sui:package:${chain}:${id}`;
const protocolKey = (chain: string): string => `sui:protocol:${chain}`;
const hintsKey = (chain: string): string => `sui:hints:${chain}`;

/** @param store - keeps what is worth keeping beyond this process; without one all is in memory */
export function createSuiCache(store?: KeyValueStore): SuiCache {
  return new SuiCache(store);
}
