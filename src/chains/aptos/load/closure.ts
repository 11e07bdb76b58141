/** Which modules those that are loaded depend on, and which of them are not loaded yet. */
import { CannotPreview } from '../../../vm-preview/errors';
import { moduleKey } from '../../../vm-preview/move/aptos';
import type { StateKey } from '../../../vm-preview/move/aptos/state';
import { APTOS_FORMAT, FormatError } from '../../../vm-preview/move/core/format';
import { dependencies } from '../../../vm-preview/move/core/loader';
import { addressText } from '../../../vm-preview/move/core/types';
import type { AptosCache, NamedModule } from '../cache';
import type { LoadedState } from './state';

export class ModuleClosure {
  /** Those that are there and whose dependencies were looked at. */
  readonly #walked = new Set<string>();

  constructor(
    private readonly state: LoadedState,
    private readonly cache: AptosCache,
  ) {}

  /**
   * Keys of modules that are missing among those that the given ones depend on.
   *
   * @throws CannotPreview for code that cannot be read
   */
  open(roots: readonly StateKey[]): StateKey[] {
    const open: StateKey[] = [];
    const seen = new Set<string>();
    const queue = roots.flatMap((key): NamedModule[] =>
      key.kind === 'module' ? [{ id: `${addressText(key.address)}::${key.name}`, key }] : [],
    );
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { id, key } = next;
      if (seen.has(id) || this.#walked.has(id)) continue;
      seen.add(id);
      const value = this.state.peek(key);
      if (value === undefined) open.push(key);
      else this.#walked.add(id);
      if (value === undefined || value === null) continue;
      queue.push(...this.#dependencies(value.bytes, id));
    }
    return open;
  }

  #dependencies(code: Uint8Array, id: string): readonly NamedModule[] {
    const known = this.cache.dependencies.get(code);
    if (known !== undefined) return known;
    try {
      const module = this.cache.modules.decode(code, APTOS_FORMAT);
      const named = dependencies(module).map((one) => ({ id: one.key, key: moduleKey(one) }));
      this.cache.dependencies.set(code, named);
      return named;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new CannotPreview('aptos-module-format', `the code of ${id}`, { module: id });
    }
  }
}
