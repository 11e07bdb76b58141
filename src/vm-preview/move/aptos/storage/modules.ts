/** Modules out of the state, decoded once for the same bytes. */
import { CannotPreview } from '../../../errors';
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
  type FormatConfig,
  FormatError,
} from '../../core/format';
import { Loader, type ModuleId, type ModuleSource, moduleId } from '../../core/loader';
import type { VmConfig } from '../../core/runtime';
import { Address } from '../../core/values';
import { MissingStateError, type StateKey, type StateValue } from '../state';
import type { StateView } from './state-view';

/** Runs that one loader serves: it keeps each type that it ever made. */
const LOADER_RUNS = 100;

/**
 * What was made of code, kept between previews: decoding, linking and lowering take most of a cold run.
 * Decoded modules are found by their bytes' identity; a linked program is used again as long as the
 * state has the very modules that it was made of.
 */
export class ModuleCache {
  readonly #modules = new WeakMap<Uint8Array, CompiledModule>();
  #linked: LinkedProgram | undefined;

  /** @throws FormatError, CannotPreview */
  decode(bytes: Uint8Array, config: FormatConfig): CompiledModule {
    let module = this.#modules.get(bytes);
    if (module === undefined) {
      module = decodeModule(bytes, config);
      this.#modules.set(bytes, module);
    }
    return module;
  }

  /** A loader of the modules as `source` has them. */
  loader(source: StateModules, config: VmConfig): Loader {
    const settings = JSON.stringify(config);
    const kept = this.#linked;
    if (kept?.settings === settings && kept.runsLeft > 0 && kept.source.isSameIn(source)) {
      kept.source.replaceBy(source);
      kept.runsLeft--;
      return kept.loader;
    }
    const recorded = new RecordedModules(source);
    const loader = new Loader(recorded, config);
    this.#linked = { settings, source: recorded, loader, runsLeft: LOADER_RUNS };
    return loader;
  }
}

interface LinkedProgram {
  readonly settings: string;
  readonly source: RecordedModules;
  readonly loader: Loader;
  runsLeft: number;
}

/** A source that another may take the place of where it has the same modules. */
class RecordedModules implements ModuleSource {
  readonly #given = new Map<string, readonly [ModuleId, CompiledModule | null]>();

  #current: StateModules;

  constructor(current: StateModules) {
    this.#current = current;
  }

  module(id: ModuleId): CompiledModule | null | undefined {
    const module = this.#current.module(id);
    if (module !== undefined) this.#given.set(id.key, [id, module]);
    return module;
  }

  /** All that was linked counts as read, for it is not asked for again. */
  replaceBy(other: StateModules): void {
    this.#current = other;
    for (const [id] of this.#given.values()) other.module(id);
  }

  isSameIn(other: StateModules): boolean {
    for (const [id, module] of this.#given.values()) if (other.peek(id) !== module) return false;
    return true;
  }
}

const keys = new WeakMap<ModuleId, StateKey>();

export function moduleKey(id: ModuleId): StateKey {
  let key = keys.get(id);
  if (key === undefined) {
    key = { kind: 'module', address: Address.parse(id.address).bytes, name: id.name };
    keys.set(id, key);
  }
  return key;
}

/** Modules as a session's state has them, under those that the transaction publishes. */
export class StateModules implements ModuleSource {
  readonly #modules = new Map<string, CompiledModule | null>();
  readonly #sizes = new Map<string, number>();

  /** @param staged - by `ModuleId.key`, with their bytes */
  constructor(
    private readonly view: StateView,
    private readonly cache: ModuleCache,
    private readonly staged: ReadonlyMap<string, StagedModule> = new Map(),
  ) {}

  module(id: ModuleId): CompiledModule | null | undefined {
    const known = this.#modules.get(id.key);
    if (known !== undefined) return known;
    const staged = this.staged.get(id.key);
    const module = staged?.module ?? this.#read(id);
    if (module !== undefined) this.#modules.set(id.key, module);
    return module;
  }

  /** Bytes of a module that is there, 0 of one that is not. @throws MissingStateError */
  size(id: ModuleId): number {
    const staged = this.staged.get(id.key);
    if (staged !== undefined) return staged.bytes.length;
    let size = this.#sizes.get(id.key);
    if (size === undefined) {
      size = this.view.read(moduleKey(id))?.bytes.length ?? 0;
      this.#sizes.set(id.key, size);
    }
    return size;
  }

  /** The module as it is, without counting as read. */
  peek(id: ModuleId): CompiledModule | null | undefined {
    return this.#decoded(id, () => this.view.base.peek(moduleKey(id)));
  }

  /** Undefined when it was never loaded, so that the loader can name all that is missing. */
  #read(id: ModuleId): CompiledModule | null | undefined {
    return this.#decoded(id, () => this.view.read(moduleKey(id)));
  }

  #decoded(id: ModuleId, read: () => StateValue | null): CompiledModule | null | undefined {
    try {
      const value = read();
      return value === null ? null : this.#decode(value.bytes, id);
    } catch (error) {
      if (error instanceof MissingStateError) return undefined;
      throw error;
    }
  }

  #decode(bytes: Uint8Array, id: ModuleId): CompiledModule {
    try {
      return this.cache.decode(bytes, APTOS_FORMAT);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      // The chain takes no such module: it is newer than this code, or the node is lying.
      throw new CannotPreview('aptos-module-format', `the code of ${id.key}`, {
        module: id.key,
        problem: error.message.slice(0, 200),
      });
    }
  }
}

export interface StagedModule {
  readonly module: CompiledModule;
  readonly bytes: Uint8Array;
}

/** `0x1::coin` and the like, by a short address. */
export function systemModule(name: string): ModuleId {
  return moduleId(Address.parse('0x1'), name);
}
