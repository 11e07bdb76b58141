/** Objects of the system that tests use, as a chain begins with them, and the accounts' coins. */
import { accumulatorRoot } from '../../../localnet/sui/settlement';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag, type StructTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  dynamicFieldId,
  GAS_COIN,
  type SuiObject,
  type SuiOwner,
} from '../../../src/vm-preview/move/sui';
import { freshId } from '../../../src/vm-preview/move/sui/natives';

const FIRST_VERSION = 1n;
/** `TransactionDigest::genesis_marker` */
const GENESIS = new Uint8Array(32);

const idBytes = (id: string): Uint8Array => Address.parse(id).bytes;

export function gasCoin(id: Uint8Array, owner: Uint8Array, balance: bigint): SuiObject {
  return moveObject(
    GAS_COIN,
    new BcsWriter().bytes(id).u64(balance).finish(),
    { kind: 'address', address: owner },
    true,
  );
}

/** Clock, randomness, deny list, and what the framework has modules for. */
export function systemObjects(framework: readonly SuiObject[]): SuiObject[] {
  const hasRegistry = framework.some(
    ({ data }) => data.kind === 'package' && data.modules.has('coin_registry'),
  );
  const registry = sharedObject('0x2::coin_registry::CoinRegistry', idBytes('0xc'));
  return [
    ...accumulatorRoot(framework),
    ...(hasRegistry ? [registry] : []),
    sharedObject('0x2::clock::Clock', new BcsWriter().bytes(idBytes('0x6')).u64(0n).finish()),
    ...denyList(),
    ...randomness(),
  ];
}

/** @param timestamp - milliseconds since 1970 */
export function withTimestamp(clock: SuiObject, timestamp: bigint, version: bigint): SuiObject {
  if (clock.data.kind !== 'move') throw new TypeError('the clock is no package');
  const contents = new BcsWriter().bytes(clock.id).u64(timestamp).finish();
  return { ...clock, version, data: { ...clock.data, contents } };
}

/** Ids of a transaction that the genesis could have been. */
let made = 0n;
const newId = (): Uint8Array => freshId(GENESIS, made++);

/** deny_list.move, `create`: a bag with the list of coins in it. */
function denyList(): SuiObject[] {
  const bag = newId();
  const key = new BcsWriter().u64(0n).finish();
  const field = dynamicFieldId(bag, { kind: 'u64' }, key);
  const contents = new BcsWriter().bytes(field).bytes(key).bytes(newId());
  for (const table of [newId(), newId()]) contents.bytes(table).u64(0n);
  return [
    sharedObject(
      '0x2::deny_list::DenyList',
      new BcsWriter().bytes(idBytes('0x403')).bytes(bag).u64(1n).finish(),
    ),
    moveObject(
      structTag('0x2::dynamic_field::Field<u64, 0x2::deny_list::PerTypeList>'),
      contents.finish(),
      { kind: 'object', parent: bag },
      false,
    ),
  ];
}

/** random.move, `create`: an inner object of version 1 without any bytes yet. */
function randomness(): SuiObject[] {
  const inner = newId();
  const key = new BcsWriter().u64(1n).finish();
  const field = dynamicFieldId(inner, { kind: 'u64' }, key);
  const contents = new BcsWriter().bytes(field).bytes(key).u64(1n).u64(0n).u64(0n).uleb32(0);
  return [
    sharedObject(
      '0x2::random::Random',
      new BcsWriter().bytes(idBytes('0x8')).bytes(inner).u64(1n).finish(),
    ),
    moveObject(
      structTag('0x2::dynamic_field::Field<u64, 0x2::random::RandomInner>'),
      contents.finish(),
      { kind: 'object', parent: inner },
      false,
    ),
  ];
}

function sharedObject(type: string, contents: Uint8Array): SuiObject {
  const owner: SuiOwner = { kind: 'shared', initialVersion: FIRST_VERSION };
  return moveObject(structTag(type), contents, owner, false);
}

function moveObject(
  type: StructTag,
  contents: Uint8Array,
  owner: SuiOwner,
  hasPublicTransfer: boolean,
): SuiObject {
  return {
    id: contents.slice(0, 32),
    version: FIRST_VERSION,
    data: { kind: 'move', type, hasPublicTransfer, contents },
    owner,
    previousTransaction: GENESIS,
    storageRebate: 0n,
  };
}

function structTag(text: string): StructTag {
  const tag = parseTypeTag(text);
  if (tag.kind !== 'struct') throw new TypeError(`${text} is no struct`);
  return tag;
}
