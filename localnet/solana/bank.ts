/**
 * A chain of one node over litesvm: slots that pass with time, blockhashes that live 150 slots, and
 * agave's rules where litesvm has its own (durable nonces, fees of what cannot be loaded).
 */
import { base58 } from '@scure/base';
import {
  Account,
  FailedTransactionMetadata,
  LiteSvm,
  type SimulatedTransactionInfo,
  type TransactionMetadata,
} from 'litesvm/dist/internal';
import type { TransactionError } from '../../src/vm-preview/svm/errors/transaction-error';
import {
  type ParsedTransaction,
  parseTransaction,
} from '../../src/vm-preview/svm/transaction/message';
import { Blockhashes, equal } from './blockhashes';
import { landing, transactionError } from './errors';
import { feeOf } from './fee';
import { loadedAddresses } from './lookup-tables';
import { durableNonce, nonceOf, usedNonce, withNonce } from './nonce';
import { areSigned } from './signatures';
import { SLOTS_PER_EPOCH, setLastingSysvars, setSlotSysvars } from './sysvars';

/** Later than litesvm's own programs were deployed, and past the first slots of its epoch. */
export const FIRST_SLOT = 447_552_000n + 1_000n;
/** Blocks lag behind slots on the real chain; here by the slots before the first. */
const FIRST_BLOCK_HEIGHT = 1_000n;
const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const MAX_RENT_EPOCH = 2n ** 64n - 1n;

export interface BankOptions {
  /** How long a slot takes; with 0 only `advance` makes them pass. */
  readonly slotMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A transaction that landed. */
export interface Landed {
  readonly signature: string;
  readonly slot: bigint;
  /** Seconds since 1970. */
  readonly blockTime: bigint;
  readonly bytes: Uint8Array;
  readonly transaction: ParsedTransaction;
  /** Base58, in the message's order: static keys, then those loaded through tables. */
  readonly addresses: readonly string[];
  readonly error: TransactionError | undefined;
  readonly metadata: TransactionMetadata;
  readonly fee: bigint;
  readonly before: readonly (Account | null)[];
  readonly after: readonly (Account | null)[];
}

export interface Simulated {
  readonly error: TransactionError | undefined;
  readonly metadata: TransactionMetadata | undefined;
  /** By base58 address; empty when it failed, since litesvm gives none then. */
  readonly after: ReadonlyMap<string, Account>;
}

export class Bank {
  readonly svm = new LiteSvm();
  readonly #hashes: Blockhashes;
  readonly #landed = new Map<string, Landed>();
  readonly #byAddress = new Map<string, string[]>();
  readonly #listeners = new Set<(landed: Landed) => void>();
  readonly #startedAt: number;
  #slot = FIRST_SLOT;
  #advanced = 0n;

  constructor(readonly options: BankOptions) {
    this.#startedAt = options.now();
    this.#hashes = new Blockhashes(`started ${this.#startedAt}`);
    this.svm.setSigverify(false);
    this.svm.setBlockhashCheck(false);
    this.svm.setTransactionHistory(0n);
    setLastingSysvars(this.svm);
    this.#setSlot(FIRST_SLOT);
  }

