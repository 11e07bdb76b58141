/**
 * What is kept between previews: the framework's modules for an epoch, decoded modules by their content,
 * and hints about what to ask for at once. All of it is public and can be fetched again.
 */

import { array, type Infer, object, string, tuple } from '@metamask/superstruct';
import { sha3_256 } from '@noble/hashes/sha3.js';
import type { StateKey } from '../../vm-preview/move/aptos/state';
import { ModuleCache } from '../../vm-preview/move/aptos/storage';
import { decodeBase64, encodeBase64 } from '../base64';
import { BoundedMap } from '../bounded-map';
import { toHex } from '../hex';
import { HintStore, HintTable, shaped, tokenInfoStruct } from '../hints';
import { type KeyValueStore, readStored, writeStored } from '../key-value';

const frameworkStruct = object({
  epoch: string(),
  modules: array(tuple([string(), string()])),
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

/** Hints of one network. */
const noHints = () => ({
  /** What calls of a function read, with placeholders; see `load/hints.ts`. */
  keys: new HintTable<readonly string[]>(shaped(array(string())), MAX_KEY_CHARACTERS, (keys) =>
    keys.reduce((sum, key) => sum + key.length, 0),
  ),
  tokens: new HintTable(shaped(tokenInfoStruct), MAX_TOKENS),
  /** How often a package had been upgraded when it was last used. */
  packages: new HintTable(shaped(string()), MAX_PACKAGES),
});
export type Hints = ReturnType<typeof noHints>;

export class AptosCache {
  /** Decoded modules, by the arrays that `code` gives. */
  readonly modules = new ModuleCache();
  /** What modules depend on, by the same arrays. */
  readonly dependencies = new WeakMap<Uint8Array, readonly NamedModule[]>();
  readonly #code = new BoundedMap<Uint8Array>(MAX_CODE_BYTES, ({ length }) => length);
  readonly #frameworks = new Map<string, Framework>();
  readonly #hints: HintStore<Hints>;

  constructor(private readonly store?: KeyValueStore) {
    this.#hints = new HintStore(store, 'aptos:hints', noHints);
  }

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
    return this.#hints.of(network);
  }

  saveHints(network: string): Promise<void> {
    return this.#hints.save(network);
  }
}

/** @param store - keeps what is worth keeping beyond this process; without one all is in memory */
export function createAptosCache(store?: KeyValueStore): AptosCache {
  return new AptosCache(store);
}
