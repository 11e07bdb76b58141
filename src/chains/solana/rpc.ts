/** The methods of a Solana node that are used, each with the shape its answer must have. */
import {
  array,
  boolean,
  define,
  type Infer,
  literal,
  nullable,
  number,
  optional,
  string,
  tuple,
  type,
  unknown,
} from '@metamask/superstruct';
import { StateError } from '../../vm-preview/errors';
import type { Account } from '../../vm-preview/svm/account';
import { Pubkey } from '../../vm-preview/svm/pubkey';
import { decodeBase64, encodeBase64 } from '../base64';
import type { HttpOptions } from '../http';
import { JsonRpcClient } from '../json-rpc';
import { FEATURE_PROGRAM } from './programs';

/** What a node reads at: state that most validators have voted on. */
export const COMMITMENT = 'confirmed';
export const MAX_ACCOUNTS_PER_CALL = 100;
/** Bounds an answer with account data: what one transaction may load is 64 MiB, and base64 adds a third. */
export const MAX_ACCOUNTS_ANSWER_BYTES = 48 * 1024 * 1024;
/** A node may need long to send programs of megabytes. */
const ACCOUNTS_TIMEOUT_MS = 30_000;

/** The node is behind, catching up, or has no such block yet. */
const TRANSIENT_ERRORS = new Set([-32004, -32005, -32014, -32016]);

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** A number where a double holds it, else digits (see `quoteLargeIntegers`). */
function isUnsigned(value: unknown): value is number | string {
  return typeof value === 'number'
    ? Number.isSafeInteger(value) && value >= 0
    : typeof value === 'string' && /^\d{16,20}$/.test(value);
}

const u64 = define<number | string>(
  'u64',
  (value) => isUnsigned(value) && BigInt(value) <= U64_MAX,
);

/** Usually 2^64-1, which a node that passed it through a double has rounded up. */
const rentEpoch = define<number | string>('rent epoch', isUnsigned);

const base58Address = define<string>(
  'address',
  (value) => typeof value === 'string' && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(value),
);

const accountShape = type({
  lamports: u64,
  owner: base58Address,
  data: tuple([string(), literal('base64')]),
  executable: boolean(),
  rentEpoch: optional(rentEpoch),
  space: optional(number()),
});

const context = type({ slot: u64 });
const multipleAccounts = type({ context, value: array(nullable(accountShape)) });
const programAccounts = array(type({ pubkey: base58Address, account: accountShape }));
const latestBlockhash = type({
  context,
  value: type({ blockhash: base58Address, lastValidBlockHeight: u64 }),
});
const signatureStatuses = type({
  context,
  value: array(
    nullable(type({ slot: u64, err: unknown(), confirmationStatus: optional(nullable(string())) })),
  ),
});

export interface AccountsAnswer {
  /** Lowest and highest slot of the calls it took. */
  readonly from: bigint;
  readonly to: bigint;
  /** In the order asked; `null` for an account that does not exist. */
  readonly accounts: readonly (Account | null)[];
  /** Full length of each account's data, where the node says it: a slice does not show it. */
  readonly spaces: readonly (number | undefined)[];
}

export interface FeatureAccount {
  readonly address: string;
  /** Slot of activation; `null` while it is pending. */
  readonly activatedAt: bigint | null;
}

export interface SignatureStatus {
  readonly slot: bigint;
  /** As the node's JSON has it; `null` for success. */
  readonly error: unknown;
  readonly confirmed: boolean;
}

export interface DataSlice {
  readonly offset: number;
  readonly length: number;
}

export class SolanaRpc {
  readonly #client: JsonRpcClient;

  /** @throws StateError `endpoint-not-allowed` */
  constructor(endpoint: string, options: HttpOptions = {}) {
    this.#client = new JsonRpcClient(endpoint, { ...options, transientErrors: TRANSIENT_ERRORS });
  }

  get host(): string {
    return this.#client.host;
  }

