/**
 * An Aptos chain in memory. State advances through the project's own VM alone: each transaction that is
 * taken is a block of its own.
 */

import { toHex } from '../../src/chains/hex';
import {
  type AptosOutcome,
  executeTransaction,
  ModuleCache,
  parseSignedTransaction,
  requestOf,
  type SignedTransaction,
  transactionHash,
} from '../../src/vm-preview/move/aptos';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import { CHAIN_ID, CONFIGURATION, TIMESTAMP } from './keys';
import { type Change, Ledger } from './ledger';
import { isSigned } from './signatures';

/** A transaction that is on the chain, or would be. */
export interface Executed {
  /** 0x and hex. */
  readonly hash: string;
  readonly version: number;
  readonly signed: SignedTransaction;
  readonly outcome: AptosOutcome;
  readonly timestampMicros: bigint;
}

/** The transaction that begins a block. */
export interface BlockStart {
  readonly version: number;
  readonly height: number;
  readonly timestampMicros: bigint;
}

export interface Pending {
  readonly hash: string;
  readonly signed: SignedTransaction;
}

export interface LedgerHead {
  readonly version: number;
  readonly oldestVersion: number;
  readonly height: number;
  readonly epoch: bigint;
  readonly timestampMicros: bigint;
}

/** A transaction that the chain does not take: the status code's name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly status: string) {
    super(status);
  }
}

/** Transactions that wait for others of their senders. */
const MAX_PARKED = 100;
/** Milliseconds without transactions after which a question about time makes a block. */
const IDLE_MS = 200;

export class Chain {
  readonly ledger = new Ledger();
  readonly cache = new ModuleCache();
  readonly #landed = new Map<number, Executed | BlockStart>();
  readonly #byHash = new Map<string, Executed>();
  readonly #parked = new Map<string, Pending>();
  /** Versions of the blocks' first transactions, by height. */
  readonly #blocks: number[] = [0];
  #timestampMicros: bigint;

  /**
   * @param genesis - all values of the chain, its id among them
   * @param now - milliseconds since 1970
   */
  constructor(
    readonly chainId: number,
    genesis: Iterable<Change>,
    private readonly now: () => number,
  ) {
    this.#timestampMicros = BigInt(now()) * 1000n;
    this.ledger.commit([...genesis, [CHAIN_ID, { bytes: Uint8Array.of(chainId) }], this.#time()]);
  }

  get head(): LedgerHead {
    return {
      version: this.ledger.version,
      oldestVersion: this.ledger.oldest,
      height: this.#blocks.length - 1,
      epoch: this.#epoch(),
      timestampMicros: this.#timestampMicros,
    };
  }

  /** Time passes without transactions, too. */
  tick(): void {
    if (BigInt(this.now() - IDLE_MS) * 1000n >= this.#timestampMicros)
      this.#startBlock(this.#next());
  }

  landed(version: number): Executed | BlockStart | undefined {
    return this.#landed.get(version);
  }

  find(hash: string): Executed | Pending | undefined {
    return this.#byHash.get(hash) ?? this.#parked.get(hash);
  }

  /** Version of the first transaction of a block, and of the one after its last. */
  block(height: number): { readonly first: number; readonly end: number } | undefined {
    const first = this.#blocks[height];
    const end = this.#blocks[height + 1] ?? this.ledger.version + 1;
    return first === undefined ? undefined : { first, end };
  }

  /** Of the block that has the version. */
  heightOf(version: number): number {
    const after = this.#blocks.findIndex((first) => first > version);
    return (after === -1 ? this.#blocks.length : after) - 1;
  }

  /** User transactions by the order in which they landed. */
  get transactions(): Iterable<Executed> {
    return this.#byHash.values();
  }

  /**
   * Runs a transaction and keeps what it did. One that comes before its time waits.
   *
   * @throws Refusal; MalformedError and BcsError for what is no transaction; CannotPreview
   */
  submit(bytes: Uint8Array): Executed | Pending {
    const signed = parseSignedTransaction(bytes);
    const hash = hashOf(signed);
    if (!isSigned(signed)) throw new Refusal('INVALID_SIGNATURE');
    const result = this.#land({ hash, signed });
    if (typeof result !== 'string') {
      this.#retryParked();
      return result;
    }
    if (result !== 'SEQUENCE_NUMBER_TOO_NEW' || this.#parked.size >= MAX_PARKED)
      throw new Refusal(result);
    this.#parked.set(hash, { hash, signed });
    return { hash, signed };
  }

  /** Runs a transaction without keeping anything; its signatures must not hold. */
  simulate(signed: SignedTransaction): Executed {
    const timestampMicros = this.#next();
    return {
      hash: hashOf(signed),
      version: this.ledger.version,
      signed,
      outcome: this.#run(signed, timestampMicros),
      timestampMicros,
    };
  }

  /** Status of one that is not taken. */
  #land({ hash, signed }: Pending): Executed | string {
    const timestampMicros = this.#next();
    const outcome = this.#run(signed, timestampMicros);
    if (outcome.status.kind === 'discarded') return outcome.status.code;
    this.#startBlock(timestampMicros);
    this.ledger.commit(outcome.changes.map(({ after, key }): Change => [key, after]));
    const executed = { hash, version: this.ledger.version, signed, outcome, timestampMicros };
    this.#landed.set(executed.version, executed);
    this.#byHash.set(hash, executed);
    return executed;
  }

  #retryParked(): void {
    for (let landed = true; landed; ) {
      landed = false;
      for (const pending of [...this.#parked.values()]) {
        const result = this.#land(pending);
        if (result === 'SEQUENCE_NUMBER_TOO_NEW') continue;
        this.#parked.delete(pending.hash);
        landed ||= typeof result !== 'string';
      }
    }
  }

  #run(signed: SignedTransaction, timestampMicros: bigint): AptosOutcome {
    const environment = { chainId: this.chainId, timestampMicros };
    return executeTransaction(requestOf(signed), this.ledger.newest, environment, this.cache);
  }

  /** Time always goes on. */
  #next(): bigint {
    const now = BigInt(this.now()) * 1000n;
    return now > this.#timestampMicros ? now : this.#timestampMicros + 1n;
  }

  /**
   * The chain runs `block::block_prologue`, which also counts the votes and rewards of validators; this
   * one has none, so that the clock is all that is left of it, and is set directly.
   */
  #startBlock(timestampMicros: bigint): void {
    this.#timestampMicros = timestampMicros;
    this.ledger.commit([this.#time()]);
    const { version } = this.ledger;
    this.#blocks.push(version);
    this.#landed.set(version, { version, height: this.#blocks.length - 1, timestampMicros });
  }

  #time(): Change {
    return [TIMESTAMP, { bytes: new BcsWriter().u64(this.#timestampMicros).finish() }];
  }

  #epoch(): bigint {
    const bytes = this.ledger.newest.read(CONFIGURATION)?.bytes;
    if (bytes === undefined) return 1n;
    return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  }
}

export function hashOf(signed: SignedTransaction): string {
  return `0x${toHex(transactionHash(signed))}`;
}
