/**
 * The oracle: agave's own code (litesvm, native) beside ours, on the same state.
 *
 * A world holds one LiteSVM. `runNative` tries a transaction on it, `runOurs` runs it in this
 * project's VM on what the world holds; both give the same shape, and `expectSame` compares them.
 */
import { base58 } from '@scure/base';
import {
  FailedTransactionMetadata,
  LiteSvm,
  Account as NativeAccount,
  FeatureSet as NativeFeatureSet,
  Rent as NativeRent,
} from 'litesvm/dist/internal';
import { transactionError } from '../../localnet/solana/errors';
import {
  type Account,
  executeTransaction,
  FEATURE_IDS,
  FEATURE_PROGRAM,
  type FeatureName,
  FeatureSet,
  LOADER_V3,
  LoadedState,
  MissingStateError,
  type ParsedTransaction,
  Pubkey,
  parseTransaction,
  type SvmEnvironment,
  type SvmOutcome,
  type TransactionError,
} from '../../src/vm-preview/svm';

/** An account as text, so that two of them compare and print. */
export interface PlainAccount {
  readonly lamports: string;
  readonly owner: string;
  readonly executable: boolean;
  readonly rentEpoch: string;
  /** Hex. */
  readonly data: string;
}

export interface PlainInner {
  readonly programIndex: number;
  readonly accounts: readonly number[];
  /** Hex. */
  readonly data: string;
  readonly stackHeight: number;
}

/** What a run gives, in plain values. */
export interface RunResult {
  readonly error: TransactionError | undefined;
  readonly units: number;
  readonly logs: readonly string[];
  readonly returnData: { readonly programId: string; readonly data: string } | undefined;
  readonly inner: readonly (readonly PlainInner[])[];
  /** By base58 address, of every account of the transaction; `null` where there is none. */
  readonly post: Readonly<Record<string, PlainAccount | null>>;
}

/** What a comparison leaves out, where litesvm is known not to be agave. */
export type Aspect = keyof RunResult;

export interface WorldOptions {
  /** Active features; mainnet's recorded set (litesvm's default) when absent. */
  readonly features?: readonly FeatureName[];
  /** Lamports per byte; 5,080 as on mainnet when absent. */
  readonly lamportsPerByte?: bigint;
}

export interface OurRun {
  readonly result: RunResult;
  readonly outcome: SvmOutcome;
  /** How many times state was loaded before the run went through. */
  readonly rounds: number;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function plain(account: Account | undefined): PlainAccount | null {
  if (account === undefined) return null;
  return {
    lamports: String(account.lamports),
    owner: account.owner.toBase58(),
    executable: account.executable,
    rentEpoch: String(account.rentEpoch),
    data: hex(account.data),
  };
}

function fromNative(account: NativeAccount): Account {
  return {
    lamports: account.lamports(),
    data: Uint8Array.from(account.data()),
    owner: Pubkey.from(account.owner()),
    executable: account.executable(),
    rentEpoch: account.rentEpoch(),
  };
}

function nativeWithFeatures(features: readonly FeatureName[]): LiteSvm {
  const set = new NativeFeatureSet();
  for (const name of features) set.activate(Pubkey.fromBase58(FEATURE_IDS[name]).bytes, 0n);
  const native = LiteSvm.default();
  native.setFeatureSet(set);
  native.setBuiltins();
  native.setLamports(1_000_000_000_000_000n);
  native.setSysvars();
  native.setDefaultPrograms();
  native.setPrecompiles();
  native.setBlockhashCheck(true);
  return native;
}

/** Whether it is a program, or the code of one of loader v3. */
function holdsProgram({ executable, owner, data }: Account): boolean {
  return executable || (owner.equals(LOADER_V3) && data[0] === PROGRAM_DATA);
}

const PROGRAM_DATA = 3;

export class LitesvmWorld {
  readonly native: LiteSvm;
  readonly features: FeatureSet;
  #keepsPrograms = false;
  /** By key. */
  readonly #programs = new Map<string, Account>();

  constructor(options: WorldOptions = {}) {
    this.native = options.features ? nativeWithFeatures(options.features) : new LiteSvm();
    this.native.setSigverify(false);
    this.native.setTransactionHistory(0n);
    // Its programs are deployed in its first slot, and run from the next.
    this.native.warpToSlot(this.native.getClock().slot + 1n);
    this.native.setRent(new NativeRent(options.lamportsPerByte ?? 5080n, 1, 50));
    this.features = options.features
      ? new FeatureSet(options.features)
      : FeatureSet.fromAccounts(this.accountsOf(FEATURE_PROGRAM));
  }

