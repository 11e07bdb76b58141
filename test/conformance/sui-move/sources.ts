/** What a test has published so far, to be compiled with what it publishes next (framework.rs, `CompiledState`). */
import {
  type CompiledModule,
  decodeModule,
  SUI_FORMAT,
} from '../../../src/vm-preview/move/core/format';
import { fullNameOf } from '../shared/self-id';
import { compile } from '../sui-transactional/compile';
import { type ModuleText, modulesIn } from '../sui-transactional/test-sources';

/** Of the standard library. */
export const LIBRARY_EDITION = '2024.beta';
/** What a test is compiled with that names no edition. */
export const OLDEST_EDITION = 'legacy';

export interface SourceSettings {
  /** Of the standard library, by path. */
  readonly library: Readonly<Record<string, string>>;
  readonly edition: string;
  /** 64 digits by name. */
  readonly addresses: ReadonlyMap<string, string>;
}

interface Stored {
  readonly text: string;
  readonly keys: readonly string[];
}

export class Sources {
  readonly #stored: Stored[] = [];

  constructor(private readonly settings: SourceSettings) {}

  /**
   * The modules of a text, in the order that the compiler gives. All that was stored is of the same package, so
   * that it may be called as such; it is compiled along and left out.
   *
   * @throws CompileError
   */
  async compile(text: string): Promise<readonly CompiledModule[]> {
    const { library, edition, addresses } = this.settings;
    const own = new Set(modulesIn(text).map((module) => this.#keyOf(module)));
    const earlier = this.#stored.map((stored) => this.#without(stored, own));
    const sources = Object.fromEntries(
      [...earlier.map(({ text }) => text), text].map((source, i) => [
        `sources/task${i}.move`,
        plain(source),
      ]),
    );
    const compiled = await compile({
      root: { sources, edition, flavor: 'core' },
      dependencies: { MoveStdlib: { sources: library, edition: LIBRARY_EDITION } },
      addresses: Object.fromEntries([...addresses].map(([name, hex]) => [name, `0x${hex}`])),
    });
    const known = new Set(earlier.flatMap(({ keys }) => keys));
    return compiled
      .map((bytes) => decodeModule(bytes, SUI_FORMAT))
      .filter((module) => !known.has(fullNameOf(module)));
  }

  store(text: string, modules: readonly CompiledModule[]): void {
    this.#stored.push({ text, keys: modules.map(fullNameOf) });
  }

  /** Sources shadow what was there before. */
  #without({ text, keys }: Stored, own: ReadonlySet<string>): Stored {
    let left = text;
    for (const module of modulesIn(text).reverse())
      if (own.has(this.#keyOf(module))) left = left.slice(0, module.start) + left.slice(module.end);
    return { text: left, keys: keys.filter((key) => !own.has(key)) };
  }

  #keyOf({ address, name }: ModuleText): string {
    const hex = /^[0-9]/.test(address)
      ? BigInt(address).toString(16).padStart(64, '0')
      : this.settings.addresses.get(address);
    return `${hex}::${name}`;
  }
}

/**
 * Without `key`: Sui's compiler holds every struct that has it to be an object, and there is nothing else that it
 * lets a struct do. Columns and lines stay.
 */
export function plain(source: string): string {
  return source.replace(/\bhas(\s+)key(\s*,)?/g, (whole, _gap: string, comma: string | undefined) =>
    (comma === undefined ? '' : 'has').padEnd(whole.length),
  );
}