  getGenesisHash(): Promise<string> {
    return this.#client.call('getGenesisHash', [], base58Address);
  }

  /**
   * Reads accounts, 100 a call, the calls at the same time.
   *
   * @param minSlot - a node that is behind it is asked again, then refused
   * @throws StateError `node-slot-behind`, `node-answer-malformed`
   */
  async getAccounts(
    addresses: readonly Pubkey[],
    options: { minSlot?: bigint; slice?: DataSlice } = {},
  ): Promise<AccountsAnswer> {
    const chunks: Pubkey[][] = [];
    for (let start = 0; start < addresses.length; start += MAX_ACCOUNTS_PER_CALL) {
      chunks.push(addresses.slice(start, start + MAX_ACCOUNTS_PER_CALL));
    }
    const answers = await Promise.all(chunks.map((chunk) => this.#accounts(chunk, options)));
    const slots = answers.map((answer) => answer.from).sort((a, b) => (a < b ? -1 : 1));
    return {
      from: slots[0] ?? 0n,
      to: slots.at(-1) ?? 0n,
      accounts: answers.flatMap((answer) => answer.accounts),
      spaces: answers.flatMap((answer) => answer.spaces),
    };
  }

  async #accounts(
    addresses: readonly Pubkey[],
    options: { minSlot?: bigint; slice?: DataSlice },
  ): Promise<AccountsAnswer> {
    const answer = await this.#client.call(
      'getMultipleAccounts',
      [
        addresses.map((address) => address.toBase58()),
        {
          encoding: 'base64',
          commitment: COMMITMENT,
          ...(options.slice === undefined ? {} : { dataSlice: options.slice }),
          ...(options.minSlot === undefined ? {} : { minContextSlot: Number(options.minSlot) }),
        },
      ],
      multipleAccounts,
      { maxBytes: MAX_ACCOUNTS_ANSWER_BYTES, timeoutMs: ACCOUNTS_TIMEOUT_MS },
    );
    if (answer.value.length !== addresses.length) throw this.#malformed('getMultipleAccounts');
    const slot = BigInt(answer.context.slot);
    if (options.minSlot !== undefined && slot < options.minSlot) {
      throw new StateError(
        'node-slot-behind',
        `${this.host} answered for slot ${slot}, before slot ${options.minSlot} that it had shown`,
        { host: this.host, slot: slot.toString(), expected: options.minSlot.toString() },
      );
    }
    return {
      from: slot,
      to: slot,
      accounts: answer.value.map((value) =>
        value === null ? null : this.#account(value, options.slice),
      ),
      spaces: answer.value.map((value) => value?.space),
    };
  }

