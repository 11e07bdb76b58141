/**
 * What is kept between previews: packages, which never change (the chain's own for an epoch), and hints
 * about what to ask for at once. All of it is public and can be fetched again.
 */
import {
  array,
  boolean,
  type Infer,
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
import { HintStore, HintTable, shaped, tokenInfoStruct } from '../hints';
import { type KeyValueStore, readStored, writeStored } from '../key-value';
import { fullAddress, isSpecial } from './address';
import type { ProtocolSettings } from './node';

const systemStruct = object({ epoch: string(), package: string() });

const protocolStruct = object({
  version: number(),
  features: array(tuple([string(), boolean()])),
  numbers: array(tuple([string(), string()])),
  gaslessTokens: optional(array(tuple([string(), string()]))),
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

/** Hints of one chain. */
const noHints = () => ({
  /** What transactions with the same calls read; see `load/hints.ts`. */
  reads: new HintTable<readonly string[]>(shaped(array(string())), MAX_READ_CHARACTERS, (reads) =>
    reads.reduce((sum, { length }) => sum + length, 0),
  ),
  coins: new HintTable(shaped(tokenInfoStruct), MAX_COINS),
  displays: new HintTable<DisplayTemplates>(
    shaped(array(tuple([string(), string()]))),
    MAX_DISPLAYS,
  ),
  /** Which package was called last time, by the id of its first version. */
  packages: new HintTable(shaped(string()), MAX_PACKAGES),
});
export type Hints = ReturnType<typeof noHints>;

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
  readonly #hints: HintStore<Hints>;

  /** Where there is no other store. */
  readonly #memory = new MemoryStore();

  constructor(private readonly store?: KeyValueStore) {
    this.#hints = new HintStore(store, 'sui:hints', noHints);
  }

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
    return this.#hints.of(chain);
  }

  saveHints(chain: string): Promise<void> {
    return this.#hints.save(chain);
  }
}

const packageKey = (chain: string, id: string): string => `sui:package:${chain}:${id}`;
const protocolKey = (chain: string): string => `sui:protocol:${chain}`;

/** @param store - keeps what is worth keeping beyond this process; without one all is in memory */
export function createSuiCache(store?: KeyValueStore): SuiCache {
  return new SuiCache(store);
}
