import {
  type AptosState,
  executeTransaction,
  MissingStateError,
  ModuleCache,
  parseSignedTransaction,
  requestOf,
  type StateKey,
  stateKeyId,
} from '../../../../../src/vm-preview/move/aptos';
import type { MemoryState } from '../../../../support/aptos-genesis';
import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, CHAIN_ID, call, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;

/** A state of which nothing is known but what was asked for. */
class LazyState implements AptosState {
  readonly #known = new Set<string>();

  constructor(
    private readonly state: MemoryState,
    known: (key: StateKey) => boolean,
  ) {
    for (const [key] of state.entries()) if (known(key)) this.#known.add(stateKeyId(key));
  }

  learn(keys: readonly StateKey[]): void {
    for (const key of keys) this.#known.add(stateKeyId(key));
  }

  read(key: StateKey) {
    if (!this.#known.has(stateKeyId(key))) throw new MissingStateError([key]);
    return this.state.read(key);
  }
}

genesis('state that is fetched as it is missed (skipped: no fixtures)', () => {
  const alice = account(1);
  const bob = account(2);
  const world = new World();
  world.fund(alice.accountAddress, 10n * APT);
  const payload = call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(1n)]);
  const request = requestOf(
    parseSignedTransaction(world.sign(alice, payload, {}, {}).bcsToBytes()),
  );
  const environment = { chainId: CHAIN_ID, timestampMicros: 1_000_000n };

  function fetched(state: LazyState): { rounds: StateKey[][]; reads: readonly StateKey[] } {
    const rounds: StateKey[][] = [];
    const cache = new ModuleCache();
    for (let i = 0; i < 30; i++) {
      try {
        const outcome = executeTransaction(request, state, environment, cache);
        expect(outcome.status).toEqual({ kind: 'success' });
        return { rounds, reads: outcome.reads };
      } catch (error) {
        if (!(error instanceof MissingStateError)) throw error;
        rounds.push([...error.keys]);
        state.learn(error.keys);
      }
    }
    throw new Error('it never had enough');
  }

  it('takes one round beside the code, which is kept', () => {
    const { rounds } = fetched(new LazyState(world.state, ({ kind }) => kind === 'module'));
    expect(rounds).toHaveLength(1);
    expect(rounds[0]?.map(({ kind }) => kind)).not.toContain('module');
  });

  it('names all values in the first round when there is no code, and only code after it', () => {
    const { rounds } = fetched(new LazyState(world.state, () => false));
    for (const keys of rounds.slice(1))
      expect(new Set(keys.map(({ kind }) => kind))).toEqual(new Set(['module']));
  });

  it('reads nothing that was not asked for', () => {
    const { rounds, reads } = fetched(new LazyState(world.state, () => false));
    const asked = new Set(rounds.flat().map(stateKeyId));
    for (const key of reads) expect(asked).toContain(stateKeyId(key));
  });
});
