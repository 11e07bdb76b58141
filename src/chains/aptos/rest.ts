/**
 * The methods of an Aptos node that are used. Every read names the ledger version it is for, so that all
 * that a preview rests on is of one version. Source: aptos-core `api/src`.
 */
import { type Infer, is, type Struct } from '@metamask/superstruct';
import { StateError } from '../../vm-preview/errors';
import type { StateKey, StateValue } from '../../vm-preview/move/aptos/state';
import { encodeStateKey } from '../../vm-preview/move/aptos/storage';
import { BcsReader } from '../../vm-preview/move/core/bcs';
import { typeTagText } from '../../vm-preview/move/core/types';
import { endpointHost, endpointUrl } from '../endpoint';
import {
  answerError,
  type HttpAnswer,
  type HttpOptions,
  type HttpRequest,
  parseJson,
  requestBytes,
} from '../http';
import { fullAddress } from './address';
import {
  accountShape,
  BCS,
  errorShape,
  gasShape,
  get,
  hashShape,
  isNotOffered,
  landedShape,
  ledgerShape,
  post,
  readNamedModule,
  readStateValue,
  statusShape,
  u64,
} from './rest-wire';

/** A value may have 1 MiB (`max_bytes_per_write_op`); its metadata and lengths come on top. */
const MAX_VALUE_BYTES = 1024 * 1024 + 256;
/** All modules of an account. */
const MAX_MODULES_BYTES = 6 * 1024 * 1024;
const MAX_MODULES = 500;
const SIGNED_TRANSACTION = 'application/x.aptos.signed_transaction+bcs';

/** Error codes that say that there is nothing at the key. */
const ABSENT: ReadonlySet<string> = new Set([
  'account_not_found',
  'resource_not_found',
  'module_not_found',
  'table_item_not_found',
  'state_value_not_found',
]);

export interface LedgerInfo {
  readonly chainId: number;
  readonly epoch: bigint;
  readonly version: bigint;
  readonly oldestVersion: bigint;
  /** Of the last block. */
  readonly timestampMicros: bigint;
  readonly blockHeight: bigint;
}

export type TransactionStatus =
  | { readonly kind: 'unknown' | 'pending' }
  | {
      readonly kind: 'landed';
      readonly version: bigint;
      readonly success: boolean;
      readonly vmStatus: string;
    };

export class AptosRest {
  /** Known from the first answer on; every later one must have it. */
  #chainId: number | undefined;
  #hasRawValues = true;

  /** @param endpoint - ends in `/v1`. @throws StateError `endpoint-not-allowed` */
  constructor(
    readonly endpoint: string,
    private readonly options: HttpOptions = {},
  ) {
    endpointUrl(endpoint);
  }

  get host(): string {
    return endpointHost(this.endpoint);
  }

  /** Whether values come with what was paid for them, which refunds rest on. */
  get hasMetadata(): boolean {
    return this.#hasRawValues;
  }

  async ledger(): Promise<LedgerInfo> {
    const answer = await this.#json({ method: 'GET' }, ledgerShape, 'ledger information');
    this.#chainId = answer.chain_id;
    return {
      chainId: answer.chain_id,
      epoch: BigInt(answer.epoch),
      version: BigInt(answer.ledger_version),
      oldestVersion: BigInt(answer.oldest_ledger_version),
      timestampMicros: BigInt(answer.ledger_timestamp),
      blockHeight: BigInt(answer.block_height),
    };
  }

  /**
   * @returns null where the chain has no value at that version
   * @throws StateError `node-other-version`, `node-version-pruned`, `node-other-chain`,
   * `node-answer-malformed`, `node-without-raw-values`, and those of `requestBytes`
   */
  async value(key: StateKey, version: bigint): Promise<StateValue | null> {
    if (this.#hasRawValues) {
      const found = await this.#rawValue(key, version);
      if (found !== undefined) return found;
      this.#hasRawValues = false;
    }
    const answer = await this.#send(this.#plainRequest(key, version), MAX_VALUE_BYTES, version);
    return answer === null ? null : { bytes: answer };
  }

