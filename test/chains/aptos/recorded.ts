/** Recorded transactions of Aptos, as an indexer keeps them: values after, events, and no state before. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAddress } from '../../../src/chains/aptos/address';
import type { MoveJson } from '../../../src/chains/aptos/decode/json';
import type { EventView } from '../../../src/chains/aptos/effects/context';
import type { ChangeViews, ResourceView } from '../../../src/chains/aptos/effects/view';
import { parseTypeTag, typeTagText } from '../../../src/vm-preview/move/core/types';
import { FIXTURES } from '../../support/move-fixtures';

interface Recording {
  info: { gasUsed: string; success: boolean; vmStatus: string; changes: RecordedChange[] };
  user?: {
    request: {
      sender: string;
      gasUnitPrice: string;
      signature?: { feePayer?: { feePayerAddress: string } };
    };
    events?: RecordedEvent[];
  };
  blockMetadata?: { events?: RecordedEvent[] };
}

type RecordedChange =
  | {
      type: 'TYPE_WRITE_RESOURCE';
      writeResource: { address: string; typeStr: string; data: string };
    }
  | { type: 'TYPE_DELETE_RESOURCE'; deleteResource: { address: string; typeStr: string } }
  | {
      type: 'TYPE_WRITE_TABLE_ITEM';
      writeTableItem: { handle: string; key: string; data?: TableData };
    }
  | {
      type: 'TYPE_DELETE_TABLE_ITEM';
      deleteTableItem: { handle: string; key: string; data?: TableData };
    }
  | { type: 'TYPE_WRITE_MODULE'; writeModule: { address: string; data: { abi: { name: string } } } }
  | { type: 'TYPE_DELETE_MODULE'; deleteModule: { address: string; module: { name: string } } };

interface TableData {
  key: string;
  keyType: string;
  value?: string;
  valueType?: string;
}

interface RecordedEvent {
  key?: { creationNumber?: string; accountAddress: string };
  typeStr: string;
  data: string;
}

export interface ReadEvent extends EventView {
  readonly creator: string;
  readonly creationNumber: string;
}

export interface ReadRecording {
  readonly name: string;
  readonly sender: string | undefined;
  readonly feePayer: string | undefined;
  /** Octas, without the refund. */
  readonly fee: bigint;
  readonly success: boolean;
  readonly events: readonly ReadEvent[];
  /** `before` is undefined throughout, but null for what cannot have been. */
  readonly views: ChangeViews;
}

const json = (text: string): MoveJson => JSON.parse(text);

export function recordings(): ReadRecording[] {
  const folder = join(FIXTURES, 'aptos/transactions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => read(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

function read(name: string, { blockMetadata, info, user }: Recording): ReadRecording {
  const events = (user?.events ?? blockMetadata?.events ?? []).map(
    ({ data, key, typeStr }): ReadEvent => ({
      type: typeStr,
      creator: parseAddress(key?.accountAddress ?? '0x0'),
      creationNumber: key?.creationNumber ?? '0',
      data: json(data),
    }),
  );
  const sender = user === undefined ? undefined : parseAddress(user.request.sender);
  const payer = user?.request.signature?.feePayer?.feePayerAddress;
  return {
    name,
    sender,
    feePayer: payer === undefined ? sender : parseAddress(payer),
    fee: BigInt(info.gasUsed ?? 0) * BigInt(user?.request.gasUnitPrice ?? 0),
    success: info.success,
    events,
    views: viewsOf(info.changes ?? []),
  };
}

function viewsOf(changes: readonly RecordedChange[]): ChangeViews {
  const resources: ResourceView[] = [];
  const items: ChangeViews['items'][number][] = [];
  const modules: ChangeViews['modules'][number][] = [];
  const resource = (address: string, typeStr: string, after: MoveJson | null): void => {
    const tag = parseTypeTag(typeStr);
    if (tag.kind !== 'struct') throw new Error(`${typeStr} is no resource`);
    const type = typeTagText(tag);
    resources.push({
      address: parseAddress(address),
      tag,
      type,
      before: undefined,
      after,
      changed: true,
    });
  };
  for (const change of changes) {
    switch (change.type) {
      case 'TYPE_WRITE_RESOURCE':
        resource(
          change.writeResource.address,
          change.writeResource.typeStr,
          json(change.writeResource.data),
        );
        break;
      case 'TYPE_DELETE_RESOURCE':
        resource(change.deleteResource.address, change.deleteResource.typeStr, null);
        break;
      case 'TYPE_WRITE_TABLE_ITEM':
      case 'TYPE_DELETE_TABLE_ITEM': {
        const item =
          change.type === 'TYPE_WRITE_TABLE_ITEM' ? change.writeTableItem : change.deleteTableItem;
        const { data, handle } = item;
        items.push({
          handle: parseAddress(handle),
          ...(data?.keyType === undefined ? {} : { keyType: data.keyType }),
          ...(data?.valueType === undefined ? {} : { valueType: data.valueType }),
          key: data === undefined ? item.key : json(data.key),
          before: undefined,
          after: data?.value === undefined ? null : json(data.value),
        });
        break;
      }
      case 'TYPE_WRITE_MODULE': {
        const { address, data } = change.writeModule;
        const { name } = data.abi;
        modules.push({ address: parseAddress(address), name, isNew: true, isGone: false });
        break;
      }
      case 'TYPE_DELETE_MODULE':
        break;
    }
  }
  return { resources, items, modules };
}
