/** What a run changed, each value read by its type: resources, items of tables, modules. */
import type { StateChange } from '../../../vm-preview/move/aptos/types';
import { BcsReader } from '../../../vm-preview/move/core/bcs';
import { readStructTag, type StructTag, typeTagText } from '../../../vm-preview/move/core/types';
import { equalBytes, toHex } from '../../hex';
import { fullAddress } from '../address';
import type { MoveDecoder } from '../decode/decoder';
import type { MoveJson } from '../decode/json';

/** A resource before and after; null where there is none, undefined where it could not be read. */
export interface ResourceView {
  readonly address: string;
  readonly tag: StructTag;
  /** As the chain writes it, without leading zeros in addresses. */
  readonly type: string;
  readonly before: MoveJson | null | undefined;
  readonly after: MoveJson | null | undefined;
  /** False for one that only stands beside another that changes, in the same group. */
  readonly changed: boolean;
}

/** Whether both sides of a resource could be read, where they are. */
export function isReadable({ after, before }: ResourceView): boolean {
  return before !== undefined && after !== undefined;
}

export interface TableItemView {
  readonly handle: string;
  /** Type and value of the key, where a value that holds the table was read. */
  readonly keyType?: string;
  readonly valueType?: string;
  readonly key: MoveJson | undefined;
  readonly before: MoveJson | null | undefined;
  readonly after: MoveJson | null | undefined;
}

export interface ModuleView {
  readonly address: string;
  readonly name: string;
  readonly isNew: boolean;
  readonly isGone: boolean;
}

export interface ChangeViews {
  readonly resources: readonly ResourceView[];
  readonly items: readonly TableItemView[];
  readonly modules: readonly ModuleView[];
}

export function viewsOf(changes: readonly StateChange[], decoder: MoveDecoder): ChangeViews {
  const resources: ResourceView[] = [];
  const modules: ModuleView[] = [];
  for (const { after, before, key } of changes) {
    if (key.kind === 'module') {
      modules.push({
        address: fullAddress(key.address),
        name: key.name,
        isNew: before === null,
        isGone: after === null,
      });
    } else if (key.kind === 'resource') {
      resources.push(resourceView(key.address, key.type, before?.bytes, after?.bytes, decoder));
    } else if (key.kind === 'group') {
      resources.push(...membersOf(key.address, before?.bytes, after?.bytes, decoder));
    }
  }
  // After the resources, for those tell what the tables hold.
  const items = changes.flatMap(({ after, before, key }): TableItemView[] => {
    if (key.kind !== 'tableItem') return [];
    const handle = fullAddress(key.handle);
    const table = decoder.table(handle);
    if (table === undefined) {
      return [
        { handle, key: `0x${toHex(key.key)}`, before: bytesJson(before), after: bytesJson(after) },
      ];
    }
    return [
      {
        handle,
        keyType: table.key.key,
        valueType: table.value.key,
        key: decoder.value(key.key, table.key),
        before: before === null ? null : decoder.value(before.bytes, table.value),
        after: after === null ? null : decoder.value(after.bytes, table.value),
      },
    ];
  });
  return { resources, items, modules };
}

function bytesJson(value: { readonly bytes: Uint8Array } | null): MoveJson {
  return value === null ? null : `0x${toHex(value.bytes)}`;
}

function resourceView(
  address: Uint8Array,
  tag: StructTag,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  decoder: MoveDecoder,
): ResourceView {
  const read = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? null : decoder.value(bytes, tag);
  return {
    address: fullAddress(address),
    tag,
    type: typeTagText(tag),
    before: read(before),
    after: read(after),
    changed: before === undefined || after === undefined || !equalBytes(before, after),
  };
}

/** A group is one value: a map from its members' types to their bytes. */
function membersOf(
  address: Uint8Array,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  decoder: MoveDecoder,
): ResourceView[] {
  const old = groupMembers(before);
  const made = groupMembers(after);
  return [...new Map([...old, ...made])].map(([type, { tag }]) =>
    resourceView(address, tag, old.get(type)?.bytes, made.get(type)?.bytes, decoder),
  );
}

/** @throws BcsError for what is no group */
export function groupMembers(
  bytes: Uint8Array | undefined,
): Map<string, { readonly tag: StructTag; readonly bytes: Uint8Array }> {
  if (bytes === undefined) return new Map();
  const reader = new BcsReader(bytes);
  const rows = reader.list('members of a resource group', (inner) => {
    const tag = readStructTag(inner);
    return [typeTagText(tag), { tag, bytes: inner.blob('member').slice() }] as const;
  });
  reader.end('a resource group');
  return new Map(rows);
}