  /** Undefined where the node does not offer the method. */
  async #rawValue(key: StateKey, version: bigint): Promise<StateValue | null | undefined> {
    const request = post('/experimental/state_values/raw', version, encodeStateKey(key));
    try {
      const answer = await this.#send(request, MAX_VALUE_BYTES, version);
      return answer === null ? null : this.#decode('a state value', answer, readStateValue);
    } catch (error) {
      if (isNotOffered(error)) return undefined;
      throw error;
    }
  }

  #plainRequest(key: StateKey, version: bigint): HttpRequest {
    switch (key.kind) {
      case 'resource':
        return get(
          `/accounts/${fullAddress(key.address)}/resource/${typeTagText(key.type)}`,
          version,
        );
      case 'module':
        return get(`/accounts/${fullAddress(key.address)}/module/${key.name}`, version);
      case 'tableItem':
        return post(`/tables/${fullAddress(key.handle)}/raw_item`, version, key.key);
      case 'group':
      case 'raw':
        throw new StateError(
          'node-without-raw-values',
          `${this.host} does not give out state as the chain keeps it, so that nothing can be previewed on it`,
          { host: this.host },
        );
    }
  }

  /** All modules of an account by name; undefined where there are more than fit one answer. */
  async modules(address: string, version: bigint): Promise<Map<string, Uint8Array> | undefined> {
    const request: HttpRequest = {
      method: 'GET',
      path: `/accounts/${address}/modules`,
      query: { ledger_version: version.toString(), limit: String(MAX_MODULES) },
      headers: { accept: BCS },
    };
    const answer = await this.#answer(request, MAX_MODULES_BYTES, version);
    if (answer === null || answer.headers.get('x-aptos-cursor') !== null) return undefined;
    return this.#decode('modules', answer.body, (reader) => {
      const modules = new Map<string, Uint8Array>();
      const rows = reader.list('modules', readNamedModule, MAX_MODULES);
      for (const { code, name, owner } of rows) {
        if (owner !== address) throw this.#malformed('modules');
        modules.set(name, code);
      }
      // A page that is full may not be the last, and the header that says so may be hidden.
      return rows.length === MAX_MODULES ? undefined : modules;
    });
  }

  /** `undefined` where the chain has no account resource for the address. */
  async account(
    address: string,
  ): Promise<{ sequenceNumber: bigint; authenticationKey: string } | undefined> {
    const request: HttpRequest = { method: 'GET', path: `/accounts/${address}` };
    const answer = await this.#answer(request, undefined, undefined);
    if (answer === null) return undefined;
    const found = this.#shaped(parseJson(answer, this.host), accountShape, 'account');
    return {
      sequenceNumber: BigInt(found.sequence_number),
      authenticationKey: found.authentication_key,
    };
  }

  /** Octas for a gas unit that usually suffice. */
  async gasUnitPrice(): Promise<bigint> {
    const request: HttpRequest = { method: 'GET', path: '/estimate_gas_price' };
    return BigInt((await this.#json(request, gasShape, 'gas price')).gas_estimate);
  }

  /** Smallest units, of a coin or of a fungible asset, in whatever form it is held. */
  async balance(address: string, asset: string): Promise<bigint> {
    const path = `/accounts/${address}/balance/${asset}`;
    const answer = await this.#answer({ method: 'GET', path }, undefined, undefined);
    if (answer === null) return 0n;
    return BigInt(this.#shaped(parseJson(answer, this.host), u64, 'balance'));
  }

  /** @returns the transaction's hash as the node has it, 0x and hex */
  async submit(signed: Uint8Array): Promise<string> {
    const request: HttpRequest = {
      method: 'POST',
      path: '/transactions',
      headers: { 'content-type': SIGNED_TRANSACTION },
      body: signed,
    };
    return (await this.#json(request, hashShape, 'submission')).hash;
  }

  async transaction(hash: string): Promise<TransactionStatus> {
    const request: HttpRequest = { method: 'GET', path: `/transactions/by_hash/${hash}` };
    const answer = await this.#answer(request, undefined, undefined, 'transaction_not_found');
    if (answer === null) return { kind: 'unknown' };
    const json = parseJson(answer, this.host);
    const status = this.#shaped(json, statusShape, 'transaction');
    if (status.hash.toLowerCase() !== hash.toLowerCase()) throw this.#malformed('transaction');
    if (status.type === 'pending_transaction') return { kind: 'pending' };
    const landed = this.#shaped(json, landedShape, 'transaction');
    return {
      kind: 'landed',
      version: BigInt(landed.version),
      success: landed.success,
      vmStatus: landed.vm_status,
    };
  }

  async #send(
    request: HttpRequest,
    maxBytes: number | undefined,
    version: bigint,
  ): Promise<Uint8Array | null> {
    return (await this.#answer(request, maxBytes, version))?.body ?? null;
  }

  /** Null where the node says that there is nothing. */
  async #answer(
    request: HttpRequest,
    maxBytes: number | undefined,
    version: bigint | undefined,
    absent?: string,
  ): Promise<HttpAnswer | null> {
    const limits = maxBytes === undefined ? {} : { maxBytes };
    const answer = await requestBytes(this.endpoint, request, { ...this.options, ...limits });
    this.#checkHeaders(answer, version);
    if (answer.status >= 200 && answer.status <= 299) return answer;
    const error = this.#errorOf(answer);
    const code = error?.error_code;
    if (code !== undefined && (code === absent || (absent === undefined && ABSENT.has(code)))) {
      return null;
    }
    throw this.#refusal(answer, error, version);
  }

  /**
   * A node tells its chain and its newest version with each answer. A page that it serves through a
   * gateway may not show them to scripts; what is shown must fit.
   */
  #checkHeaders({ headers }: HttpAnswer, version: bigint | undefined): void {
    const { host } = this;
    const chain = headers.get('x-aptos-chain-id');
    if (chain !== null && this.#chainId !== undefined && chain !== String(this.#chainId)) {
      throw new StateError('node-other-chain', `${host} answered for another chain than before`, {
        host,
        expected: this.#chainId,
        found: chain.slice(0, 20),
      });
    }
    const newest = headers.get('x-aptos-ledger-version');
    if (newest === null || version === undefined) return;
    if (!/^\d{1,20}$/.test(newest) || BigInt(newest) < version) {
      throw this.#otherVersion(version, newest.slice(0, 20));
    }
  }

  #otherVersion(version: bigint, found: string): StateError {
    return new StateError(
      'node-other-version',
      `${this.host} answered for another version of the ledger than the one asked for`,
      { host: this.host, expected: version.toString(), found },
    );
  }

  #errorOf(answer: HttpAnswer): Infer<typeof errorShape> | undefined {
    try {
      const json = parseJson(answer, this.host);
      return is(json, errorShape) ? json : undefined;
    } catch (error) {
      if (error instanceof StateError) return undefined;
      throw error;
    }
  }

  #refusal(
    answer: HttpAnswer,
    error: Infer<typeof errorShape> | undefined,
    version: bigint | undefined,
  ): StateError {
    const { host } = this;
    if (error === undefined) return answerError(this.endpoint, answer);
    const message = error.message.slice(0, 300);
    switch (error.error_code) {
      case 'version_not_found':
        return this.#otherVersion(version ?? 0n, message);
      case 'version_pruned':
        return new StateError('node-version-pruned', `${host} no longer has that version`, {
          host,
        });
      default:
        return new StateError('node-refused', `${host} refused: ${message}`, {
          host,
          status: answer.status,
          errorCode: error.error_code.slice(0, 60),
        });
    }
  }

  async #json<T, S>(request: HttpRequest, shape: Struct<T, S>, what: string): Promise<T> {
    const answer = await this.#answer(request, undefined, undefined);
    if (answer === null) throw this.#malformed(what);
    return this.#shaped(parseJson(answer, this.host), shape, what);
  }

  #shaped<T, S>(value: unknown, shape: Struct<T, S>, what: string): T {
    if (!is(value, shape)) throw this.#malformed(what);
    return value;
  }

  #decode<T>(what: string, bytes: Uint8Array, read: (reader: BcsReader) => T): T {
    const reader = new BcsReader(bytes);
    try {
      const value = read(reader);
      reader.end(what);
      return value;
    } catch (error) {
      if (error instanceof StateError) throw error;
      throw this.#malformed(what);
    }
  }

  #malformed(what: string): StateError {
    return new StateError(
      'node-answer-malformed',
      `${this.host} answered with ${what} in a shape that it does not have`,
      { host: this.host, what },
    );
  }
}
