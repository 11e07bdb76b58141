import { decodeModule } from '../../src/vm-preview/move/core/format';
import { moduleIdOf } from '../../src/vm-preview/move/core/loader/module-id';
import { FIXTURES, moduleSources } from '../support/move-fixtures';
import { FORMATS } from './move-modules';

/** By native, the recorded networks whose framework declares it; empty without recordings. */
export function declaredNatives(
  fixtures: string = FIXTURES,
): ReadonlyMap<string, readonly string[]> {
  const declared = new Map<string, string[]>();
  for (const { name, load } of moduleSources(fixtures)) {
    const [, network] = /^aptos (\w+)\.blob$/.exec(name) ?? [];
    if (network === undefined) continue;
    for (const { bytes, flavour } of load()) {
      const module = decodeModule(bytes, FORMATS[flavour]);
      const self = module.moduleHandles[module.selfModule];
      if (self === undefined) continue;
      for (const { handle, code } of module.functionDefinitions) {
        const found = module.functionHandles[handle];
        if (code !== undefined || found === undefined) continue;
        const key = `${moduleIdOf(module, self).key}::${module.identifiers[found.name]}`;
        declared.set(key, [...(declared.get(key) ?? []), network]);
      }
    }
  }
  return declared;
}
