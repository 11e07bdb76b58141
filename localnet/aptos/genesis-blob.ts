/** The write set of a recorded genesis transaction. Source: aptos-core `types/src/transaction`, `write_set.rs`. */
import type { StateKey, StateValue } from '../../src/vm-preview/move/aptos/state';
import { readStateKey } from '../../src/vm-preview/move/aptos/storage';
import { BcsReader } from '../../src/vm-preview/move/core/bcs';

const GENESIS_TRANSACTION = 1;
const DIRECT = 0;
const WRITE_SET_V0 = 0;
const DELETION = 2;
const VARIANTS = 6;

/** Reads a BCS genesis transaction: a direct write set, V0, of keys and write operations. */
export function readGenesis(bytes: Uint8Array): [StateKey, StateValue][] {
  const reader = new BcsReader(bytes);
  for (const expected of [GENESIS_TRANSACTION, DIRECT, WRITE_SET_V0])
    if (reader.uleb32('header') !== expected) throw new Error('this is no genesis transaction');
  return reader.list('write set', (inner): [StateKey, StateValue] => {
    const key = readStateKey(inner);
    const kind = inner.variant(VARIANTS, 'write operation');
    if (kind >= DELETION) throw new Error(`genesis has a write operation of kind ${kind}`);
    return [key, { bytes: inner.blob('value').slice() }];
  });
}
