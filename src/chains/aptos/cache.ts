/**
 * What is kept between previews: the framework's modules for an epoch, parsed modules by their content,
 * and hints about what to ask for at once. All of it is public and can be fetched again.
 */

import {
  array,
  type Infer,
  is,
  literal,
  number,
  object,
  optional,
  type Struct,
  string,
  tuple,
} from '@metamask/superstruct';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { APTOS_FORMAT, type CompiledModule, decodeModule } from '../../vm-preview/move/core/format';
import { decodeBase64, encodeBase64 } from '../base64';
import { BoundedMap } from '../bounded-map';
import { toHex } from './hex';

/** Where a cache outlives the process: the snap's state, say. May forget whatever it likes. */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

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
});

/** All modules of one of the chain's own addresses. */
export interface Framework {
  readonly epoch: bigint;
  readonly modules: ReadonlyMap<string, Uint8Array>;
}

/** Bytes of code whose parsed form is kept. */
const MAX_PARSED_BYTES = 8 * 1024 * 1024;
/** Characters of hints. */
const MAX_KEY_CHARACTERS = 600_000;
const MAX_TOKENS = 300;

/** Hints of one network. Never trusted: each only says what to ask for. */
export class Hints {
  /** What calls of a function read, with placeholders; see `hints.ts`. */
  readonly keys = new BoundedMap<readonly string[]>(MAX_KEY_CHARACTERS, (keys) =>
    keys.reduce((sum, key) => sum + key.length, 0),
  );
  readonly tokens = new BoundedMap<TokenInfo>(MAX_TOKENS);
}

interface ParsedModule {
  readonly module: CompiledModule;
  readonly size: number;
}

export class AptosCache {
  readonly #parsed = new BoundedMap<ParsedModule>(MAX_PARSED_BYTES, ({ size }) => size);
  /** The same bytes are mostly the same array. */
  readonly #contents = new WeakMap<Uint8Array, CompiledModule>();
  readonly #frameworks = new Map<string, Framework>();
  readonly #hints = new Map<string, Promise<Hints>>();

  constructor(private readonly store?: KeyValueStore) {}

  /** @throws FormatError when the bytes are no module */
  parsed(code: Uint8Array): CompiledModule {
    const same = this.#contents.get(code);
    if (same !== undefined) return same;
    const key = toHex(sha3_256(code));
    const known = this.#parsed.get(key)?.module;
    const module = known ?? decodeModule(code, APTOS_FORMAT);
    if (known === undefined) this.#parsed.set(key, { module, size: code.length });
    this.#contents.set(code, module);
    return module;
  }

  /** @param network - what tells networks apart: endpoint and chain id */
  async framework(network: string, address: string): Promise<Framework | undefined> {
    const key = `aptos:framework:${network}:${address}`;
    const known = this.#frameworks.get(key);
    if (known !== undefined) return known;
    const stored = await this.#read(key, frameworkStruct);
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
    await this.#write<Infer<typeof frameworkStruct>>(key, {
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
    await this.#write<Infer<typeof hintsStruct>>(`aptos:hints:${network}`, {
      version: 1,
      keys: hints.keys.entries().map(([call, keys]) => [call, [...keys]]),
      tokens: hints.tokens.entries(),
    });
  }

  async #readHints(network: string): Promise<Hints> {
    const hints = new Hints();
    const stored = await this.#read(`aptos:hints:${network}`, hintsStruct);
    for (const [call, keys] of stored?.keys ?? []) hints.keys.set(call, keys);
    for (const [asset, token] of stored?.tokens ?? []) hints.tokens.set(asset, token);
    return hints;
  }

  async #read<T, S>(key: string, shape: Struct<T, S>): Promise<T | undefined> {
    const text = await this.store?.get(key);
    if (text === undefined) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Half-written or of an older version: the same as not there.
      return undefined;
    }
    return is(value, shape) ? value : undefined;
  }

  async #write<T>(key: string, value: T): Promise<void> {
    await this.store?.set(key, JSON.stringify(value));
  }
}

/** @param store - keeps what is worth keeping beyond this process; without one all is in memory */
export function createAptosCache(store?: KeyValueStore): AptosCache {
  return new AptosCache(store);
}
