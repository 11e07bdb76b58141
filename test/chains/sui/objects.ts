/** Objects of a chain in memory, and accounts with keys of @mysten/sui. */
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { addressBytes, digestText, fullAddress } from '../../../src/chains/sui/address';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag, type StructTag } from '../../../src/vm-preview/move/core/types';
import { objectRef, type SuiObject, type SuiOwner } from '../../../src/vm-preview/move/sui';

export const ALICE_KEY = Ed25519Keypair.fromSecretKey(new Uint8Array(32).fill(1));
export const ALICE = ALICE_KEY.toSuiAddress();
export const BOB = Ed25519Keypair.fromSecretKey(new Uint8Array(32).fill(2)).toSuiAddress();

export const owned = (address: string): SuiOwner => ({
  kind: 'address',
  address: addressBytes(address),
});

function structTag(type: string): StructTag {
  const tag = parseTypeTag(type);
  if (tag.kind !== 'struct') throw new TypeError(`${type} is no struct`);
  return tag;
}

export interface ObjectFacts {
  readonly id: string;
  readonly type: string;
  readonly owner: SuiOwner;
  readonly version?: bigint;
  /** After its id. */
  readonly fields?: (writer: BcsWriter) => BcsWriter;
  readonly hasPublicTransfer?: boolean;
}

export function moveObject(facts: ObjectFacts): SuiObject {
  const { fields = (writer) => writer, owner, type, version = 5n } = facts;
  const id = addressBytes(facts.id);
  return {
    id,
    version,
    data: {
      kind: 'move',
      type: structTag(type),
      hasPublicTransfer: facts.hasPublicTransfer ?? true,
      contents: fields(new BcsWriter().bytes(id)).finish(),
    },
    owner,
    previousTransaction: new Uint8Array(32).fill(9),
    storageRebate: 988_000n,
  };
}

export function coin(id: string, owner: string, amount: bigint, type = '0x2::sui::SUI'): SuiObject {
  return moveObject({
    id,
    type: `0x2::coin::Coin<${type}>`,
    owner: owned(owner),
    fields: (writer) => writer.u64(amount),
  });
}

/** The chain's clock. */
export const CLOCK = moveObject({
  id: '0x6',
  type: '0x2::clock::Clock',
  owner: { kind: 'shared', initialVersion: 1n },
  fields: (writer) => writer.u64(1_793_534_400_000n),
  hasPublicTransfer: false,
});

/** As @mysten/sui names an object. */
export function refOf(object: SuiObject): { objectId: string; version: string; digest: string } {
  const { digest, id, version } = objectRef(object);
  return {
    objectId: fullAddress(id),
    version: version.toString(),
    digest: digestText(digest),
  };
}
