/** What the runner prints of effects, events and objects (test_adapter.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { type StructTag, type TypeTag, typeTagText } from '../../../src/vm-preview/move/core/types';
import type {
  SuiEvent,
  SuiGasSummary,
  SuiOwner,
  TransactionEffects,
} from '../../../src/vm-preview/move/sui';
import type { Naming } from './naming';

/** Ids by what became of them. */
export interface Summary {
  readonly created: readonly Uint8Array[];
  readonly mutated: readonly Uint8Array[];
  readonly unwrapped: readonly Uint8Array[];
  readonly deleted: readonly Uint8Array[];
  readonly unwrappedThenDeleted: readonly Uint8Array[];
  readonly wrapped: readonly Uint8Array[];
  readonly unchangedShared: readonly Uint8Array[];
  readonly accumulators: readonly AccumulatorWrite[];
}

export interface AccumulatorWrite {
  /** Of the object that the sum is kept in. */
  readonly id: Uint8Array;
  readonly address: Uint8Array;
  readonly type: TypeTag;
  readonly operation: 'merge' | 'split';
}

/** As both versions of effects tell it (effects_v1.rs, effects_v2.rs). */
export function summaryOf(effects: TransactionEffects): Summary {
  if (effects.kind === 'v1') {
    const owned = (refs: typeof effects.created): Uint8Array[] => refs.map(([{ id }]) => id);
    const plain = (refs: typeof effects.deleted): Uint8Array[] => refs.map(({ id }) => id);
    const modified = new Set(effects.modifiedAtVersions.map(([id]) => bytesToHex(id)));
    return {
      created: owned(effects.created),
      mutated: owned(effects.mutated),
      unwrapped: owned(effects.unwrapped),
      deleted: plain(effects.deleted),
      unwrappedThenDeleted: plain(effects.unwrappedThenDeleted),
      wrapped: plain(effects.wrapped),
      unchangedShared: plain(effects.sharedObjects).filter((id) => !modified.has(bytesToHex(id))),
      accumulators: [],
    };
  }
  const changed = effects.changedObjects.map(([id, change]) => ({
    id,
    existed: change.input.kind === 'exist',
    exists: change.output.kind === 'objectWrite' || change.output.kind === 'packageWrite',
    isAccumulator: change.output.kind === 'accumulatorWrite',
    operation: change.idOperation.kind,
  }));
  const ids = (accepts: (change: (typeof changed)[number]) => boolean): Uint8Array[] =>
    changed.filter((change) => !change.isAccumulator && accepts(change)).map(({ id }) => id);
  return {
    created: ids((it) => !it.existed && it.exists && it.operation === 'created'),
    mutated: ids((it) => it.existed && it.exists),
    unwrapped: ids((it) => !it.existed && it.exists && it.operation === 'none'),
    deleted: ids((it) => it.existed && !it.exists && it.operation === 'deleted'),
    unwrappedThenDeleted: ids((it) => !it.existed && !it.exists && it.operation === 'deleted'),
    wrapped: ids((it) => it.existed && !it.exists && it.operation === 'none'),
    unchangedShared: effects.unchangedConsensusObjects.map(([id]) => id),
    accumulators: effects.changedObjects.flatMap(([id, { output }]) =>
      output.kind === 'accumulatorWrite'
        ? [{ id, address: output.address, type: output.type, operation: output.operation.kind }]
        : [],
    ),
  };
}

