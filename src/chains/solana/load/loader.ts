/**
 * Reads all the state that a transaction needs, in as few rounds as can be. Calls of one round go out
 * together; each round reads again, in one call, everything that can change, so that what is shown at
 * the end belongs to one slot.
 *
 * Round 1 reads the message's keys, its lookup tables and what they held last time, the sysvars, and
 * its programs: their headers where they are kept already, else whole. Where that leaves nothing open,
 * it is the last.
 */
import { StateError } from '../../../vm-preview/errors';
import {
  type Account,
  LoadedState,
  type ParsedTransaction,
  Pubkey,
  SYSVAR_IDS,
  SYSVAR_OWNER_ID,
} from '../../../vm-preview/svm';
import type { Network } from '../../chain';
import type { TokenInfo } from '../../hints';
import { parseLookupTable } from '../accounts/lookup-table';
import { parseLoaderState } from '../accounts/program';
import { parseTokenState } from '../accounts/token';
import type { Hints, SolanaCache } from '../cache';
import { checkGenesis } from '../networks';
import { MAX_ACCOUNTS_PER_CALL, type SolanaRpc } from '../rpc';
import { isNativeProgram, isQuietProgram } from './builtin';
import { messageKeys, writableKeys } from './lookups';
import { NetworkState } from './network-state';
import { ProgramAsks, Programs } from './programs';
import { namingAddresses, tokenInfo } from './tokens';

/** Two as a rule: the third is for what a program turns out to need while it runs. */
export const MAX_ROUNDS = 3;
/** Tokens that are named at most. */
const MAX_TOKENS = 40;

const SMALL_SYSVARS = [
  SYSVAR_IDS.clock,
  SYSVAR_IDS.rent,
  SYSVAR_IDS.epochSchedule,
  SYSVAR_IDS.epochRewards,
  SYSVAR_IDS.lastRestartSlot,
  SYSVAR_IDS.recentBlockhashes,
] as const;

/** 20 and 16 KB: read for programs of which it is not known that they do without. */
const LARGE_SYSVARS = [SYSVAR_IDS.slotHashes, SYSVAR_IDS.stakeHistory] as const;

const SYSVAR_KEYS = new Set(Object.values(SYSVAR_IDS).map((id) => id.key));

/** Starts with what is kept of the network. */
export async function createLoader(
  network: Network,
  transaction: ParsedTransaction,
  rpc: SolanaRpc,
  cache: SolanaCache,
): Promise<Loader> {
  const { genesis } = network;
  const hints = await cache.hints(genesis);
  const features = await cache.features(genesis);
  return new Loader(
    network,
    transaction,
    rpc,
    cache,
    hints,
    new NetworkState(rpc, cache, genesis, features),
    new Programs(rpc, cache, genesis, hints),
  );
}

export class Loader {
  readonly #accounts = new Map<string, Account | null>();
  /** What can change, in the order it is asked for; read again in every round. */
  readonly #changing = new Map<string, Pubkey>();
  /** What only names things: read with the rest where there is room, and it widens no range of slots. */
  readonly #naming = new Map<string, Pubkey>();
  #slots = { from: 0n, to: 0n };
  #rounds = 0;

  constructor(
    private readonly network: Network,
    private readonly transaction: ParsedTransaction,
    private readonly rpc: SolanaRpc,
    private readonly cache: SolanaCache,
    private readonly hints: Hints,
    /** Features and blockhashes, once loaded. */
    readonly networkState: NetworkState,
    private readonly programs: Programs,
  ) {}

  get rounds(): number {
    return this.#rounds;
  }

  /** Slots of the last read of all that can change: equal when it was one call. */
  get slots(): { readonly from: bigint; readonly to: bigint } {
    return this.#slots;
  }

