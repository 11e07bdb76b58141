/** Devnet as it began, which the searched inputs meet. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleCache } from '../../../src/vm-preview/move/aptos';
import { TransactionRun } from '../../../src/vm-preview/move/aptos/execution/run';
import type { AptosState } from '../../../src/vm-preview/move/aptos/state';
import { genesisState, type MemoryState } from '../../support/aptos-genesis';
import { FIXTURES } from '../../support/move-fixtures';

export const CHAIN_ID = 243;
const NOW_MICROS = 1_000_000n;
export const ENVIRONMENT = { chainId: CHAIN_ID, timestampMicros: NOW_MICROS };

/** A run keeps all that it reads. */
const INPUTS_PER_RUN = 200;

export const haveGenesis = existsSync(join(FIXTURES, 'aptos/genesis/devnet.blob'));

export class DevnetWorld {
  readonly state: MemoryState = genesisState('devnet');
  readonly cache = new ModuleCache();
  #run: TransactionRun | undefined;
  #left = 0;

  /** What a transaction's sessions share, made anew now and then. */
  get run(): TransactionRun {
    if (this.#run === undefined || this.#left-- === 0) {
      this.#run = this.on(this.state);
      this.#left = INPUTS_PER_RUN;
    }
    return this.#run;
  }

  on(state: AptosState): TransactionRun {
    return new TransactionRun(state, ENVIRONMENT, this.cache);
  }
}

let world: DevnetWorld | undefined;

/** One for all targets. @throws where there are no fixtures */
export function devnet(): DevnetWorld {
  world ??= new DevnetWorld();
  return world;
}