  /** The slot that time has reached. */
  get slot(): bigint {
    const { slotMilliseconds, now } = this.options;
    const passed =
      slotMilliseconds === 0 ? 0 : Math.floor((now() - this.#startedAt) / slotMilliseconds);
    const slot = FIRST_SLOT + this.#advanced + BigInt(Math.max(0, passed));
    if (slot > this.#slot) this.#setSlot(slot);
    return this.#slot;
  }

  get blockHeight(): bigint {
    return this.slot - FIRST_SLOT + FIRST_BLOCK_HEIGHT;
  }

  get transactionCount(): number {
    return this.#landed.size;
  }

  get blockhash(): Uint8Array {
    return this.#hashes.blockhash(this.slot);
  }

  isRecent(blockhash: Uint8Array): boolean {
    return this.#hashes.isRecent(blockhash, this.slot);
  }

  /** Lets slots pass at once. */
  advance(slots: bigint): void {
    this.#advanced += slots;
    this.#setSlot(this.#slot + slots);
  }

  onLanded(listener: (landed: Landed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  landed(signature: string): Landed | undefined {
    return this.#landed.get(signature);
  }

  /** Signatures of the transactions that name an address, newest first. */
  signaturesOf(address: string): readonly string[] {
    return [...(this.#byAddress.get(address) ?? [])].reverse();
  }

  account(address: Uint8Array): Account | undefined {
    const account = this.svm.getAccount(address) ?? undefined;
    // An account without lamports does not exist.
    return account === undefined || account.lamports() === 0n ? undefined : account;
  }

  /** @param checks - what is looked at besides the run itself */
  simulate(
    bytes: Uint8Array,
    checks: { readonly signatures: boolean; readonly blockhash: boolean },
  ): Simulated {
    const transaction = parseTransaction(bytes);
    const refusal = this.#refusal(transaction, checks);
    if (refusal !== undefined) return { error: refusal, metadata: undefined, after: new Map() };
    const result =
      transaction.version === 'legacy'
        ? this.svm.simulateLegacyTransaction(bytes)
        : this.svm.simulateVersionedTransaction(bytes);
    if (result instanceof FailedTransactionMetadata) {
      return {
        error: this.#agaveError(transaction, transactionError(result)),
        metadata: result.meta(),
        after: new Map(),
      };
    }
    return { error: undefined, metadata: result.meta(), after: accountsOf(result) };
  }

  /**
   * Runs a transaction and keeps what it did.
   *
   * @returns the error of one that did not land, else what landed, failed or not
   */
  process(bytes: Uint8Array): Landed | { readonly refused: TransactionError } {
    const transaction = parseTransaction(bytes);
    const refusal = this.#refusal(transaction, { signatures: true, blockhash: true });
    if (refusal !== undefined) return { refused: refusal };
    const last = this.blockhash;
    const nonce = this.#usedNonce(transaction);
    const loaded = loadedAddresses(transaction, (address) => this.account(address)?.data());
    const addresses = [...transaction.staticKeys.map((key) => key.bytes), ...loaded];
    const before = addresses.map((address) => this.account(address) ?? null);

    const result =
      transaction.version === 'legacy'
        ? this.svm.sendLegacyTransaction(bytes)
        : this.svm.sendVersionedTransaction(bytes);
    const failed = result instanceof FailedTransactionMetadata;
    const metadata = failed ? result.meta() : result;
    const fee = feeOf(transaction);
    let error: TransactionError | undefined;
    if (failed) {
      error = this.#agaveError(transaction, transactionError(result));
      const how = landing(error, metadata.logs().length > 0, (index) =>
        programAt(transaction, index),
      );
      if (how === 'refused') return { refused: error };
      if (how === 'fees-only') this.#charge(addresses[0], fee);
      if (nonce !== undefined) this.#setNonce(nonce.address, nonce.next);
    } else {
      this.#correctNonces(addresses, durableNonce(transaction.recentBlockhash), durableNonce(last));
    }

    const landed: Landed = {
      signature: base58.encode(transaction.signatures[0] ?? new Uint8Array()),
      slot: this.#slot,
      blockTime: this.svm.getClock().unixTimestamp,
      bytes,
      transaction,
      addresses: addresses.map((address) => base58.encode(address)),
      error,
      metadata,
      fee,
      before,
      after: addresses.map((address) => this.account(address) ?? null),
    };
    this.#keep(landed);
    return landed;
  }

  #refusal(
    transaction: ParsedTransaction,
    checks: { readonly signatures: boolean; readonly blockhash: boolean },
  ): TransactionError | undefined {
    if (checks.signatures && !areSigned(transaction)) return 'SignatureFailure';
    if (!checks.blockhash) return undefined;
    const signature = transaction.signatures[0];
    if (signature !== undefined && this.#landed.has(base58.encode(signature))) {
      return 'AlreadyProcessed';
    }
    if (this.isRecent(transaction.recentBlockhash)) return undefined;
    return this.#usedNonce(transaction) === undefined ? 'BlockhashNotFound' : undefined;
  }

  #usedNonce(transaction: ParsedTransaction): ReturnType<typeof usedNonce> {
    if (this.isRecent(transaction.recentBlockhash)) return undefined;
    return usedNonce(transaction, this.blockhash, (address) => {
      const account = this.account(address);
      return account && isSystemOwned(account) ? account.data() : undefined;
    });
  }

  /** litesvm does not tell a program that is missing from one that is none. */
  #agaveError(transaction: ParsedTransaction, error: TransactionError): TransactionError {
    if (error !== 'InvalidProgramForExecution') return error;
    const missing = transaction.instructions.some(({ programIdIndex }) => {
      const program = transaction.staticKeys[programIdIndex];
      return program !== undefined && this.account(program.bytes) === undefined;
    });
    return missing ? 'ProgramAccountNotFound' : error;
  }

  #charge(payer: Uint8Array | undefined, fee: bigint): void {
    const account = payer === undefined ? undefined : this.account(payer);
    if (payer === undefined || account === undefined) return;
    this.#set(payer, account, account.lamports() - fee, account.data());
  }

  /** litesvm advances a nonce to the hash that the transaction names, agave to the newest one. */
  #correctNonces(addresses: readonly Uint8Array[], given: Uint8Array, right: Uint8Array): void {
    for (const address of addresses) {
      const account = this.account(address);
      const nonce = account && isSystemOwned(account) ? nonceOf(account.data()) : undefined;
      if (nonce !== undefined && equal(nonce, given)) this.#setNonce(address, right);
    }
  }

  #setNonce(address: Uint8Array, nonce: Uint8Array): void {
    const account = this.account(address);
    if (account === undefined) return;
    this.#set(address, account, account.lamports(), withNonce(account.data(), nonce));
  }

  #set(address: Uint8Array, account: Account, lamports: bigint, data: Uint8Array): void {
    this.svm.setAccount(
      address,
      new Account(lamports, data, account.owner(), account.executable(), MAX_RENT_EPOCH),
    );
  }

  #keep(landed: Landed): void {
    this.#landed.set(landed.signature, landed);
    for (const address of new Set(landed.addresses)) {
      const known = this.#byAddress.get(address);
      if (known === undefined) this.#byAddress.set(address, [landed.signature]);
      else known.push(landed.signature);
    }
    for (const listener of this.#listeners) listener(landed);
  }

  #setSlot(slot: bigint): void {
    this.#slot = slot;
    const seconds = (milliseconds: number) => BigInt(Math.floor(milliseconds / 1000));
    const epochAge = Number(slot % SLOTS_PER_EPOCH) * this.options.slotMilliseconds;
    const now = this.options.now();
    setSlotSysvars(this.svm, this.#hashes, slot, seconds(now), seconds(now - epochAge));
  }
}

function isSystemOwned(account: Account): boolean {
  return base58.encode(account.owner()) === SYSTEM_PROGRAM;
}

function programAt(transaction: ParsedTransaction, index: number): string | undefined {
  const instruction = transaction.instructions[index];
  return transaction.staticKeys[instruction?.programIdIndex ?? -1]?.toBase58();
}

function accountsOf(result: SimulatedTransactionInfo): ReadonlyMap<string, Account> {
  return new Map(
    result.postAccounts().map((entry) => [base58.encode(entry.address), entry.account()]),
  );
}
