/**
 * What the metadata of published code must say.
 * Source: aptos-core `types/src/vm/module_metadata.rs`, `aptos-vm/src/verifier/{resource_groups,event_validation}.rs`.
 */
import type { CompiledModule, StructDefinition } from '../../core/format';
import { type ModuleId, type ModuleSource, moduleId } from '../../core/loader';
import { moduleIdOf } from '../../core/loader/module-id';
import type { StructTag } from '../../core/types';
import { Address } from '../../core/values';
import type { Attribute, ResourceGroupScope } from '../metadata';
import { metadataOf } from './groups';
import { VmError } from './status';

const KEY_ABILITY = 8;
const KNOWN_KEYS = ['aptos::metadata_v0', 'aptos::metadata_v1', 'compilation_metadata'];
const DECODER = new TextDecoder();

/** CONSTRAINT_NOT_SATISFIED, in the chain's words. */
function refused(text: string): VmError {
  return new VmError('CONSTRAINT_NOT_SATISFIED', `metadata and code bundle mismatch: ${text}`);
}

const nameOf = (module: CompiledModule, index: number): string => module.identifiers[index] ?? '';

/** `verify_module_metadata_for_module_publishing`. @throws VmError */
export function requireValidMetadata(module: CompiledModule): void {
  const keys = module.metadata.map(({ key }) => DECODER.decode(key));
  const unknown = keys.find((key) => !KNOWN_KEYS.includes(key));
  if (unknown !== undefined) throw refused(`unknown key ${unknown}`);
  if (keys.filter((key) => key.startsWith('aptos::')).length > 1) throw refused('duplicate key');
  const metadata = metadataOf(module);
  // One that cannot be read is refused; in format 5 there are no attributes to look at.
  if (metadata === undefined) {
    if (keys.some((key) => key.startsWith('aptos::')))
      throw refused('metadata that cannot be read');
    return;
  }
  for (const [name, attributes] of metadata.functions)
    for (const attribute of attributes)
      if (!isValidOnFunction(module, name, attribute)) throw refused(`attribute of ${name}`);
  for (const [name, attributes] of metadata.structs)
    for (const attribute of attributes)
      if (!isValidOnStruct(module, name, attribute)) throw refused(`attribute of ${name}`);
}

function isValidOnFunction(module: CompiledModule, name: string, { kind }: Attribute): boolean {
  for (const definition of module.functionDefinitions) {
    const handle = module.functionHandles[definition.handle];
    if (handle === undefined || nameOf(module, handle.name) !== name) continue;
    if (kind === 'view') return (module.signatures[handle.returns] ?? []).length > 0;
    if (kind === 'randomness') return definition.isEntry && definition.visibility !== 'public';
  }
  return false;
}

function isValidOnStruct(module: CompiledModule, name: string, attribute: Attribute): boolean {
  if (attribute.kind === 'event') return true;
  const found = structNamed(module, name);
  const handle = found && module.datatypeHandles[found.handle];
  if (found === undefined || handle === undefined) return false;
  if (attribute.kind === 'resourceGroupMember')
    return attribute.group !== undefined && (handle.abilities & KEY_ABILITY) !== 0;
  if (attribute.kind !== 'resourceGroup' || attribute.scope === undefined) return false;
  const { fields } = found;
  return (
    handle.abilities === 0 &&
    handle.typeParameters.length === 0 &&
    fields.kind === 'declared' &&
    fields.fields.length === 1
  );
}

function structNamed(module: CompiledModule, name: string): StructDefinition | undefined {
  return module.structDefinitions.find((definition) => {
    const handle = module.datatypeHandles[definition.handle];
    return handle !== undefined && nameOf(module, handle.name) === name;
  });
}

export const selfId = (module: CompiledModule): ModuleId => {
  const handle = module.moduleHandles[module.selfModule];
  if (handle === undefined) throw new VmError('CODE_DESERIALIZATION_ERROR');
  return moduleIdOf(module, handle);
};

interface GroupAttributes {
  readonly groups: ReadonlyMap<string, ResourceGroupScope>;
  readonly members: ReadonlyMap<string, StructTag>;
}

function groupAttributes(module: CompiledModule): GroupAttributes {
  const groups = new Map<string, ResourceGroupScope>();
  const members = new Map<string, StructTag>();
  for (const [name, attributes] of metadataOf(module)?.structs ?? [])
    for (const attribute of attributes) {
      if (attribute.kind === 'resourceGroup') {
        if (attribute.scope === undefined) throw refused('Invalid resource_group attribute');
        if (groups.has(name)) throw refused('Found duplicate resource_group attribute');
        groups.set(name, attribute.scope);
      } else if (attribute.kind === 'resourceGroupMember') {
        if (attribute.group === undefined) throw refused('Invalid resource_group_member attribute');
        if (members.has(name)) throw refused('Found duplicate resource_group_member attribute');
        members.set(name, attribute.group);
      }
    }
  return { groups, members };
}

