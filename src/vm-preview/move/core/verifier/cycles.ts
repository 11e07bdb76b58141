/** Modules do not depend on themselves, nor befriend what they depend on (cyclic_dependencies.rs). */
import type { CompiledModule } from '../format';
import { dependencies, MissingModulesError, type ModuleId, type ModuleSource } from '../loader';
import { at } from '../loader/at';
import { moduleIdOf } from '../loader/module-id';
import { VerificationError } from './errors';

/**
 * @param source - has all modules that can be reached, those of the same bundle too
 * @throws VerificationError; MissingModulesError with a module that was never loaded
 */
export function verifyNoCycles(module: CompiledModule, source: ModuleSource): void {
  const self = moduleIdOf(module, at(module.moduleHandles, module.selfModule));
  const needed = reached(module, self, source, dependencies, 'CYCLIC_MODULE_DEPENDENCY');
  const friends = reached(module, self, source, friendsOf, 'CYCLIC_MODULE_FRIENDSHIP');
  for (const friend of friends)
    if (needed.has(friend))
      throw new VerificationError(
        'INVALID_FRIEND_DECL_WITH_MODULES_IN_DEPENDENCIES',
        `At least one module, ${friend}, appears in both the dependency set and the friend set`,
      );
}

function friendsOf(module: CompiledModule): ModuleId[] {
  return module.friends.map((friend) => moduleIdOf(module, friend));
}

function reached(
  start: CompiledModule,
  self: ModuleId,
  source: ModuleSource,
  next: (module: CompiledModule) => readonly ModuleId[],
  onCycle: 'CYCLIC_MODULE_DEPENDENCY' | 'CYCLIC_MODULE_FRIENDSHIP',
): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...next(start)];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id.key === self.key) throw new VerificationError(onCycle);
    if (seen.has(id.key)) continue;
    seen.add(id.key);
    const module = source.module(id);
    if (module === undefined) throw new MissingModulesError([id]);
    if (module === null) throw new VerificationError('MISSING_DEPENDENCY');
    queue.push(...next(module));
  }
  return seen;
}
