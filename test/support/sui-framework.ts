/** The recorded frameworks of Sui, by the version of the protocol that they came with. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CompiledModule,
  decodeModule,
  SUI_FORMAT,
} from '../../src/vm-preview/move/core/format';
import type { ModuleSource } from '../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../src/vm-preview/move/core/loader/module-id';
import { FIXTURES, moduleSources } from './move-fixtures';

const FOLDER = join(FIXTURES, 'sui/framework');

/** In order; empty where the recordings are not at hand. */
export const FRAMEWORK_VERSIONS: readonly number[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
  : [];

/** Modules by `0x2::object`. */
export function suiFramework(version: number): ReadonlyMap<string, CompiledModule> {
  const recorded = moduleSources()
    .filter(({ name }) => name.startsWith(`sui framework/${version}/`))
    .flatMap((source) => source.load());
  return new Map(
    recorded.map(({ bytes }) => {
      const unit = decodeModule(bytes, SUI_FORMAT);
      const self = unit.moduleHandles[unit.selfModule];
      if (self === undefined) throw new Error('a module without a name');
      return [moduleIdOf(unit, self).key, unit];
    }),
  );
}

export function frameworkSource(version: number): ModuleSource {
  const modules = suiFramework(version);
  return { module: ({ key }) => modules.get(key) ?? null };
}