  /** The newest blockhash: the only one that litesvm takes. */
  get blockhash(): Uint8Array {
    return base58.decode(this.native.latestBlockhash());
  }

  get(address: Pubkey): Account | undefined {
    const known = this.#programs.get(address.key);
    if (known !== undefined) return known;
    const native = this.native.getAccount(address.bytes);
    if (native === null) return undefined;
    const account = fromNative(native);
    if (this.#keepsPrograms && holdsProgram(account)) this.#programs.set(address.key, account);
    return account;
  }

  /** Reads programs once: from now on they only change through `set`. */
  keepPrograms(): void {
    this.#keepsPrograms = true;
  }

  set(address: Pubkey, account: Partial<Account> & Pick<Account, 'lamports'>): void {
    this.#programs.delete(address.key);
    const { lamports, data, owner, executable, rentEpoch } = account;
    this.native.setAccount(
      address.bytes,
      new NativeAccount(
        lamports,
        data ?? new Uint8Array(),
        owner?.bytes ?? new Uint8Array(32),
        executable ?? false,
        rentEpoch ?? 2n ** 64n - 1n,
      ),
    );
  }

  accountsOf(owner: Pubkey): (readonly [Pubkey, Account])[] {
    return this.native
      .getProgramAccounts(owner.bytes)
      .map((entry) => [Pubkey.from(entry.address), fromNative(entry.account())] as const);
  }

  /** Deploys a program in the slot before, for it runs from the next; under loader v3 if none is given. */
  addProgram(id: Pubkey, elf: Uint8Array, loader?: Pubkey): void {
    const { slot } = this.native.getClock();
    this.native.warpToSlot(slot - 1n);
    if (loader === undefined) this.native.addProgram(id.bytes, elf);
    else this.native.addProgramWithLoader(id.bytes, elf, loader.bytes);
    this.native.warpToSlot(slot);
  }

  /** The accounts at these addresses, absences included. */
  dump(addresses: Iterable<Pubkey>): LoadedState {
    const state = new LoadedState();
    for (const address of addresses) state.set(address, this.get(address) ?? null);
    return state;
  }

  environment(): SvmEnvironment {
    const last = this.blockhash;
    return {
      features: this.features,
      blockhashes: { last, isValid: (hash) => hex(hash) === hex(last) },
      lamportsPerSignature: 5000n,
      signatures: 'off',
    };
  }

  /** Runs the transaction in the native VM: this world does not change. */
  runNative(transaction: Uint8Array): RunResult {
    const keys = this.accountKeys(transaction);
    const parsed = parseTransaction(transaction);
    const ran =
      parsed.version === 'legacy'
        ? this.native.simulateLegacyTransaction(transaction)
        : this.native.simulateVersionedTransaction(transaction);
    const failed = ran instanceof FailedTransactionMetadata;
    const meta = ran.meta();
    const returned = meta.returnData();
    const changed = failed
      ? this.#afterFailure(transaction, parsed)
      : new Map(
          ran
            .postAccounts()
            .map((entry) => [Pubkey.from(entry.address).key, fromNative(entry.account())]),
        );
    const post: Record<string, PlainAccount | null> = {};
    for (const key of keys) {
      const account = changed.get(key.key) ?? this.get(key);
      post[key.toBase58()] = account?.lamports === 0n ? null : plain(account);
    }
    return {
      error: failed ? transactionError(ran) : undefined,
      units: Number(meta.computeUnitsConsumed()),
      logs: meta.logs(),
      returnData:
        returned.data().length === 0
          ? undefined
          : { programId: base58.encode(returned.programId()), data: hex(returned.data()) },
      inner: meta.innerInstructions().map((list) =>
        list.map((inner) => ({
          programIndex: inner.instruction().programIdIndex(),
          accounts: [...inner.instruction().accounts()],
          data: hex(inner.instruction().data()),
          stackHeight: inner.stackHeight(),
        })),
      ),
      post,
    };
  }

  /**
   * A failed simulation gives no accounts, so the transaction is sent, and what it took from those
   * that may pay is given back. By key.
   */
  #afterFailure(transaction: Uint8Array, parsed: ParsedTransaction): Map<string, Account> {
    const payers = parsed.staticKeys
      .slice(0, parsed.header.numRequiredSignatures)
      .flatMap((key) => {
        const before = this.native.getAccount(key.bytes);
        return before === null ? [] : [{ key, before }];
      });
    if (parsed.version === 'legacy') this.native.sendLegacyTransaction(transaction);
    else this.native.sendVersionedTransaction(transaction);
    const changed = new Map<string, Account>();
    for (const { key, before } of payers) {
      const after = this.native.getAccount(key.bytes);
      const account = after === null ? { ...fromNative(before), lamports: 0n } : fromNative(after);
      changed.set(key.key, account);
      if (account.lamports !== before.lamports()) this.native.setAccount(key.bytes, before);
    }
    return changed;
  }

