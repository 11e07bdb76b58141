/** A package made of modules: its types' origins, what it links to, its size (sui-types, move_package.rs). */
import { blake2b } from '@noble/hashes/blake2.js';
import { BcsWriter } from '../../core/bcs';
import {
  type CompiledModule,
  decodeModule,
  encode,
  type FormatConfig,
  SUI_FORMAT,
} from '../../core/format';
import { dependencies, type ModuleId } from '../../core/loader';
import { at } from '../../core/loader/at';
import { type Id, idOf, type SuiPackage } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import type { PackageData, SuiObject } from '../state';
import { ExecutionError } from './error';
import { packageSize } from './object-size';
import { idBytes } from './results';

/** Until it came to 7 every module was written as of this version. */
const PLAIN_FORMAT = 6;

const TABLE_LIMITS = {
  moduleHandles: 'binary_module_handles',
  datatypeHandles: 'binary_struct_handles',
  functionHandles: 'binary_function_handles',
  functionInstantiations: 'binary_function_instantiations',
  signatures: 'binary_signatures',
  constants: 'binary_constant_pool',
  identifiers: 'binary_identifiers',
  addresses: 'binary_address_identifiers',
  structDefinitions: 'binary_struct_defs',
  structInstantiations: 'binary_struct_def_instantiations',
  functionDefinitions: 'binary_function_defs',
  fieldHandles: 'binary_field_handles',
  fieldInstantiations: 'binary_field_instantiations',
  friends: 'binary_friend_decls',
  enumDefinitions: 'binary_enum_defs',
  enumInstantiations: 'binary_enum_def_instantiations',
  variantHandles: 'binary_variant_handles',
  enumVariantInstantiations: 'binary_variant_instantiation_handles',
} as const;

/** What modules that are published must be like (execution_config_utils.rs, `to_binary_config`). */
export function formatConfig(protocol: ProtocolConfig): FormatConfig {
  const limits = Object.entries(TABLE_LIMITS).flatMap(([table, name]) => {
    const limit = protocol.number(name);
    return limit === undefined ? [] : [[table, Number(limit)] as const];
  });
  const identifier = protocol.number('max_move_identifier_len');
  return {
    ...SUI_FORMAT,
    maxVersion: Math.min(SUI_FORMAT.maxVersion, protocol.limit('move_binary_format_version')),
    maxIdentifierSize: identifier === undefined ? SUI_FORMAT.maxIdentifierSize : Number(identifier),
    checkNoExtraneousBytes: protocol.feature('no_extraneous_module_bytes'),
    tableLimits: { ...SUI_FORMAT.tableLimits, ...Object.fromEntries(limits) },
  };
}

/** @throws FormatError */
export function decodeModules(
  { protocol }: { readonly protocol: ProtocolConfig },
  modules: readonly Uint8Array[],
): CompiledModule[] {
  const config = formatConfig(protocol);
  return modules.map((bytes) => decodeModule(bytes, config));
}

const ZERO = '0'.repeat(64);

/** The modules at an address; they come without one. @throws ExecutionError PublishErrorNonZeroAddress */
export function atAddress(modules: readonly CompiledModule[], id: Id): CompiledModule[] {
  return modules.map((module) => {
    const self = at(module.moduleHandles, module.selfModule).address;
    if (idOf(at(module.addresses, self)) !== ZERO)
      throw new ExecutionError({ kind: 'PublishErrorNonZeroAddress' });
    return {
      ...module,
      addresses: module.addresses.map((address, i) => (i === self ? idBytes(id) : address)),
    };
  });
}

export function moduleName(module: CompiledModule): string {
  return at(module.identifiers, at(module.moduleHandles, module.selfModule).name);
}

export interface PackageParts {
  readonly id: Id;
  /** What the modules call themselves by: the id of the package's first version. */
  readonly originalId: Id;
  readonly version: bigint;
  readonly modules: readonly CompiledModule[];
  /** Package that first had a type, where that is not this one. */
  readonly originOf: (module: string, datatype: string) => Id | undefined;
  /** All that it depends on, at second hand too. */
  readonly dependencies: readonly SuiPackage[];
  readonly transaction: Uint8Array;
}