  #account(value: Infer<typeof accountShape>, slice?: DataSlice): Account {
    const data = decodeBase64(value.data[0]);
    const expected =
      slice === undefined
        ? value.space
        : value.space === undefined
          ? undefined
          : Math.max(0, Math.min(slice.length, value.space - slice.offset));
    if (
      (expected !== undefined && data.length !== expected) ||
      data.length > (slice?.length ?? Infinity)
    ) {
      throw new StateError(
        'account-length',
        `${this.host} sent an account whose data has not the length that it says`,
        { host: this.host, length: data.length },
      );
    }
    return {
      lamports: BigInt(value.lamports),
      data,
      owner: Pubkey.fromBase58(value.owner),
      executable: value.executable,
      rentEpoch: atMost(BigInt(value.rentEpoch ?? 0), U64_MAX),
    };
  }

  /** The network's feature gates, active and pending. */
  async getFeatures(): Promise<FeatureAccount[]> {
    const answer = await this.#client.call(
      'getProgramAccounts',
      [FEATURE_PROGRAM, { encoding: 'base64', commitment: COMMITMENT }],
      programAccounts,
    );
    return answer.map(({ pubkey, account }) => {
      if (account.owner !== FEATURE_PROGRAM) throw this.#malformed('getProgramAccounts');
      const { data } = this.#account(account);
      return { address: pubkey, activatedAt: activationSlot(data) };
    });
  }

  async getLatestBlockhash(): Promise<{
    blockhash: string;
    lastValidBlockHeight: bigint;
    slot: bigint;
  }> {
    const answer = await this.#client.call(
      'getLatestBlockhash',
      [{ commitment: COMMITMENT }],
      latestBlockhash,
    );
    return {
      blockhash: answer.value.blockhash,
      lastValidBlockHeight: BigInt(answer.value.lastValidBlockHeight),
      slot: BigInt(answer.context.slot),
    };
  }

  async isBlockhashValid(blockhash: string): Promise<boolean> {
    const answer = await this.#client.call(
      'isBlockhashValid',
      [blockhash, { commitment: COMMITMENT }],
      type({ context, value: boolean() }),
    );
    return answer.value;
  }

  async getBlockHeight(): Promise<bigint> {
    return BigInt(await this.#client.call('getBlockHeight', [{ commitment: COMMITMENT }], u64));
  }

  async getSlot(): Promise<bigint> {
    return BigInt(await this.#client.call('getSlot', [{ commitment: COMMITMENT }], u64));
  }

  async getEpochInfo(): Promise<{ epoch: bigint; absoluteSlot: bigint; blockHeight: bigint }> {
    const answer = await this.#client.call(
      'getEpochInfo',
      [{ commitment: COMMITMENT }],
      type({ epoch: u64, absoluteSlot: u64, blockHeight: u64 }),
    );
    return {
      epoch: BigInt(answer.epoch),
      absoluteSlot: BigInt(answer.absoluteSlot),
      blockHeight: BigInt(answer.blockHeight),
    };
  }

  /** Lamports. */
  async getBalance(address: string): Promise<bigint> {
    const answer = await this.#client.call(
      'getBalance',
      [address, { commitment: COMMITMENT }],
      type({ context, value: u64 }),
    );
    return BigInt(answer.value);
  }

  /** Hands the signed transaction to the node. Not repeated on a broken connection: see `submit.ts`. */
  sendTransaction(transaction: Uint8Array, options: { skipPreflight: boolean }): Promise<string> {
    return this.#client.call(
      'sendTransaction',
      [
        encodeBase64(transaction),
        {
          encoding: 'base64',
          skipPreflight: options.skipPreflight,
          preflightCommitment: COMMITMENT,
        },
      ],
      define<string>(
        'signature',
        (value) => typeof value === 'string' && /^[1-9A-HJ-NP-Za-km-z]{64,90}$/.test(value),
      ),
    );
  }

  /** `undefined` while the network has not seen it. */
  async getSignatureStatus(signature: string): Promise<SignatureStatus | undefined> {
    const answer = await this.#client.call(
      'getSignatureStatuses',
      [[signature]],
      signatureStatuses,
    );
    const [status] = answer.value;
    if (status === undefined || answer.value.length !== 1) {
      throw this.#malformed('getSignatureStatuses');
    }
    if (status === null) return undefined;
    return {
      slot: BigInt(status.slot),
      error: status.err ?? null,
      confirmed:
        status.confirmationStatus === 'confirmed' || status.confirmationStatus === 'finalized',
    };
  }

  #malformed(method: string): StateError {
    return new StateError(
      'node-answer-malformed',
      `${this.host} answered ${method} in a shape that is not the one of this method`,
      { host: this.host, method },
    );
  }
}

function atMost(value: bigint, limit: bigint): bigint {
  return value > limit ? limit : value;
}

/** A feature account holds an optional slot. Source: solana-sdk `feature-gate-interface/src/lib.rs`. */
function activationSlot(data: Uint8Array): bigint | null {
  if (data.length < 9 || data[0] !== 1) return null;
  return new DataView(data.buffer, data.byteOffset).getBigUint64(1, true);
}
