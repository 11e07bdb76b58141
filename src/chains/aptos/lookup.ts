/** Resources as they were read, by address and type; what was not read is noted, to be read. */
import { LookaheadError } from '../../vm-preview/errors';
import type { StateKey } from '../../vm-preview/move/aptos/state';
import type { MoveDecoder } from './decode/decoder';
import type { MoveJson } from './decode/json';
import type { ResourceLookup } from './effects/assets';
import { type ChangeViews, groupMembers } from './effects/view';
import { objectKey, resourceKey } from './load/keys';
import type { LoadedState } from './load/state';

/** Modules whose resources are members of an object's group. */
const OBJECT_MODULES =
  /^0x1::(?:object|fungible_asset|primary_fungible_store)::|^0x4::|::v2_1_domains::(?:NameRecord|SubdomainExt)$/;

/** What only names things may be read wrongly: then it has no name. */
function membersIn(bytes: Uint8Array): ReturnType<typeof groupMembers> {
  try {
    return groupMembers(bytes);
  } catch (error) {
    if (error instanceof LookaheadError) return new Map();
    throw error;
  }
}

export class StateLookup {
  readonly #wanted: StateKey[] = [];

  constructor(
    private readonly state: LoadedState,
    private readonly decoder: MoveDecoder,
    private readonly views: ChangeViews,
  ) {}

  /** What was asked for and never loaded. */
  get wanted(): readonly StateKey[] {
    return this.#wanted;
  }

  readonly find: ResourceLookup = (address, type) => {
    const view = this.views.resources.find((one) => one.address === address && one.type === type);
    if (view !== undefined) return view.after ?? view.before ?? undefined;
    return this.#read(address, type);
  };

  #read(address: string, type: string): MoveJson | undefined {
    const isMember = OBJECT_MODULES.test(type);
    const key = isMember ? objectKey(address) : resourceKey(address, type);
    const value = this.state.peek(key);
    if (value === undefined) {
      this.#wanted.push(key);
      return undefined;
    }
    if (value === null) return undefined;
    if (key.kind === 'resource') return this.decoder.value(value.bytes, key.type);
    const member = membersIn(value.bytes).get(type);
    return member === undefined ? undefined : this.decoder.value(member.bytes, member.tag);
  }
}
