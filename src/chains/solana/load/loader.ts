/**
 * Reads all the state that a transaction needs, in as few rounds as can be. Calls of one round go out
 * together; each round reads again, in one call, everything that can change, so that what is shown at
 * the end belongs to one slot.
 *
 * Round 1 reads the message's keys, its lookup tables and what they held last time, the sysvars, and
 * its programs: their headers where they are kept already, else whole. Where that leaves nothing open,
 * it is the last.
 */
import { base58 } from '@scure/base';
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
import { parseLookupTable } from '../accounts/lookup-table';
import {
  PROGRAM_DATA_HEADER_BYTES,
  parseLoaderState,
  programDataAddressOf,
} from '../accounts/program';
import { parseTokenState } from '../accounts/token';
import { recentBlockhashes } from '../blockhash';
import { ByteReader, equalBytes } from '../bytes';
import type { CachedFeatures, CachedProgram, Hints, SolanaCache, TokenInfo } from '../cache';
import { checkGenesis } from '../networks';
import { isDurableNonce } from '../nonce';
import type { SolanaRpc } from '../rpc';
import { isNativeProgram, isQuietProgram } from './builtin';
import { asCachedProgram, confirmProgram, isFinalProgram } from './executables';
import { type ReadFeatures, readFeatures } from './features';
import { messageKeys, writableKeys } from './lookups';
import { namingAddresses, tokenInfo } from './tokens';

/** Two as a rule: the third is for programs that a lookup table names. */
export const MAX_ROUNDS = 3;
/** Tokens that are named at most. */
const MAX_TOKENS = 40;
/** Slots by which the Clock may differ from the slot that the node says it answered for. */
const MAX_CLOCK_DISTANCE = 150n;

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

export interface BlockhashAnswer {
  /** The newest of the network, 32 bytes. */
  readonly latest: Uint8Array;
  /** Those of the sysvar, newest first; none where there is no sysvar. */
  readonly recent: readonly Uint8Array[];
  /** Whether the network still accepts the transaction's own. */
  readonly isValid: boolean;
}

interface Kept {
  readonly hints: Hints;
  readonly features: CachedFeatures | undefined;
}

/** What the next round asks for besides all that can change. */
interface Asks {
  readonly headers: readonly Pubkey[];
  readonly wholes: readonly Pubkey[];
}

/** Starts with what is kept of the network. */
export async function createLoader(
  network: Network,
  transaction: ParsedTransaction,
  rpc: SolanaRpc,
  cache: SolanaCache,
): Promise<Loader> {
  const hints = await cache.hints(network.genesis);
  const features = await cache.features(network.genesis);
  return new Loader(network, transaction, rpc, cache, { hints, features });
}

export class Loader {
  readonly #accounts = new Map<string, Account | null>();
  /** What can change, in the order it is asked for; read again in every round. */
  readonly #changing = new Map<string, Pubkey>();
  readonly #keptPrograms = new Map<string, CachedProgram>();
  /** Programs whose header was not that of the kept one: to be read whole. */
  readonly #changedPrograms = new Set<string>();
  readonly #hints: Hints;
  #features: CachedFeatures | undefined;
  #freshFeatures: ReadFeatures | undefined;
  #slots = { from: 0n, to: 0n };
  #blockhash: BlockhashAnswer | undefined;
  #rounds = 0;

