/** An in-memory Aptos chain out of a genesis transaction: no jest, so that anything can begin with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AptosState, StateKey, StateValue } from '../../src/vm-preview/move/aptos/state';
import { readStateKey, stateKeyId } from '../../src/vm-preview/move/aptos/storage';
import type { AptosOutcome } from '../../src/vm-preview/move/aptos/types';
import { BcsReader } from '../../src/vm-preview/move/core/bcs';
import { FIXTURES } from './move-fixtures';

/** All values of a chain. What is not there is absent, never unknown. */
export class MemoryState implements AptosState {
  readonly #values = new Map<string, readonly [StateKey, StateValue]>();

  read(key: StateKey): StateValue | null {
    return this.#values.get(stateKeyId(key))?.[1] ?? null;
  }

  set(key: StateKey, value: StateValue | null): void {
    const id = stateKeyId(key);
    if (value === null) this.#values.delete(id);
    else this.#values.set(id, [key, value]);
  }

  /** As the chain does with what a transaction changed. */
  apply({ changes }: Pick<AptosOutcome, 'changes'>): void {
    for (const { key, after } of changes) this.set(key, after);
  }

  copy(): MemoryState {
    const copy = new MemoryState();
    for (const [id, row] of this.#values) copy.#values.set(id, row);
    return copy;
  }

  entries(): readonly (readonly [StateKey, StateValue])[] {
    return [...this.#values.values()];
  }
}

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

export type GenesisNetwork = 'mainnet' | 'testnet' | 'devnet';

/** The state that a network began with. @throws when there are no fixtures */
export function genesisState(network: GenesisNetwork, fixtures: string = FIXTURES): MemoryState {
  const path = join(fixtures, 'aptos/genesis', `${network}.blob`);
  const state = new MemoryState();
  for (const [key, value] of readGenesis(new Uint8Array(readFileSync(path)))) state.set(key, value);
  return state;
}