const SCOPES: readonly ResourceGroupScope[] = ['module', 'address', 'global'];

/**
 * Groups stay as open as they were, members stay where they are, and new members are let in.
 *
 * @param source - modules on the chain, not those being published
 * @throws VmError
 */
export function requireValidGroups(
  modules: readonly CompiledModule[],
  source: ModuleSource,
  /** SAFER_RESOURCE_GROUPS. */
  isSafer: boolean,
): void {
  const known = new Map<string, ReadonlyMap<string, ResourceGroupScope>>();
  const joined: (readonly [ModuleId, StructTag])[] = [];
  for (const module of modules) {
    const id = selfId(module);
    const now = groupAttributes(module);
    known.set(id.key, now.groups);
    const old = source.module(id);
    const before = old == null ? undefined : groupAttributes(old);
    if (old != null && before !== undefined) requireKept(old, before, now, isSafer);
    for (const [name, group] of now.members)
      if (before?.members.has(name) !== true) joined.push([id, group]);
  }
  for (const [member, group] of joined) {
    const owner = moduleId(Address.fromBytes(group.address), group.module);
    let groups = known.get(owner.key);
    if (groups === undefined) {
      const module = source.module(owner);
      groups = module == null ? new Map() : groupAttributes(module).groups;
      known.set(owner.key, groups);
    }
    const scope = groups.get(group.name);
    if (scope === undefined) throw refused('Invalid resource_group attribute');
    const isOpen =
      scope === 'global' ||
      (scope === 'address' ? owner.address === member.address : owner.key === member.key);
    if (!isOpen) throw refused('Scope mismatch');
  }
}

function requireKept(
  old: CompiledModule,
  before: GroupAttributes,
  now: GroupAttributes,
  isSafer: boolean,
): void {
  const text = (tag: StructTag | undefined): string =>
    tag === undefined ? '' : `${tag.address.join()} ${tag.module} ${tag.name}`;
  for (const [name, group] of before.members)
    if (text(now.members.get(name)) !== text(group))
      throw refused('Invalid removal of resource_group_member attribute');
  for (const [name, scope] of before.groups) {
    const newer = now.groups.get(name);
    if (newer === undefined) throw refused('Invalid change in resource_group');
    if (SCOPES.indexOf(newer) < SCOPES.indexOf(scope))
      throw refused('Invalid removal of resource_group attribute');
  }
  if (!isSafer) return;
  for (const name of [...now.groups.keys(), ...now.members.keys()])
    if (
      structNamed(old, name) !== undefined &&
      !before.groups.has(name) &&
      !before.members.has(name)
    )
      throw refused('Invalid addition of resource_group attribute');
}

/** Only a module's own events are emitted by it, and an event stays one. @throws VmError */
export function requireValidEvents(modules: readonly CompiledModule[], source: ModuleSource): void {
  for (const module of modules) {
    const events = eventsOf(module);
    requireOwnEvents(module, events);
    const old = source.module(selfId(module));
    if (old == null) continue;
    for (const name of eventsOf(old))
      if (!events.has(name)) throw refused('Invalid change in event attributes');
  }
}

function eventsOf(module: CompiledModule): ReadonlySet<string> {
  const names = [...(metadataOf(module)?.structs ?? [])].flatMap(([name, attributes]) =>
    attributes.filter(({ kind }) => kind === 'event').map(() => name),
  );
  const distinct = new Set(names);
  if (distinct.size !== names.length) throw refused('Found duplicate event attribute');
  return distinct;
}

function requireOwnEvents(module: CompiledModule, events: ReadonlySet<string>): void {
  const emit = module.functionHandles.findIndex(
    (handle) =>
      nameOf(module, handle.name) === 'emit' &&
      moduleIdOf(module, module.moduleHandles[handle.module] ?? { address: 0, name: 0 }).key ===
        '0x1::event',
  );
  if (emit < 0) return;
  // What is instantiated is called, or packed in a closure: there is no other use of it.
  for (const { generic, typeArguments } of module.functionInstantiations) {
    if (generic !== emit) continue;
    const [token] = module.signatures[typeArguments] ?? [];
    if (token?.kind !== 'datatype')
      throw refused('Passed in a non-struct parameter into 0x1::event::emit.');
    const datatype = module.datatypeHandles[token.handle];
    const name = datatype === undefined ? '' : nameOf(module, datatype.name);
    if (datatype?.module !== module.selfModule)
      throw refused(
        `${name} passed to 0x1::event::emit function is not defined in the same module`,
      );
    if (!events.has(name))
      throw refused(
        `Missing #[event] attribute on ${name}. The #[event] attribute is required for all structs passed into 0x1::event::emit.`,
      );
  }
}