  /** Runs the transaction in this project's VM, loading from the world what it asks for. */
  runOurs(transaction: Uint8Array, environment: SvmEnvironment = this.environment()): OurRun {
    const parsed = parseTransaction(transaction);
    const state = new LoadedState();
    for (let rounds = 0; rounds < 8; rounds++) {
      try {
        const outcome = executeTransaction(parsed, state, environment);
        return { result: plainOutcome(outcome), outcome, rounds };
      } catch (error) {
        if (!(error instanceof MissingStateError)) throw error;
        for (const address of error.addresses) state.set(address, this.get(address) ?? null);
      }
    }
    throw new Error('the run still lacks state after 8 rounds');
  }

  /**
   * Runs it on both sides.
   *
   * @param except - aspects that the comparison leaves out
   * @throws Error that lists what differs
   */
  expectSame(transaction: Uint8Array, except: readonly Aspect[] = []): OurRun {
    const theirs = this.runNative(transaction);
    const ours = this.runOurs(transaction);
    const found = differences(theirs, ours.result, except);
    if (found.length > 0) throw new Error(`not as agave:\n${found.join('\n')}`);
    return ours;
  }

  /** Static keys, then those that lookup tables give. */
  private accountKeys(transaction: Uint8Array): Pubkey[] {
    const parsed = parseTransaction(transaction);
    const looked = (kind: 'writableIndexes' | 'readonlyIndexes') =>
      parsed.lookups.flatMap((lookup) => {
        const data = this.get(lookup.table)?.data ?? new Uint8Array();
        return [...lookup[kind]].flatMap((index) => {
          const at = 56 + 32 * index;
          return at + 32 <= data.length ? [Pubkey.from(data.subarray(at, at + 32))] : [];
        });
      });
    return [...parsed.staticKeys, ...looked('writableIndexes'), ...looked('readonlyIndexes')];
  }
}

export function plainOutcome(outcome: SvmOutcome): RunResult {
  return {
    error: outcome.error,
    units: outcome.computeUnits,
    logs: outcome.logs,
    returnData: outcome.returnData && {
      programId: outcome.returnData.programId.toBase58(),
      data: hex(outcome.returnData.data),
    },
    inner: outcome.innerInstructions.map((list) =>
      list.map((inner) => ({
        programIndex: inner.programIndex,
        accounts: [...inner.accounts],
        data: hex(inner.data),
        stackHeight: inner.stackHeight,
      })),
    ),
    post: Object.fromEntries(
      outcome.accounts.map((account) => [account.address.toBase58(), plain(account.after)]),
    ),
  };
}

/** Where two runs differ, a line for each. */
export function differences(
  theirs: RunResult,
  ours: RunResult,
  except: readonly Aspect[] = [],
): string[] {
  const lines: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) lines.push(`${what}: theirs ${shorten(left)}, ours ${shorten(right)}`);
  };
  const aspects = (['error', 'units', 'returnData', 'inner'] as const).filter(
    (aspect) => !except.includes(aspect),
  );
  for (const aspect of aspects) compare(aspect, theirs[aspect], ours[aspect]);
  if (!except.includes('logs')) {
    const length = Math.max(theirs.logs.length, ours.logs.length);
    for (let line = 0; line < length; line++) {
      compare(`log ${line}`, theirs.logs[line], ours.logs[line]);
    }
  }
  if (!except.includes('post')) {
    for (const address of new Set([...Object.keys(theirs.post), ...Object.keys(ours.post)])) {
      compare(address, stored(theirs.post[address], ours.post[address]), ours.post[address]);
    }
  }
  return lines;
}

/**
 * litesvm stores every writable account, and with it the rent epoch of exempt ones; agave stores those
 * that the transaction touched (`update_accounts_for_successful_tx`), so that old epochs stay.
 */
function stored(
  theirs: PlainAccount | null | undefined,
  ours: PlainAccount | null | undefined,
): PlainAccount | null | undefined {
  if (!theirs || !ours || theirs.rentEpoch !== EXEMPT_RENT_EPOCH) return theirs;
  return { ...theirs, rentEpoch: ours.rentEpoch };
}

const EXEMPT_RENT_EPOCH = String(2n ** 64n - 1n);

function shorten(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
}
