/** An in-memory Aptos chain out of a genesis transaction: no jest, so that anything can begin with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGenesis } from '../../localnet/aptos/genesis-blob';
import type { AptosState, StateKey, StateValue } from '../../src/vm-preview/move/aptos/state';
import { stateKeyId } from '../../src/vm-preview/move/aptos/storage';
import type { AptosOutcome } from '../../src/vm-preview/move/aptos/types';
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

export type GenesisNetwork = 'mainnet' | 'testnet' | 'devnet';

/** The state that a network began with. @throws when there are no fixtures */
export function genesisState(network: GenesisNetwork, fixtures: string = FIXTURES): MemoryState {
  const path = join(fixtures, 'aptos/genesis', `${network}.blob`);
  const state = new MemoryState();
  for (const [key, value] of readGenesis(new Uint8Array(readFileSync(path)))) state.set(key, value);
  return state;
}
