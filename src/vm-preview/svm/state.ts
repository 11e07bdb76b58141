import { LookaheadError } from '../errors';
import type { Account } from './account';
import type { Pubkey } from './pubkey';

/** Accounts as they were read from a node, before the transaction. */
export interface StateReader {
  /**
   * The account, or `undefined` when the node said that there is none.
   *
   * @throws MissingStateError when the address was never asked for
   */
  get(address: Pubkey): Account | undefined;
}

/** Addresses that the run needs and that were never loaded. The loader fetches them and runs again. */
export class MissingStateError extends LookaheadError {
  override readonly name = 'MissingStateError';

  constructor(readonly addresses: readonly Pubkey[]) {
    super('state', 'state-missing', `${addresses.length} accounts are not loaded`);
  }
}

/** A map of what was loaded; `null` remembers an absence. */
export class LoadedState implements StateReader {
  readonly #accounts = new Map<string, Account | null>();

  constructor(accounts: Iterable<readonly [Pubkey, Account | null]> = []) {
    for (const [address, account] of accounts) this.set(address, account);
  }

  set(address: Pubkey, account: Account | null): void {
    this.#accounts.set(address.key, account);
  }

  has(address: Pubkey): boolean {
    return this.#accounts.has(address.key);
  }

  get(address: Pubkey): Account | undefined {
    const account = this.#accounts.get(address.key);
    if (account === undefined) throw new MissingStateError([address]);
    return account ?? undefined;
  }
}

/** Remembers what was read through it. An account without lamports does not exist, as on the chain. */
export class RecordingState implements StateReader {
  readonly #state: StateReader;
  readonly #read = new Map<string, Pubkey>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  /** In the order of their first reading. */
  get addresses(): readonly Pubkey[] {
    return [...this.#read.values()];
  }

  get(address: Pubkey): Account | undefined {
    const account = this.#state.get(address);
    this.#read.set(address.key, address);
    return account === undefined || account.lamports === 0n ? undefined : account;
  }
}
