/** Packages out of recorded chain data, as the objects that the chain has of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsReader } from '../../src/vm-preview/move/core/bcs';
import {
  type CompiledModule,
  decodeModule,
  SUI_FORMAT,
} from '../../src/vm-preview/move/core/format';
import { dependencies } from '../../src/vm-preview/move/core/loader';
import { at } from '../../src/vm-preview/move/core/loader/at';
import { Address } from '../../src/vm-preview/move/core/values';
import type { PackageData, SuiObject } from '../../src/vm-preview/move/sui';
import { FIXTURES } from './move-fixtures';

/** Versions of the protocol whose framework is recorded. */
export function recordedFrameworks(): readonly number[] {
  const folder = join(FIXTURES, 'sui/framework');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((left, right) => left - right);
}

/** The system's packages as published with a version of the protocol. */
export function frameworkPackages(protocolVersion: number): readonly SuiObject[] {
  const folder = join(FIXTURES, 'sui/framework', String(protocolVersion));
  return readdirSync(folder).map((name) => {
    const reader = new BcsReader(new Uint8Array(readFileSync(join(folder, name))));
    const id = reader.take(32, 'package id').slice();
    const modules = reader.list('modules', (inner) => inner.blob('module').slice());
    // System packages link to each other as of version 0.
    const linked = reader.list('dependencies', (inner) => inner.take(32, 'dependency').slice());
    return packageObject(id, modules, linked, 0n);
  });
}

/** A package of a user, with no upgrade of anything it links to but of the system. */
export function recordedPackage(id: string): SuiObject | undefined {
  const folder = join(FIXTURES, 'sui/packages', id);
  if (!existsSync(folder)) return undefined;
  const modules = readdirSync(folder).map(
    (name) => new Uint8Array(readFileSync(join(folder, name))),
  );
  return packageObject(Address.parse(id).bytes, modules, undefined, 1n);
}

/**
 * @param linked - ids of what it links to; those that its modules name where they are not given
 * @param linkedVersion - of each of them
 */
export function packageObject(
  id: Uint8Array,
  modules: readonly Uint8Array[],
  linked: readonly Uint8Array[] | undefined,
  linkedVersion: bigint,
): SuiObject {
  const decoded = modules.map((bytes) => decodeModule(bytes, SUI_FORMAT));
  const named = linked ?? namedPackages(decoded, id);
  const data: PackageData = {
    kind: 'package',
    modules: new Map(
      decoded
        .map((module, i) => [moduleName(module), modules[i] ?? new Uint8Array()] as const)
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    ),
    typeOrigins: decoded.flatMap((module) =>
      [...module.structDefinitions, ...module.enumDefinitions].map(({ handle }) => ({
        module: moduleName(module),
        datatype: at(module.identifiers, at(module.datatypeHandles, handle).name),
        package: id,
      })),
    ),
    linkage: new Map(
      named.map((upgradedId) => [
        bytesToHex(upgradedId),
        { upgradedId, upgradedVersion: linkedVersion },
      ]),
    ),
  };
  return {
    id,
    version: 1n,
    data,
    owner: { kind: 'immutable' },
    previousTransaction: new Uint8Array(32),
    storageRebate: 0n,
  };
}

const moduleName = (module: CompiledModule): string =>
  at(module.identifiers, at(module.moduleHandles, module.selfModule).name);

/** Packages that modules name, and the standard library, which every package links to. */
function namedPackages(modules: readonly CompiledModule[], self: Uint8Array): Uint8Array[] {
  const ids = new Set(['1'.padStart(64, '0'), '2'.padStart(64, '0')]);
  for (const module of modules) for (const { address } of dependencies(module)) ids.add(address);
  ids.delete(bytesToHex(self));
  return [...ids].sort().map((id) => Address.parse(id).bytes);
}
