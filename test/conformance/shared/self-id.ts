import type { CompiledModule } from '../../../src/vm-preview/move/core/format';
import type { ModuleId } from '../../../src/vm-preview/move/core/loader';
import { at } from '../../../src/vm-preview/move/core/loader/at';
import { moduleIdOf } from '../../../src/vm-preview/move/core/loader/module-id';

/** What a module calls itself. */
export function selfIdOf(module: CompiledModule): ModuleId {
  return moduleIdOf(module, at(module.moduleHandles, module.selfModule));
}

/** Address of 64 digits and name. */
export function fullNameOf(module: CompiledModule): string {
  const { address, name } = selfIdOf(module);
  return `${address}::${name}`;
}