  constructor(
    private readonly network: Network,
    private readonly transaction: ParsedTransaction,
    private readonly rpc: SolanaRpc,
    private readonly cache: SolanaCache,
    kept: Kept,
  ) {
    this.#hints = kept.hints;
    this.#features = kept.features;
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Slots of the last read of all that can change: equal when it was one call. */
  get slots(): { readonly from: bigint; readonly to: bigint } {
    return this.#slots;
  }

  /** @throws StateError, and those of the HTTP client */
  async load(): Promise<void> {
    let asks = await this.#firstAsks();
    do {
      await this.#round(asks);
      asks = await this.#openAsks();
    } while (asks.headers.length + asks.wholes.length > 0 || this.#hasUnread());
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

  get features(): CachedFeatures {
    if (this.#features === undefined) throw new StateError('state-incomplete', 'no features read');
    return this.#features;
  }

  get blockhash(): BlockhashAnswer {
    if (this.#blockhash === undefined) {
      throw new StateError('state-incomplete', 'no blockhash read');
    }
    return this.#blockhash;
  }

  read(address: Pubkey): Account | null | undefined {
    return this.#accounts.get(address.key);
  }

  /** Tokens by mint, from what was read or is remembered. */
  token(mint: string): TokenInfo | undefined {
    const known = tokenInfo(Pubkey.fromBase58(mint), (address) => this.read(address));
    if (known !== undefined) this.#hints.tokens.set(mint, known);
    return known ?? this.#hints.tokens.get(mint);
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
    for (const program of this.#programs()) {
      const known = this.#hints.sysvars.get(program.toBase58()) ?? [];
      this.#hints.sysvars.set(program.toBase58(), [...new Set([...known, ...large])]);
    }
    for (const { table } of this.transaction.lookups) {
      const addresses = this.#tableAddresses(table)?.map((address) => address.toBase58());
      if (addresses !== undefined) this.#hints.tables.set(table.toBase58(), addresses);
    }
    await this.cache.saveHints(this.network.genesis);
  }

  /** Programs that the instructions name. */
  #programs(): Pubkey[] {
    const { instructions, staticKeys } = this.transaction;
    const programs = new Map<string, Pubkey>();
    for (const { programIdIndex } of instructions) {
      const program = staticKeys[programIdIndex];
      if (program !== undefined && !isNativeProgram(program)) programs.set(program.key, program);
    }
    return [...programs.values()];
  }

  async #firstAsks(): Promise<Asks> {
    if (this.#rounds > 0) return this.#openAsks();
    const hinted = (table: Pubkey) =>
      this.#hints.tables.get(table.toBase58())?.map((address) => Pubkey.fromBase58(address));
    const { keys } = messageKeys(this.transaction, hinted);
    const writable = writableKeys(this.transaction, hinted);
    const headers: Pubkey[] = [];
    const wholes: Pubkey[] = [];
    for (const key of keys) {
      const known = this.#hints.executables.get(key.toBase58());
      const holder = known === undefined ? undefined : Pubkey.fromBase58(known);
      const isKept = holder !== undefined && (await this.#isKept(holder));
      if (holder === undefined || !holder.equals(key)) {
        this.#changing.set(key.key, key);
        if (holder !== undefined) (isKept ? headers : wholes).push(holder);
        else if (known === undefined && !writable.has(key.key))
          wholes.push(...likelyProgramData(key));
      } else if (isKept && !writable.has(key.key)) {
        headers.push(key);
      } else {
        this.#changing.set(key.key, key);
      }
    }
    for (const id of SMALL_SYSVARS) this.#changing.set(id.key, id);
    for (const { table } of this.transaction.lookups) this.#changing.set(table.key, table);
    for (const id of this.#largeSysvars()) this.#changing.set(id.key, id);
    return { headers, wholes };
  }

  #largeSysvars(): readonly Pubkey[] {
    const wanted = new Set<string>();
    if (this.transaction.lookups.length > 0) wanted.add(SYSVAR_IDS.slotHashes.toBase58());
    for (const program of this.#programs()) {
      if (isQuietProgram(program)) continue;
      const read = this.#hints.sysvars.get(program.toBase58());
      for (const id of read ?? LARGE_SYSVARS.map((sysvar) => sysvar.toBase58())) wanted.add(id);
    }
    return [...wanted].map((id) => Pubkey.fromBase58(id));
  }

  async #isKept(address: Pubkey): Promise<boolean> {
    const kept = await this.cache.program(this.network.genesis, address);
    if (kept === undefined || this.#changedPrograms.has(address.key)) return false;
    this.#keptPrograms.set(address.key, kept);
    return true;
  }

  async #round(asks: Asks): Promise<void> {
    if (this.#rounds >= MAX_ROUNDS) {
      throw new StateError(
        'state-incomplete',
        `the transaction needs more state than ${MAX_ROUNDS} rounds of requests give`,
        { host: this.rpc.host },
      );
    }
    this.#rounds += 1;
    const minSlot = this.#slots.to;
    const changing = [...this.#changing.values()];
    const since = minSlot > 0n ? { minSlot } : {};
    const [read] = await Promise.all([
      this.rpc.getAccounts(changing, since),
      this.#readHeaders(asks.headers),
      this.#readWholes(asks.wholes),
      this.#readFeatures(),
      checkGenesis(this.network, this.rpc, this.cache),
    ]);
    changing.forEach((address, index) => {
      const account = read.accounts[index] ?? null;
      checkSysvarOwner(address, account, this.rpc.host);
      this.#accounts.set(address.key, account);
    });
    this.#slots = { from: read.from, to: read.to };
    await this.#settleFeatures();
    await this.#settleBlockhash();
    await this.#settleExecutables();
  }

  async #readHeaders(addresses: readonly Pubkey[]): Promise<void> {
    if (addresses.length === 0) return;
    const slice = { offset: 0, length: PROGRAM_DATA_HEADER_BYTES };
    const { accounts, spaces } = await this.rpc.getAccounts(addresses, { slice });
    addresses.forEach((address, index) => {
      const header = accounts[index] ?? null;
      const kept = this.#keptPrograms.get(address.key);
      if (kept === undefined) return;
      if (header === null) {
        this.#accounts.set(address.key, null);
        return;
      }
      const confirmed = confirmProgram(kept, header, spaces[index]);
      if (confirmed !== undefined) this.#accounts.set(address.key, confirmed);
      else this.#changedPrograms.add(address.key);
    });
  }

  async #readWholes(addresses: readonly Pubkey[]): Promise<void> {
    if (addresses.length === 0) return;
    const { accounts } = await this.rpc.getAccounts(addresses);
    for (const [index, address] of addresses.entries()) {
      const account = accounts[index] ?? null;
      const program = asCachedProgram(account);
      this.#accounts.set(address.key, account);
      if (program === undefined) continue;
      await this.cache.rememberProgram(this.network.genesis, address, program);
    }
  }

  async #readFeatures(): Promise<void> {
    if (this.#features === undefined || this.#isStale()) {
      this.#freshFeatures = await readFeatures(this.rpc);
    }
  }

  /** Features change only where an epoch begins. */
  #isStale(): boolean {
    const epoch = this.#epoch();
    return epoch !== undefined && epoch !== this.#features?.epoch;
  }

