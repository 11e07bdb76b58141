/** What the readers of effects have in common. */
import type { Change } from '../../../vm-preview/model/preview';
import type { MoveJson } from '../decode/json';
import { addressAt } from '../decode/json';
import type { AssetBook } from './assets';
import type { ChangeViews, ResourceView } from './view';

/** An event with its data read; undefined data where that could not be. */
export interface EventView {
  readonly type: string;
  /** Of the GUID, for events of the first kind. */
  readonly creator?: string;
  readonly data: MoveJson | undefined;
}

export interface EffectContext {
  readonly views: ChangeViews;
  readonly events: readonly EventView[];
  readonly assets: AssetBook;
  /** A resource as the run left it, else as it was read. */
  find(address: string, type: string): MoveJson | undefined;
  /** All views of resources at an address. */
  at(address: string): readonly ResourceView[];
}

/** Makes the changes of one kind. */
export type EffectReader = (context: EffectContext) => Change[];

export const OBJECT_CORE = '0x1::object::ObjectCore';

export interface Owners {
  /** null where there is no such object. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Who owns the object at an address; undefined where none is known there. */
export function ownersOf(context: EffectContext, address: string): Owners | undefined {
  const core = context.at(address).find(({ type }) => type === OBJECT_CORE);
  if (core !== undefined) {
    return {
      before: addressAt(core.before, 'owner') ?? null,
      after: addressAt(core.after, 'owner') ?? null,
    };
  }
  const owner = addressAt(context.find(address, OBJECT_CORE), 'owner');
  return owner === undefined ? undefined : { before: owner, after: owner };
}

/** `{owner}` to spread into a change of something at the address of an object. */
export function ownerField(context: EffectContext, address: string): { owner?: string } {
  const owners = ownersOf(context, address);
  const owner = owners?.after ?? owners?.before;
  return owner === undefined || owner === null || owner === address ? {} : { owner };
}