/** @throws ExecutionError PublishUpgradeMissingDependency, PublishUpgradeDependencyDowngrade, MovePackageTooBig */
export function newPackage(protocol: ProtocolConfig, parts: PackageParts): SuiObject {
  const version = protocol.limit('move_binary_format_version');
  const serialized = parts.modules.map((module): readonly [string, Uint8Array] => {
    const { layout: _, ...plain } = module;
    const written = { ...plain, version: version > PLAIN_FORMAT ? module.version : PLAIN_FORMAT };
    return [moduleName(module), encode(written, SUI_FORMAT)];
  });
  const data: PackageData = {
    kind: 'package',
    modules: new Map([...serialized].sort(([left], [right]) => (left < right ? -1 : 1))),
    typeOrigins: parts.modules.flatMap((module) =>
      datatypesOf(module).map((datatype) => {
        const name = moduleName(module);
        const origin = parts.originOf(name, datatype) ?? parts.id;
        return { module: name, datatype, package: idBytes(origin) };
      }),
    ),
    linkage: linkageOf(parts, protocol.feature('dependency_linkage_error')),
  };
  const size = BigInt(packageSize(data));
  const max = protocol.required('max_move_package_size');
  if (size > max) throw new ExecutionError({ kind: 'MovePackageTooBig', size, max });
  return {
    id: idBytes(parts.id),
    version: parts.version,
    data,
    owner: { kind: 'immutable' },
    previousTransaction: parts.transaction,
    storageRebate: 0n,
  };
}

/** Names of its structs, then of its enums. */
export function datatypesOf(module: CompiledModule): readonly string[] {
  return [...module.structDefinitions, ...module.enumDefinitions].map(({ handle }) =>
    at(module.identifiers, at(module.datatypeHandles, handle).name),
  );
}

/**
 * Every dependency is named, and none is older than what another links to (`build_linkage_table`).
 *
 * @param isStrict - whether each is named once, and what dependencies of dependencies link to counts too
 */
function linkageOf(parts: PackageParts, isStrict: boolean): PackageData['linkage'] {
  const immediate = new Set<Id>(
    parts.modules.flatMap((module) => dependencies(module).map(({ address }: ModuleId) => address)),
  );
  immediate.delete(parts.originalId);
  const linkage = new Map<
    Id,
    { readonly upgradedId: Uint8Array; readonly upgradedVersion: bigint }
  >();
  for (const { originalId, id, version } of parts.dependencies) {
    if (isStrict && linkage.has(originalId)) throw new ExecutionError({ kind: 'InvalidLinkage' });
    linkage.set(originalId, { upgradedId: idBytes(id), upgradedVersion: version });
  }
  for (const id of immediate)
    if (!linkage.has(id)) throw new ExecutionError({ kind: 'PublishUpgradeMissingDependency' });
  for (const dependency of parts.dependencies) {
    if (!isStrict && !immediate.has(dependency.originalId)) continue;
    for (const [original, needed] of dependency.linkageVersions) {
      const ours = linkage.get(original);
      if (ours === undefined) throw new ExecutionError({ kind: 'PublishUpgradeMissingDependency' });
      if (ours.upgradedVersion < needed)
        throw new ExecutionError({ kind: 'PublishUpgradeDependencyDowngrade' });
    }
  }
  return linkage;
}

/** What an upgrade ticket commits to: modules and dependencies, in whatever order. */
export function upgradeDigest(
  modules: readonly Uint8Array[],
  dependencyIds: readonly Uint8Array[],
  hashesModules: boolean,
): Uint8Array {
  const parts = [
    ...(hashesModules ? modules.map((bytes) => blake2b(bytes, { dkLen: 32 })) : modules),
    ...dependencyIds,
  ].sort(compareBytes);
  const writer = new BcsWriter();
  for (const part of parts) writer.bytes(part);
  return blake2b(writer.finish(), { dkLen: 32 });
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
