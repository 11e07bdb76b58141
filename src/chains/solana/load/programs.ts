/** Reading programs: the header of those that are kept, the whole of the others. */
import { type Account, Pubkey, SYSVAR_IDS } from '../../../vm-preview/svm';
import {
  PROGRAM_DATA_HEADER_BYTES,
  parseLoaderState,
  programDataAddressOf,
} from '../accounts/program';
import type { CachedProgram, Hints, SolanaCache } from '../cache';
import type { SolanaRpc } from '../rpc';
import { isNativeProgram } from './builtin';
import { asCachedProgram, confirmProgram, isFinalProgram } from './executables';

const HEADER = { offset: 0, length: PROGRAM_DATA_HEADER_BYTES } as const;
const SYSVAR_KEYS = new Set(Object.values(SYSVAR_IDS).map((id) => id.key));

/** What a round asks for besides all that can change. */
export class ProgramAsks {
  readonly headers: Pubkey[] = [];
  readonly wholes: Pubkey[] = [];

  get isEmpty(): boolean {
    return this.headers.length + this.wholes.length === 0;
  }
}

export class Programs {
  readonly #kept = new Map<string, CachedProgram>();
  /** Programs whose header was not that of the kept one: to be read whole. */
  readonly #changed = new Set<string>();

  constructor(
    private readonly rpc: SolanaRpc,
    private readonly cache: SolanaCache,
    private readonly genesis: string,
    private readonly hints: Hints,
  ) {}

  /** The account that holds the program's ELF, as it was last time. */
  holderOf(program: Pubkey): Pubkey | undefined {
    const known = this.hints.executables.get(program.toBase58());
    return known === undefined ? undefined : Pubkey.fromBase58(known);
  }

  async isKept(address: Pubkey): Promise<boolean> {
    const kept = await this.cache.program(this.genesis, address);
    if (kept === undefined || this.#changed.has(address.key)) return false;
    this.#kept.set(address.key, kept);
    return true;
  }

  /** Asks for the account that holds an ELF: its header where the rest is kept. */
  async ask(asks: ProgramAsks, holder: Pubkey): Promise<void> {
    const list = (await this.isKept(holder)) ? asks.headers : asks.wholes;
    list.push(holder);
  }

  /**
   * Asks for the code of a read-only account, were it a program. That costs a few bytes where it is
   * none, and spares a round where it is.
   */
  askInCase(asks: ProgramAsks, key: Pubkey): void {
    const text = key.toBase58();
    if (isNativeProgram(key) || SYSVAR_KEYS.has(key.key)) return;
    if (this.hints.plain.get(text) || this.hints.executables.get(text) !== undefined) return;
    const address = programDataAddressOf(key);
    if (address !== undefined) asks.wholes.push(address);
  }

  /** Reads what is asked, into `accounts`. */
  async read(asks: ProgramAsks, accounts: Map<string, Account | null>): Promise<void> {
    await Promise.all([
      this.#readHeaders(asks.headers, accounts),
      this.#readWholes(asks.wholes, accounts),
    ]);
  }

  async #readHeaders(
    addresses: readonly Pubkey[],
    accounts: Map<string, Account | null>,
  ): Promise<void> {
    if (addresses.length === 0) return;
    const answer = await this.rpc.getAccounts(addresses, { slice: HEADER });
    addresses.forEach((address, index) => {
      const header = answer.accounts[index] ?? null;
      const kept = this.#kept.get(address.key);
      const account =
        header === null || kept === undefined
          ? header
          : confirmProgram(kept, header, answer.spaces[index]);
      if (account === undefined) this.#changed.add(address.key);
      else accounts.set(address.key, account);
    });
  }

  async #readWholes(
    addresses: readonly Pubkey[],
    accounts: Map<string, Account | null>,
  ): Promise<void> {
    if (addresses.length === 0) return;
    const answer = await this.rpc.getAccounts(addresses);
    for (const [index, address] of addresses.entries()) {
      const account = answer.accounts[index] ?? null;
      const program = asCachedProgram(account);
      accounts.set(address.key, account);
      if (program === undefined) continue;
      await this.cache.rememberProgram(this.genesis, address, program);
    }
  }

  /**
   * Remembers what kind of account was read.
   *
   * @returns whether it is a program, which nothing changes while it is not written to
   */
  async remember(key: Pubkey, account: Account | null): Promise<boolean> {
    if (!account?.executable) {
      this.hints.plain.set(key.toBase58(), true);
      return false;
    }
    if (isFinalProgram(account)) {
      this.hints.executables.set(key.toBase58(), key.toBase58());
      if (!this.#kept.has(key.key)) {
        await this.cache.rememberProgram(this.genesis, key, { slot: null, account });
      }
    }
    const state = parseLoaderState(account);
    if (state?.kind === 'program') {
      this.hints.executables.set(key.toBase58(), state.programData.toBase58());
    }
    return true;
  }
}