export function summaryText(
  summary: Summary,
  events: readonly SuiEvent[],
  gas: SuiGasSummary,
  naming: Naming,
  isShort: boolean,
): string {
  const list = (ids: readonly Uint8Array[]): string =>
    isShort ? String(ids.length) : naming.list(naming.sorted(ids));
  const told = isShort
    ? String(events.length)
    : events.map((event) => naming.stabilize(eventDebug(event))).join(', ');
  const lines: (readonly [string, readonly unknown[], string])[] = [
    ['events', events, told],
    ['created', summary.created, list(summary.created)],
    ['mutated', summary.mutated, list(summary.mutated)],
    ['unwrapped', summary.unwrapped, list(summary.unwrapped)],
    ['deleted', summary.deleted, list(summary.deleted)],
    ['unwrapped_then_deleted', summary.unwrappedThenDeleted, list(summary.unwrappedThenDeleted)],
    ['wrapped', summary.wrapped, list(summary.wrapped)],
    ['unchanged_shared', summary.unchangedShared, list(summary.unchangedShared)],
    [
      'accumulators_written',
      summary.accumulators,
      isShort
        ? String(summary.accumulators.length)
        : accumulatorsText(summary.accumulators, naming),
    ],
  ];
  const { computationCost, storageCost, storageRebate, nonRefundableStorageFee } = gas;
  return [
    ...lines.flatMap(([name, items, text]) => (items.length === 0 ? [] : [`${name}: ${text}`])),
    `gas summary: computation_cost: ${computationCost}, storage_cost: ${storageCost},  storage_rebate: ${storageRebate}, non_refundable_storage_fee: ${nonRefundableStorageFee}`,
  ].join('\n');
}

/** Those of an address that has a name before others, as the runner numbers what they are kept in. */
export function sortedAccumulators(
  writes: readonly AccumulatorWrite[],
  naming: Naming,
): readonly AccumulatorWrite[] {
  const key = ({ address, type }: AccumulatorWrite): string =>
    naming.stabilize(`0x${bytesToHex(address)}\n${typeText(type)}`);
  return [...writes].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

function accumulatorsText(writes: readonly AccumulatorWrite[], naming: Naming): string {
  const byId = new Map(writes.map((write) => [bytesToHex(write.id), write]));
  return naming
    .sorted(writes.map(({ id }) => id))
    .flatMap((id) => {
      const write = byId.get(id);
      if (write === undefined) return [];
      const { address, type, operation } = write;
      const [owner, kind] = [`0x${bytesToHex(address)}`, typeText(type)].map((text) =>
        naming.stabilize(text),
      );
      const verb = operation === 'merge' ? 'Merge' : 'Split';
      return [`(${naming.list([id])}, ${owner}, ${kind}, ${verb})`];
    })
    .join(', ');
}

function eventDebug({ package: address, module, sender, type, contents }: SuiEvent): string {
  return `Event { package_id: 0x${bytesToHex(address)}, transaction_module: Identifier("${module}"), sender: 0x${bytesToHex(sender)}, type_: ${structDebug(type)}, contents: [${[...contents].join(', ')}] }`;
}

function structDebug({ address, module, name, typeArguments }: StructTag): string {
  return `StructTag { address: ${bytesToHex(address)}, module: Identifier("${module}"), name: Identifier("${name}"), type_params: [${typeArguments.map(typeDebug).join(', ')}] }`;
}

function typeDebug(tag: TypeTag): string {
  if (tag.kind === 'vector') return `Vector(${typeDebug(tag.element)})`;
  if (tag.kind === 'struct') return `Struct(${structDebug(tag)})`;
  return `${tag.kind.charAt(0).toUpperCase()}${tag.kind.slice(1)}`;
}

export function ownerText(owner: SuiOwner): string {
  switch (owner.kind) {
    case 'address':
      return `Account Address ( 0x${bytesToHex(owner.address)} )`;
    case 'object':
      return `Object ID: ( 0x${bytesToHex(owner.parent)} )`;
    case 'immutable':
      return 'Immutable';
    case 'shared':
      return `Shared( ${owner.initialVersion} )`;
    case 'consensusAddress':
      return `ConsensusAddressOwner( ${owner.startVersion}, 0x${bytesToHex(owner.address)} )`;
  }
}

export const typeText = (tag: TypeTag): string => typeTagText(tag, 'short');