  #epoch(): bigint | undefined {
    const clock = this.read(SYSVAR_IDS.clock);
    return clock && clock.data.length >= 24 ? new ByteReader(clock.data, 16).u64() : undefined;
  }

  async #settleFeatures(): Promise<void> {
    const clock = this.read(SYSVAR_IDS.clock);
    const epoch = this.#epoch();
    if (clock === null || clock === undefined || epoch === undefined) {
      throw new StateError('sysvar-missing', `${this.rpc.host} has no Clock`, {
        host: this.rpc.host,
      });
    }
    const slot = new ByteReader(clock.data).u64();
    const distance = slot > this.#slots.to ? slot - this.#slots.to : this.#slots.to - slot;
    if (distance > MAX_CLOCK_DISTANCE) {
      throw new StateError(
        'node-slots-disagree',
        `${this.rpc.host} answered for slot ${this.#slots.to}, and its Clock says ${slot}`,
        { host: this.rpc.host, slot: this.#slots.to.toString(), clock: slot.toString() },
      );
    }
    if (this.#freshFeatures === undefined) return;
    this.#features = { ...this.#freshFeatures, epoch };
    this.#freshFeatures = undefined;
    await this.cache.rememberFeatures(this.network.genesis, this.#features);
  }

  /**
   * The sysvar holds the last 150 in order, of the same slot as the rest. Only where it does not know
   * the transaction's, the node is asked: the network accepts one that is older by one block.
   */
  async #settleBlockhash(): Promise<void> {
    const own = this.transaction.recentBlockhash;
    const recent = recentBlockhashes(this.read(SYSVAR_IDS.recentBlockhashes) ?? undefined);
    const [newest] = recent;
    const isListed = recent.some((hash) => equalBytes(hash, own));
    if (newest !== undefined && (isListed || isDurableNonce(this.transaction))) {
      this.#blockhash = { latest: newest, isValid: isListed, recent };
      return;
    }
    const [latest, isValid] = await Promise.all([
      newest ?? this.rpc.getLatestBlockhash().then(({ blockhash }) => base58.decode(blockhash)),
      this.rpc.isBlockhashValid(base58.encode(own)),
    ]);
    this.#blockhash = { latest, isValid: isValid || equalBytes(latest, own), recent };
  }

  /** Executables that nothing can change are read no further; what they are is kept. */
  async #settleExecutables(): Promise<void> {
    const writable = writableKeys(this.transaction, (table) => this.#tableAddresses(table));
    for (const key of this.keys) {
      const account = this.read(key);
      if (account === undefined) continue;
      if (!account?.executable) {
        this.#hints.plain.set(key.toBase58(), true);
        continue;
      }
      if (isFinalProgram(account)) {
        this.#hints.executables.set(key.toBase58(), key.toBase58());
        if (this.#changing.has(key.key)) {
          const program = { slot: null, account };
          await this.cache.rememberProgram(this.network.genesis, key, program);
        }
      }
      const state = parseLoaderState(account);
      if (state?.kind === 'program') {
        this.#hints.executables.set(key.toBase58(), state.programData.toBase58());
      }
      if (!writable.has(key.key)) this.#changing.delete(key.key);
    }
  }

  #tableAddresses(table: Pubkey): readonly Pubkey[] | undefined {
    return parseLookupTable(this.read(table) ?? undefined)?.addresses;
  }

  /** What became known in the last round and is not read yet. */
  async #openAsks(): Promise<Asks> {
    const { keys } = this;
    const writable = writableKeys(this.transaction, (table) => this.#tableAddresses(table));
    const headers: Pubkey[] = [];
    const wholes: Pubkey[] = [];
    for (const key of keys) {
      const account = this.read(key);
      if (account === undefined) {
        this.#changing.set(key.key, key);
        if (!writable.has(key.key)) wholes.push(...this.#likelyProgramData(key));
      }
      const state = parseLoaderState(account ?? undefined);
      if (state?.kind !== 'program') continue;
      const { programData } = state;
      if (this.read(programData) !== undefined || this.#changing.has(programData.key)) continue;
      ((await this.#isKept(programData)) ? headers : wholes).push(programData);
    }
    if (this.#rounds < MAX_ROUNDS - 1) this.#askForTokens(keys);
    if (this.#isStale()) this.#features = undefined;
    return { headers, wholes };
  }

  /**
   * Where the code of a read-only account would be, were it a program. Asking costs a few bytes where
   * it is none, and spares a round where it is.
   */
  #likelyProgramData(key: Pubkey): Pubkey[] {
    const text = key.toBase58();
    if (isNativeProgram(key) || SYSVAR_KEYS.has(key.key)) return [];
    if (this.#hints.plain.get(text) || this.#hints.executables.get(text) !== undefined) return [];
    const address = programDataAddressOf(key);
    return address === undefined ? [] : [address];
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
      if (this.#hints.tokens.get(mint.toBase58()) !== undefined) continue;
      for (const address of namingAddresses(mint, (other) => this.read(other))) {
        this.#changing.set(address.key, address);
      }
    }
  }

  #hasUnread(): boolean {
    if (this.#features === undefined) return true;
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