  /** @throws StateError, and those of the HTTP client */
  async load(): Promise<void> {
    let asks = this.#rounds === 0 ? await this.#firstAsks() : await this.#openAsks();
    do {
      await this.#round(asks);
      asks = await this.#openAsks();
    } while (!asks.isEmpty || this.#hasUnread());
  }

  /**
   * Reads what a run found missing.
   *
   * @throws StateError `state-incomplete` when that takes more rounds than are allowed
   */
  async loadMissing(addresses: readonly Pubkey[]): Promise<void> {
    for (const address of addresses) this.#changing.set(address.key, address);
    await this.load();
  }

  /** All addresses of the transaction that are known, in the chain's order. */
  get keys(): readonly Pubkey[] {
    return messageKeys(this.transaction, (table) => this.#tableAddresses(table)).keys;
  }

  /** @param overlay - accounts as an earlier transaction leaves them, by `Pubkey.key` */
  state(overlay: ReadonlyMap<string, Account | null> = new Map()): LoadedState {
    const state = new LoadedState();
    for (const [key, account] of this.#accounts) state.set(fromKey(key), account);
    for (const [key, account] of overlay) state.set(fromKey(key), account);
    return state;
  }

  read(address: Pubkey): Account | null | undefined {
    return this.#accounts.get(address.key);
  }

  /** Tokens by mint, from what was read or is remembered. */
  token(mint: string): TokenInfo | undefined {
    const remembered = this.hints.tokens.get(mint);
    const read = tokenInfo(Pubkey.fromBase58(mint), (address) => this.read(address));
    if (read === undefined) return remembered;
    // The mint may be an account of the transaction, and so be read anew, while its name is remembered.
    const known = { ...remembered, ...read };
    this.hints.tokens.set(mint, known);
    return known;
  }

  /**
   * Keeps what the next preview can do with: which tables hold what, and which large sysvars the
   * transaction's programs looked at.
   *
   * @param read - all that the run read
   */
  async remember(read: readonly Pubkey[]): Promise<void> {
    const seen = new Set(read.map((address) => address.key));
    const large = LARGE_SYSVARS.filter((id) => seen.has(id.key)).map((id) => id.toBase58());
    for (const program of this.#invoked()) {
      const known = this.hints.sysvars.get(program.toBase58()) ?? [];
      this.hints.sysvars.set(program.toBase58(), [...new Set([...known, ...large])]);
    }
    for (const { table } of this.transaction.lookups) {
      const addresses = this.#tableAddresses(table)?.map((address) => address.toBase58());
      if (addresses !== undefined) this.hints.tables.set(table.toBase58(), addresses);
    }
    await this.cache.saveHints(this.network.genesis);
  }

  /** Programs that the instructions name, those of the validator aside. */
  #invoked(): Pubkey[] {
    const { instructions, staticKeys } = this.transaction;
    const programs = new Map<string, Pubkey>();
    for (const { programIdIndex } of instructions) {
      const program = staticKeys[programIdIndex];
      if (program !== undefined && !isNativeProgram(program)) programs.set(program.key, program);
    }
    return [...programs.values()];
  }

  async #firstAsks(): Promise<ProgramAsks> {
    const asks = new ProgramAsks();
    const hinted = (table: Pubkey) =>
      this.hints.tables.get(table.toBase58())?.map((address) => Pubkey.fromBase58(address));
    const { keys } = messageKeys(this.transaction, hinted);
    const writable = writableKeys(this.transaction, hinted);
    for (const key of keys) {
      const isWritable = writable.has(key.key);
      const holder = this.programs.holderOf(key);
      // A program that holds its ELF itself, and is kept, needs no more than its header.
      const isSelf = holder?.equals(key) ?? false;
      if (!isSelf || isWritable || !(await this.programs.isKept(key))) {
        this.#changing.set(key.key, key);
      }
      if (holder === undefined) {
        if (!isWritable) this.programs.askInCase(asks, key);
      } else if (!isSelf || !this.#changing.has(key.key)) {
        await this.programs.ask(asks, holder);
      }
    }
    for (const id of SMALL_SYSVARS) this.#changing.set(id.key, id);
    for (const { table } of this.transaction.lookups) this.#changing.set(table.key, table);
    for (const id of this.#largeSysvars()) this.#changing.set(id.key, id);
    return asks;
  }

  #largeSysvars(): readonly Pubkey[] {
    const wanted = new Set<string>();
    if (this.transaction.lookups.length > 0) wanted.add(SYSVAR_IDS.slotHashes.toBase58());
    for (const program of this.#invoked()) {
      if (isQuietProgram(program)) continue;
      const read = this.hints.sysvars.get(program.toBase58());
      for (const id of read ?? LARGE_SYSVARS.map((sysvar) => sysvar.toBase58())) wanted.add(id);
    }
    return [...wanted].map((id) => Pubkey.fromBase58(id));
  }

  async #round(asks: ProgramAsks): Promise<void> {
    if (this.#rounds >= MAX_ROUNDS) {
      throw new StateError(
        'state-incomplete',
        `the transaction needs more state than ${MAX_ROUNDS} rounds of requests give`,
        { host: this.rpc.host },
      );
    }
    this.#rounds += 1;
    const changing = [...this.#changing.values()];
    const naming = [...this.#naming.values()].filter(({ key }) => !this.#changing.has(key));
    this.#naming.clear();
    if (changing.length + naming.length <= MAX_ACCOUNTS_PER_CALL) {
      changing.push(...naming.splice(0));
    }
    const since = this.#slots.to > 0n ? { minSlot: this.#slots.to } : {};
    const [read, names] = await Promise.all([
      this.rpc.getAccounts(changing, since),
      this.rpc.getAccounts(naming),
      this.programs.read(asks, this.#accounts),
      this.networkState.readFeatures(),
      checkGenesis(this.network, this.rpc, this.cache),
    ]);
    changing.forEach((address, index) => {
      const account = read.accounts[index] ?? null;
      checkSysvarOwner(address, account, this.rpc.host);
      this.#accounts.set(address.key, account);
    });
    naming.forEach((address, index) => {
      this.#accounts.set(address.key, names.accounts[index] ?? null);
    });
    this.#slots = { from: read.from, to: read.to };
    await this.networkState.settle(this.transaction, read.to, (address) => this.read(address));
    await this.#settlePrograms();
  }

  /** Programs that the transaction does not write to are read no further. */
  async #settlePrograms(): Promise<void> {
    const writable = writableKeys(this.transaction, (table) => this.#tableAddresses(table));
    for (const key of this.keys) {
      const account = this.read(key);
      if (account === undefined) continue;
      const isProgram = await this.programs.remember(key, account);
      if (isProgram && !writable.has(key.key)) this.#changing.delete(key.key);
    }
  }

  #tableAddresses(table: Pubkey): readonly Pubkey[] | undefined {
    return parseLookupTable(this.read(table) ?? undefined)?.addresses;
  }

  /** What became known in the last round and is not read yet. */
  async #openAsks(): Promise<ProgramAsks> {
    const asks = new ProgramAsks();
    const { keys } = this;
    const writable = writableKeys(this.transaction, (table) => this.#tableAddresses(table));
    for (const key of keys) {
      const account = this.read(key);
      if (account === undefined) {
        this.#changing.set(key.key, key);
        const holder = this.programs.holderOf(key);
        if (holder !== undefined && !holder.equals(key)) await this.programs.ask(asks, holder);
        else if (!writable.has(key.key)) this.programs.askInCase(asks, key);
      }
      const state = parseLoaderState(account ?? undefined);
      if (state?.kind !== 'program') continue;
      const { programData } = state;
      const isAsked = this.#changing.has(programData.key) || this.read(programData) !== undefined;
      if (!isAsked) await this.programs.ask(asks, programData);
    }
    if (this.#rounds < MAX_ROUNDS - 1) this.#askForTokens(keys);
    return asks;
  }

  /** Mints and their metadata are for showing only: they never cost a third round. */
  #askForTokens(keys: readonly Pubkey[]): void {
    const mints = new Map<string, Pubkey>();
    for (const key of keys) {
      const account = this.read(key);
      const token = account ? parseTokenState(account) : undefined;
      if (token?.kind === 'mint') mints.set(key.key, key);
      if (token?.kind === 'token-account') {
        const mint = Pubkey.fromBase58(token.mint);
        mints.set(mint.key, mint);
      }
    }
    for (const mint of [...mints.values()].slice(0, MAX_TOKENS)) {
      if (this.hints.tokens.get(mint.toBase58()) !== undefined) continue;
      for (const address of namingAddresses(mint, (other) => this.read(other))) {
        this.#naming.set(address.key, address);
      }
    }
  }

  #hasUnread(): boolean {
    if (this.networkState.isOpen || this.#naming.size > 0) return true;
    return [...this.#changing.keys()].some((key) => !this.#accounts.has(key));
  }
}

function fromKey(key: string): Pubkey {
  return Pubkey.from(Uint8Array.from(key, (character) => character.charCodeAt(0)));
}

function checkSysvarOwner(address: Pubkey, account: Account | null, host: string): void {
  if (account === null || !SYSVAR_KEYS.has(address.key)) return;
  if (!account.owner.equals(SYSVAR_OWNER_ID)) {
    throw new StateError('account-owner', `${host} sent a sysvar under an impossible owner`, {
      host,
      address: address.toBase58(),
      owner: account.owner.toBase58(),
    });
  }
}
