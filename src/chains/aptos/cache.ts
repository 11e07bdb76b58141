/**
 * What is kept between previews: the framework's modules for an epoch, decoded modules by their content,
 * and hints about what to ask for at once. All of it is public and can be fetched again.
 */

import {
  array,
  type Infer,
  literal,
  number,
  object,
  optional,
  string,
  tuple,
} from '@metamask/superstruct';
import { sha3_256 } from '@noble/hashes/sha3.js';
import type { StateKey } from '../../vm-preview/move/aptos/state';
import { ModuleCache } from '../../vm-preview/move/aptos/storage';
import { decodeBase64, encodeBase64 } from '../base64';
import { BoundedMap } from '../bounded-map';
import { toHex } from '../hex';
import { type KeyValueStore, readStored, writeStored } from '../key-value';

/** How a coin or fungible asset is shown when nothing that names it was read. */
const tokenInfoStruct = object({
  decimals: number(),
  symbol: optional(string()),
  name: optional(string()),
});
export type TokenInfo = Infer<typeof tokenInfoStruct>;

const frameworkStruct = object({
  epoch: string(),
  modules: array(tuple([string(), string()])),
});

const hintsStruct = object({
  version: literal(1),
  keys: array(tuple([string(), array(string())])),
  tokens: array(tuple([string(), tokenInfoStruct])),
  packages: array(tuple([string(), string()])),
});

/** A module by its id, `0x1::coin`. */
export interface NamedModule {
  readonly id: string;
  readonly key: StateKey;
}

/** All modules of one of the chain's own addresses. */
export interface Framework {
  readonly epoch: bigint;
  readonly modules: ReadonlyMap<string, Uint8Array>;
}

/** Bytes of code that are kept together with their decoded form. */
const MAX_CODE_BYTES = 8 * 1024 * 1024;
/** Characters of hints. */
const MAX_KEY_CHARACTERS = 600_000;
const MAX_TOKENS = 300;
const MAX_PACKAGES = 200;

/** Hints of one network. Never trusted: each only says what to ask for. */
export class Hints {
  /** What calls of a function read, with placeholders; see `hints.ts`. */
  readonly keys = new BoundedMap<readonly string[]>(MAX_KEY_CHARACTERS, (keys) =>
    keys.reduce((sum, key) => sum + key.length, 0),
  );
  readonly tokens = new BoundedMap<TokenInfo>(MAX_TOKENS);
  /** How often a package had been upgraded when it was last used. */
  readonly packages = new BoundedMap<string>(MAX_PACKAGES);
}

export class AptosCache {
  /** Decoded modules, by the arrays that `code` gives. */
  readonly modules = new ModuleCache();
  /** What modules depend on, by the same arrays. */
  readonly dependencies = new WeakMap<Uint8Array, readonly NamedModule[]>();
  readonly #code = new BoundedMap<Uint8Array>(MAX_CODE_BYTES, ({ length }) => length);
  readonly #frameworks = new Map<string, Framework>();
  readonly #hints = new Map<string, Promise<Hints>>();

  constructor(private readonly store?: KeyValueStore) {}

  /** The same array for the same code, so that it is decoded once. */
  code(code: Uint8Array): Uint8Array {
    const key = toHex(sha3_256(code));
    const known = this.#code.get(key);
    if (known === undefined) this.#code.set(key, code);
    return known ?? code;
  }

  /** @param network - what tells networks apart: endpoint and chain id */
  async framework(network: string, address: string): Promise<Framework | undefined> {
    const key = `aptos:framework:${network}:${address}`;
    const known = this.#frameworks.get(key);
    if (known !== undefined) return known;
    const stored = await readStored(this.store, key, frameworkStruct);
    if (stored === undefined) return undefined;
    const framework = {
      epoch: BigInt(stored.epoch),
      modules: new Map(stored.modules.map(([name, code]) => [name, decodeBase64(code)])),
    };
    this.#frameworks.set(key, framework);
    return framework;
  }

  async rememberFramework(network: string, address: string, framework: Framework): Promise<void> {
    const key = `aptos:framework:${network}:${address}`;
    this.#frameworks.set(key, framework);
    await writeStored<Infer<typeof frameworkStruct>>(this.store, key, {
      epoch: framework.epoch.toString(),
      modules: [...framework.modules].map(([name, code]) => [name, encodeBase64(code)]),
    });
  }

  hints(network: string): Promise<Hints> {
    const known = this.#hints.get(network);
    if (known !== undefined) return known;
    const hints = this.#readHints(network);
    this.#hints.set(network, hints);
    return hints;
  }

  async saveHints(network: string): Promise<void> {
    const hints = await this.hints(network);
    await writeStored<Infer<typeof hintsStruct>>(this.store, `aptos:hints:${network}`, {
      version: 1,
      keys: hints.keys.entries().map(([call, keys]) => [call, [...keys]]),
      tokens: hints.tokens.entries(),
      packages: hints.packages.entries(),
    });
  }

  async #readHints(network: string): Promise<Hints> {
    const hints = new Hints();
    const stored = await readStored(this.store, `aptos:hints:${network}`, hintsStruct);
    for (const [call, keys] of stored?.keys ?? []) hints.keys.set(call, keys);
    for (const [asset, token] of stored?.tokens ?? []) hints.tokens.set(asset, token);
    for (const [name, upgrades] of stored?.packages ?? []) hints.packages.set(name, upgrades);
    return hints;
  }
}

/** @param store - keeps what is worth keeping beyond this process; without one all is in memory */
export function createAptosCache(store?: KeyValueStore): AptosCache {
  return new AptosCache(store);
}
