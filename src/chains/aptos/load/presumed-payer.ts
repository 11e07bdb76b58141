/**
 * A site that pays for its users puts itself in as payer only once they have signed: until then the payer
 * is the zero address. It is presumed to have enough, as whoever sends it must.
 */
import { encodeGroup, memberId, type StateValue } from '../../../vm-preview/move/aptos';
import type { StateKey } from '../../../vm-preview/move/aptos/state';
import { BcsWriter } from '../../../vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../vm-preview/move/core/types';
import { APT_METADATA, addressBytes, parseAddress, primaryStore } from '../address';
import { objectKey } from './keys';

export const OPEN_PAYER = parseAddress('0x0');
/** Octas: more than any fee. */
const PLENTY = 10n ** 15n;
/** `INIT_GUID_CREATION_NUM` of object.move. */
const FIRST_GUID = 0x4000000000000n;

function member(type: string): string {
  const tag = parseTypeTag(type);
  if (tag.kind !== 'struct') throw new TypeError(`${type} is no struct`);
  return memberId(tag);
}

/** The payer's primary store of the coin: `object::ObjectCore` and `fungible_asset::FungibleStore`. */
export function presumedStore(): readonly [StateKey, StateValue] {
  const store = primaryStore(OPEN_PAYER, APT_METADATA);
  const core = new BcsWriter()
    .u64(FIRST_GUID)
    .bytes(addressBytes(OPEN_PAYER))
    .bool(true)
    // Events of transfers: none so far.
    .u64(0n)
    .u64(FIRST_GUID)
    .bytes(addressBytes(store))
    .finish();
  const held = new BcsWriter().bytes(addressBytes(APT_METADATA)).u64(PLENTY).bool(false).finish();
  const bytes = encodeGroup(
    new Map([
      [member('0x1::object::ObjectCore'), core],
      [member('0x1::fungible_asset::FungibleStore'), held],
    ]),
  );
  return [objectKey(store), { bytes }];
}
