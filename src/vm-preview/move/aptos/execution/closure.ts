import type { CompiledModule } from '../../core/format';
import { dependencies, type ModuleId } from '../../core/loader';
import type { StateModules } from '../storage';

const known = new WeakMap<CompiledModule, readonly ModuleId[]>();

/** The modules that a module names, found once. */
function dependenciesOf(module: CompiledModule): readonly ModuleId[] {
  let found = known.get(module);
  if (found === undefined) {
    found = dependencies(module);
    known.set(module, found);
  }
  return found;
}

/** Reads modules and all that they depend on, as far as they are known; gives those never loaded. */
export function missingOfClosure(
  modules: StateModules,
  roots: readonly ModuleId[],
): readonly ModuleId[] {
  const missing: ModuleId[] = [];
  const seen = new Set<string>();
  const queue = [...roots];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id.key)) continue;
    seen.add(id.key);
    const module = modules.module(id);
    if (module === undefined) missing.push(id);
    else if (module !== null) queue.push(...dependenciesOf(module));
  }
  return missing;
}
