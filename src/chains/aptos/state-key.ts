/** How a node names values of state: BCS of `StateKey`. Source: aptos-core `types/src/state_store/state_key`. */
import type { StateKey } from '../../vm-preview/move/aptos/state';
import { BcsWriter } from '../../vm-preview/move/core/bcs';
import { writeStructTag } from '../../vm-preview/move/core/types';
import { toHex } from './hex';

const ACCESS_PATH = 0;
const TABLE_ITEM = 1;
const RAW = 2;
const PATH = { module: 0, resource: 1, group: 2 } as const;

export function encodeStateKey(key: StateKey): Uint8Array {
  const writer = new BcsWriter();
  switch (key.kind) {
    case 'tableItem':
      return writer.uleb32(TABLE_ITEM).bytes(key.handle).blob(key.key).finish();
    case 'raw':
      return writer.uleb32(RAW).blob(key.key).finish();
    case 'module': {
      const path = new BcsWriter().uleb32(PATH.module).bytes(key.address).string(key.name);
      return writer.uleb32(ACCESS_PATH).bytes(key.address).blob(path.finish()).finish();
    }
    case 'resource':
    case 'group': {
      const path = new BcsWriter().uleb32(PATH[key.kind]);
      writeStructTag(path, key.type);
      return writer.uleb32(ACCESS_PATH).bytes(key.address).blob(path.finish()).finish();
    }
  }
}

/** Equal for equal keys. */
export function stateKeyId(key: StateKey): string {
  return toHex(encodeStateKey(key));
}
