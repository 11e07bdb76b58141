/** Objects as the chain stores and hashes them (sui-types, object.rs and move_package.rs). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { BcsReader, BcsWriter } from '../../core/bcs';
import type { MoveObjectData, PackageData, SuiObject, SuiOwner } from '../state';
import {
  blob,
  bool,
  type Codec,
  DIGEST,
  decode,
  encode,
  ID,
  list,
  map,
  pair,
  struct,
  text,
  u64,
  union,
} from './codec';
import { OBJECT_TYPE } from './object-type';

export const OWNER: Codec<SuiOwner> = union<SuiOwner>('owner', [
  ['address', struct({ address: ID })],
  ['object', struct({ parent: ID })],
  ['shared', struct({ initialVersion: u64('initial version') })],
  ['immutable', struct({})],
  ['consensusAddress', struct({ startVersion: u64('start version'), address: ID })],
]);

interface WireMove {
  readonly type: MoveObjectData['type'];
  readonly hasPublicTransfer: boolean;
  readonly version: bigint;
  readonly contents: Uint8Array;
}

interface WirePackage {
  readonly id: Uint8Array;
  readonly version: bigint;
  readonly modules: readonly (readonly [string, Uint8Array])[];
  readonly typeOrigins: PackageData['typeOrigins'];
  readonly linkage: readonly (readonly [Uint8Array, UpgradeInfo])[];
}

interface UpgradeInfo {
  readonly upgradedId: Uint8Array;
  readonly upgradedVersion: bigint;
}

const MOVE = struct<WireMove>({
  type: OBJECT_TYPE,
  hasPublicTransfer: bool('public transfer'),
  version: u64('version'),
  contents: blob('contents of an object'),
});

const PACKAGE = struct<WirePackage>({
  id: ID,
  version: u64('version of a package'),
  modules: map('modules', text('name of a module'), blob('module')),
  typeOrigins: list(
    'type origins',
    struct({ module: text('module'), datatype: text('type'), package: ID }),
  ),
  linkage: map(
    'linkage',
    ID,
    struct<UpgradeInfo>({ upgradedId: ID, upgradedVersion: u64('version') }),
  ),
});

const ID_LENGTH = 32;

const byName = (left: readonly [string, unknown], right: readonly [string, unknown]): number =>
  left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;

/** What is in an object's data, with the id and version that BCS keeps there. */
type Identified = Pick<SuiObject, 'id' | 'version' | 'data'>;

export const OBJECT_DATA: Codec<Identified> = {
  read: (reader: BcsReader) => {
    const at = reader.position;
    if (reader.variant(2, 'data of an object') === 0) {
      const { version, ...data } = MOVE.read(reader);
      if (data.contents.length < ID_LENGTH)
        throw reader.fail('length', 'contents of an object without its id', at);
      return { id: data.contents.slice(0, ID_LENGTH), version, data: { kind: 'move', ...data } };
    }
    const { id, version, modules, typeOrigins, linkage } = PACKAGE.read(reader);
    return {
      id,
      version,
      data: {
        kind: 'package',
        modules: new Map([...modules].sort(byName)),
        typeOrigins,
        linkage: new Map(linkage.map(([original, info]) => [bytesToHex(original), info])),
      },
    };
  },
  write: (writer: BcsWriter, { id, version, data }) => {
    writer.uleb32(data.kind === 'move' ? 0 : 1);
    if (data.kind === 'move') {
      MOVE.write(writer, { ...data, version });
      return;
    }
    PACKAGE.write(writer, {
      id,
      version,
      modules: [...data.modules],
      typeOrigins: data.typeOrigins,
      linkage: [...data.linkage].map(([original, info]) => [hexToBytes(original), info]),
    });
  },
};

interface Metadata {
  readonly owner: SuiOwner;
  readonly previousTransaction: Uint8Array;
  readonly storageRebate: bigint;
}

const METADATA = struct<Metadata>({
  owner: OWNER,
  previousTransaction: DIGEST,
  storageRebate: u64('storage rebate'),
});

export const OBJECT: Codec<SuiObject> = {
  read: (reader) => {
    const identified = OBJECT_DATA.read(reader);
    return { ...identified, ...METADATA.read(reader) };
  },
  write: (writer, object) => {
    OBJECT_DATA.write(writer, object);
    METADATA.write(writer, object);
  },
};

/** `ObjectRef`: which object, at which version, with which bytes. */
export interface ObjectRef {
  readonly id: Uint8Array;
  readonly version: bigint;
  readonly digest: Uint8Array;
}

export const OBJECT_REF: Codec<ObjectRef> = struct<ObjectRef>({
  id: ID,
  version: u64('version'),
  digest: DIGEST,
});

/** A version and the digest of the object at it. */
export type VersionDigest = readonly [version: bigint, digest: Uint8Array];

export const VERSION_DIGEST: Codec<VersionDigest> = pair(u64('version'), DIGEST);

/** @throws BcsError */
export function parseObject(bytes: Uint8Array): SuiObject {
  return decode(OBJECT, bytes, 'an object');
}

export function encodeObject(object: SuiObject): Uint8Array {
  return encode(OBJECT, object);
}
