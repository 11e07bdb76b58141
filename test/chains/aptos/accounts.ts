/** Accounts and stores put into a chain's state, as the framework writes them. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import {
  APT_METADATA,
  APTOS_COIN,
  addressBytes,
  primaryStore,
} from '../../../src/chains/aptos/address';
import { objectKey, resourceKey } from '../../../src/chains/aptos/load/keys';
import { encodeGroup, memberId } from '../../../src/vm-preview/move/aptos';
import type { StateMetadata } from '../../../src/vm-preview/move/aptos/state';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import type { FakeNode } from './node';

export const METADATA: StateMetadata = {
  slotDeposit: 40_000n,
  bytesDeposit: 4_000n,
  creationTimeMicros: 1_770_000_000_000_000n,
};

function handle(writer: BcsWriter, address: string, creation: bigint): void {
  writer.u64(0n).u64(creation).bytes(addressBytes(address));
}

/** 0x1::account::Account */
export function putAccount(node: FakeNode, address: string, sequenceNumber = 0n, key?: Uint8Array) {
  const writer = new BcsWriter();
  writer
    .blob(key ?? addressBytes(address))
    .u64(sequenceNumber)
    .u64(4n);
  handle(writer, address, 0n);
  handle(writer, address, 1n);
  // No capability is offered.
  writer.u8(0).u8(0);
  node.put(resourceKey(address, '0x1::account::Account'), {
    bytes: writer.finish(),
    metadata: METADATA,
  });
}

/** 0x1::coin::CoinStore of the coin that pays fees. */
export function putCoins(node: FakeNode, address: string, octas: bigint, coin = APTOS_COIN) {
  const writer = new BcsWriter();
  writer.u64(octas).bool(false);
  handle(writer, address, 2n);
  handle(writer, address, 3n);
  node.put(resourceKey(address, `0x1::coin::CoinStore<${coin}>`), {
    bytes: writer.finish(),
    metadata: METADATA,
  });
}

export function tagId(type: string): string {
  const tag = parseTypeTag(type);
  if (tag.kind !== 'struct') throw new Error(type);
  return memberId(tag);
}

export function objectCore(object: string, owner: string): Uint8Array {
  const writer = new BcsWriter().u64(0x4000000000000n).bytes(addressBytes(owner)).bool(true);
  handle(writer, object, 0x4000000000000n);
  return writer.finish();
}

/** The primary store of a fungible asset, in octas where it is the coin's. */
export function putStore(node: FakeNode, owner: string, amount: bigint, metadata = APT_METADATA) {
  const store = primaryStore(owner, metadata);
  const held = new BcsWriter().bytes(addressBytes(metadata)).u64(amount).bool(false).finish();
  const members = new Map([
    [tagId('0x1::object::ObjectCore'), objectCore(store, owner)],
    [tagId('0x1::fungible_asset::FungibleStore'), held],
  ]);
  node.put(objectKey(store), { bytes: encodeGroup(members), metadata: METADATA });
}

/** The address that an Ed25519 key has. */
export function addressOf(publicKey: Uint8Array): string {
  return `0x${Buffer.from(sha3_256(Uint8Array.of(...publicKey, 0))).toString('hex')}`;
}
