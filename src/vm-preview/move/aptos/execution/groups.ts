import type { CompiledModule, CompiledScript } from '../../core/format';
import type { DatatypeType, Loader } from '../../core/loader';
import type { StructTag } from '../../core/types';
import { type ModuleMetadata, moduleMetadata } from '../metadata';

const metadata = new WeakMap<CompiledModule, ModuleMetadata | null>();

/** A module's metadata, read once. */
export function metadataOf(module: CompiledModule): ModuleMetadata | undefined {
  let known = metadata.get(module);
  if (known === undefined) {
    known = moduleMetadata(module) ?? null;
    metadata.set(module, known);
  }
  return known ?? undefined;
}

/**
 * The resource group that a type is a member of, as its module says (data_cache.rs,
 * `get_resource_group_member_from_metadata`).
 */
export function groupOf(loader: Loader, { datatype }: DatatypeType): StructTag | undefined {
  const { unit } = loader.module(datatype.module);
  if (unit.kind !== 'module') return undefined;
  for (const attribute of metadataOf(unit)?.structs.get(datatype.name) ?? [])
    if (attribute.kind === 'resourceGroupMember') return attribute.group;
  return undefined;
}

const COMPILATION_KEY = 'compilation_metadata';

/** Whether the compiler marked the code as made with unstable language or compiler versions. */
export function isUnstable(unit: CompiledModule | CompiledScript): boolean {
  const decoder = new TextDecoder();
  const found = unit.metadata.find(({ key }) => decoder.decode(key) === COMPILATION_KEY);
  return found?.value[0] === 1;
}
