/** Writes and events as Rust's `{:?}` prints them (late 2023), so that recordings compare as text. */

import type { StateKey } from '../../../src/vm-preview/move/aptos/state';
import type { WriteOp } from '../../../src/vm-preview/move/aptos/storage';
import type { AptosEvent } from '../../../src/vm-preview/move/aptos/types';
import { addressText, type TypeTag, typeTagText } from '../../../src/vm-preview/move/core/types';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function keyText(key: StateKey): string {
  const inner = ((): string => {
    switch (key.kind) {
      case 'resource':
        return `AccessPath { address: ${addressText(key.address)}, path: "Resource(${typeTagText(key.type)})" }`;
      case 'group':
        return `AccessPath { address: ${addressText(key.address)}, path: "ResourceGroup(${typeTagText(key.type)})" }`;
      case 'module':
        return `AccessPath { address: ${addressText(key.address)}, path: "Code(${hex(key.address)}::${key.name})" }`;
      case 'tableItem':
        return `TableItem { handle: ${hex(key.handle)}, key: ${hex(key.key)} }`;
      case 'raw':
        return `Raw(${hex(key.key)})`;
    }
  })();
  return `StateKey { inner: ${inner}, hash: OnceCell(Uninit) }`;
}

function opText({ kind, bytes = new Uint8Array() }: WriteOp): string {
  if (kind === 'deletion') return 'Deletion';
  return `${kind === 'creation' ? 'Creation' : 'Modification'}(${hex(bytes)})`;
}

/** The write set in the order given. */
export function writeSetText(writes: readonly WriteOp[]): string {
  const rows = writes.map((op) => `${keyText(op.key)}: ${opText(op)}`);
  return `V0(WriteSetV0(WriteSetMut { write_set: {${rows.join(', ')}} }))`;
}

const PRIMITIVE_NAMES: Readonly<Record<string, string>> = { bool: 'Bool', address: 'Address' };

function tagText(tag: TypeTag): string {
  switch (tag.kind) {
    case 'vector':
      return `Vector(${tagText(tag.element)})`;
    case 'struct':
      return `Struct(StructTag { address: ${hex(tag.address)}, module: Identifier("${tag.module}"), name: Identifier("${tag.name}"), type_args: [${tag.typeArguments.map(tagText).join(', ')}] })`;
    case 'function':
      throw new Error('there were no function types');
    default:
      return PRIMITIVE_NAMES[tag.kind] ?? tag.kind.toUpperCase();
  }
}

export function eventsText(events: readonly AptosEvent[]): string {
  const rows = events.map((event) => {
    if (event.kind !== 'v1') throw new Error('there were no module events');
    return `ContractEvent { key: EventKey { creation_number: ${event.creationNumber}, account_address: ${hex(event.creator)} }, index: ${event.sequenceNumber}, type: ${tagText(event.type)}, event_data: "${hex(event.data)}" }`;
  });
  return `[${rows.join(', ')}]`;
}
