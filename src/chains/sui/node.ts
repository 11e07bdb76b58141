/** What a Sui node is asked, checked and in our own terms. */
import type { Infer } from '@metamask/superstruct';
import { LookaheadError, StateError } from '../../vm-preview/errors';
import { digestOf, parseObject } from '../../vm-preview/move/sui/data';
import type { ObjectRequest, SuiObject } from '../../vm-preview/move/sui/state';
import { decodeBase64, encodeBase64 } from '../base64';
import { inParallel } from '../concurrency';
import { equalBytes } from '../hex';
import type { HttpOptions } from '../http';
import { digestText, fullAddress, parseDigest } from './address';
import { gaslessTokens } from './gasless-tokens';
import { GraphqlClient } from './graphql';
import * as queries from './queries';
import {
  balanceShape,
  balancesShape,
  coinShape,
  displayShape,
  effectsShape,
  executeShape,
  objectsShape,
  ownedShape,
  protocolShape,
  publishedShape,
  serviceShape,
  usedShape,
} from './shapes';

/** Each takes some 110 bytes of a question's 5,000. */
const KEYS_PER_QUESTION = 36;
/** Objects have up to 250 kB, and come as base64. */
const MAX_OBJECTS_BYTES = 8 * 1024 * 1024;
/** Questions at the same time. */
const WIDTH = 6;
/** Of coins: more than a transaction takes for gas. */
const MAX_PAGES = 6;

export interface ServiceInfo {
  /** Digest of the genesis checkpoint, base58. */
  readonly chain: string;
  readonly chainIdentifier: Uint8Array;
  readonly checkpoint: bigint;
  /** Of the checkpoint; milliseconds since 1970. */
  readonly timestampMs: bigint;
  readonly epoch: bigint;
  readonly epochTimestampMs: bigint;
  /** MIST for a gas unit. */
  readonly referenceGasPrice: bigint;
  readonly protocolVersion: number;
}

/** MIST, or the smallest unit of another coin. */
export interface Balance {
  readonly total: bigint;
  /** Of it, what is in no object. */
  readonly address: bigint;
}

export interface CoinWords {
  readonly decimals: number;
  readonly symbol: string | undefined;
  readonly name: string | undefined;
}

export interface Executed {
  readonly success: boolean;
  readonly error: string | undefined;
  /** BCS. */
  readonly effects: Uint8Array;
  readonly effectsDigest: Uint8Array;
}

export interface Landed {
  readonly success: boolean;
  readonly error: string | undefined;
  readonly checkpoint: bigint;
}

export interface ProtocolSettings {
  readonly features: [name: string, isOn: boolean][];
  /** Digits. */
  readonly numbers: [name: string, value: string][];
  /** Currencies that may be sent without gas, with the least of each in digits; none where the node does not say. */
  readonly gaslessTokens?: [type: string, least: string][] | undefined;
}

export class SuiNode {
  readonly #client: GraphqlClient;

  /** @throws StateError `endpoint-not-allowed` */
  constructor(
    readonly endpoint: string,
    options: HttpOptions = {},
  ) {
    this.#client = new GraphqlClient(endpoint, options);
  }

  get host(): string {
    return this.#client.host;
  }

  async service(): Promise<ServiceInfo> {
    const what = 'its chain and newest checkpoint';
    const found = await this.#client.ask({ what, query: queries.SERVICE }, serviceShape);
    const { checkpoint } = found;
    const chainIdentifier = parseDigest(found.chainIdentifier);
    const time = Date.parse(checkpoint.timestamp);
    const start = Date.parse(checkpoint.epoch.startTimestamp);
    if (chainIdentifier === undefined || Number.isNaN(time) || Number.isNaN(start)) {
      throw this.#client.malformed(what);
    }
    return {
      chain: found.chainIdentifier,
      chainIdentifier,
      checkpoint: BigInt(checkpoint.sequenceNumber),
      timestampMs: BigInt(time),
      epoch: BigInt(checkpoint.epoch.epochId),
      epochTimestampMs: BigInt(start),
      referenceGasPrice: BigInt(checkpoint.epoch.referenceGasPrice),
      protocolVersion: Number(checkpoint.epoch.protocolConfigs.protocolVersion),
    };
  }

  /** What a version of the protocol sets, as the network has it. */
  async protocol(version: number): Promise<ProtocolSettings> {
    const what = 'the protocol’s settings';
    const { protocolConfigs: found } = await this.#client.ask(
      { what, query: queries.PROTOCOL, variables: { version } },
      protocolShape,
    );
    if (found.protocolVersion !== version) throw this.#client.malformed(what);
    return {
      features: found.featureFlags.map(({ key, value }) => [key, value]),
      // Few of the others are no integers, and none of those decides what a transaction does.
      numbers: found.configs.flatMap(({ key, value }) =>
        value !== null && /^\d{1,20}$/.test(value) ? [[key, value] as [string, string]] : [],
      ),
      gaslessTokens: gaslessTokens(found.configs),
    };
  }

  /**
   * Objects in the order of the requests; null for one that does not exist there.
   *
   * @param checkpoint - as of which the latest are read
   * @throws StateError `node-other-object`, `node-object-pruned`, and those of `GraphqlClient.ask`
   */
  async objects(
    requests: readonly ObjectRequest[],
    checkpoint: bigint,
  ): Promise<(SuiObject | null)[]> {
    const chunks: (readonly ObjectRequest[])[] = [];
    for (let i = 0; i < requests.length; i += KEYS_PER_QUESTION) {
      chunks.push(requests.slice(i, i + KEYS_PER_QUESTION));
    }
    const answers = await inParallel(chunks, WIDTH, (chunk) => this.#chunk(chunk, checkpoint));
    return answers.flat();
  }

  async #chunk(
    requests: readonly ObjectRequest[],
    checkpoint: bigint,
  ): Promise<(SuiObject | null)[]> {
    const what = 'objects';
    const keys = requests.map((request) => objectKey(request, checkpoint));
    const question = {
      what,
      query: queries.OBJECTS,
      variables: { keys },
      maxBytes: MAX_OBJECTS_BYTES,
    };
    try {
      const { multiGetObjects } = await this.#client.ask(question, objectsShape);
      if (multiGetObjects.length !== requests.length) throw this.#client.malformed(what);
      return requests.map((request, i) => this.#object(request, multiGetObjects[i] ?? null));
    } catch (error) {
      const isTooLarge = error instanceof StateError && error.code === 'node-answer-too-large';
      if (!isTooLarge || requests.length === 1) throw error;
      const half = requests.length >> 1;
      return [
        ...(await this.#chunk(requests.slice(0, half), checkpoint)),
        ...(await this.#chunk(requests.slice(half), checkpoint)),
      ];
    }
  }

  #object(request: ObjectRequest, answer: { objectBcs: string | null } | null): SuiObject | null {
    if (answer === null) return null;
    const { host } = this;
    const id = fullAddress(request.id);
    if (answer.objectBcs === null) {
      throw new StateError('node-object-pruned', `${host} no longer has object ${id}`, {
        host,
        object: id,
      });
    }
    const object = this.#parsed(answer.objectBcs);
    const { bound } = request;
    const fits =
      bound.kind === 'latest' ||
      (bound.kind === 'exact' ? object.version === bound.version : object.version <= bound.version);
    if (!equalBytes(object.id, request.id) || !fits) {
      throw new StateError(
        'node-other-object',
        `${host} answered with another object, or another version of it, than the one asked for`,
        { host, object: id, found: fullAddress(object.id), version: object.version.toString() },
      );
    }
    return object;
  }

  #parsed(text: string): SuiObject {
    try {
      return parseObject(decodeBase64(text));
    } catch (error) {
      if (error instanceof LookaheadError) throw this.#client.malformed('an object');
      throw error;
    }
  }

  /** All that an address owns of a type, as of a checkpoint; the richest coins first. */
  async owned(owner: string, objectType: string, checkpoint: bigint): Promise<SuiObject[]> {
    const objects: SuiObject[] = [];
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const found: Infer<typeof ownedShape> = await this.#client.ask(
        {
          what: 'what an account owns',
          query: queries.OWNED,
          variables: { owner, type: objectType, checkpoint: Number(checkpoint), after },
        },
        ownedShape,
      );
      if (found.address === null) break;
      const { nodes, pageInfo } = found.address.objects;
      for (const { objectBcs } of nodes) {
        if (objectBcs !== null) objects.push(this.#parsed(objectBcs));
      }
      if (!pageInfo.hasNextPage || pageInfo.endCursor === null) break;
      after = pageInfo.endCursor;
    }
    return objects;
  }

  async balance(owner: string, coinType: string): Promise<Balance> {
    const { address } = await this.#client.ask(
      { what: 'a balance', query: queries.BALANCE, variables: { owner, type: coinType } },
      balanceShape,
    );
    const found = address?.balance;
    return { total: big(found?.totalBalance), address: big(found?.addressBalance) };
  }

  /** In the order of the keys; undefined where the node does not say. */
  async balances(
    keys: readonly { readonly address: string; readonly coinType: string }[],
    checkpoint: bigint,
  ): Promise<(Balance | undefined)[]> {
    const found = await this.#optional(
      this.#client.ask(
        {
          what: 'balances',
          query: queries.BALANCES,
          variables: { checkpoint: Number(checkpoint), keys },
        },
        balancesShape,
      ),
    );
    const rows = found?.checkpoint?.query?.multiGetBalances;
    return keys.map((_, i) => {
      const row = rows?.[i];
      return row === undefined
        ? undefined
        : { total: big(row.totalBalance), address: big(row.addressBalance) };
    });
  }

  /** null where the coin has no metadata. */
  async coin(coinType: string): Promise<CoinWords | null> {
    const found = await this.#optional(
      this.#client.ask(
        { what: 'a coin’s metadata', query: queries.COIN, variables: { type: coinType } },
        coinShape,
      ),
    );
    const words = found?.coinMetadata;
    if (words === undefined || words === null || words.decimals === null) return null;
    const { decimals, name, symbol } = words;
    return { decimals, name: name ?? undefined, symbol: symbol ?? undefined };
  }

  /** An object of a type of which there is one, a display say. */
  async singleton(objectType: string): Promise<SuiObject | null> {
    const found = await this.#optional(
      this.#client.ask(
        { what: 'a display', query: queries.DISPLAY, variables: { type: objectType } },
        displayShape,
      ),
    );
    const bcs = found?.objects?.nodes[0]?.objectBcs;
    return bcs === undefined || bcs === null ? null : this.#parsed(bcs);
  }

  /** Whether any transaction ever touched the address; undefined where the node does not say. */
  async isUsed(address: string): Promise<boolean | undefined> {
    const found = await this.#optional(
      this.#client.ask(
        { what: 'an address’ history', query: queries.USED, variables: { address } },
        usedShape,
      ),
    );
    return found?.transactions == null ? undefined : found.transactions.nodes.length > 0;
  }

  /** When a package came to its address, milliseconds since 1970; undefined where that is not known. */
  async publishedMs(packageId: string): Promise<bigint | undefined> {
    const found = await this.#optional(
      this.#client.ask(
        { what: 'a package’s age', query: queries.PUBLISHED, variables: { package: packageId } },
        publishedShape,
      ),
    );
    const time = Date.parse(found?.object?.previousTransaction?.effects?.timestamp ?? '');
    return Number.isNaN(time) ? undefined : BigInt(time);
  }

  /**
   * @param digest - of the transaction
   * @throws StateError `node-refused` with the network's words, `node-other-transaction`
   */
  async execute(
    transaction: Uint8Array,
    signatures: readonly string[],
    digest: Uint8Array,
  ): Promise<Executed> {
    const what = 'the transaction';
    const { executeTransaction } = await this.#client.ask(
      {
        what,
        query: queries.EXECUTE,
        variables: { transaction: encodeBase64(transaction), signatures },
      },
      executeShape,
    );
    const found = executeTransaction.effects;
    if (found === null || found.effectsBcs === null) throw this.#client.malformed(what);
    this.#checkDigest(found.digest, digest);
    const effects = decodeBase64(found.effectsBcs);
    return {
      success: found.status === 'SUCCESS',
      error: found.executionError?.message.slice(0, 300),
      effects,
      effectsDigest: digestOf('TransactionEffects', effects),
    };
  }

  /** Undefined while it is in no checkpoint. */
  async landed(digest: Uint8Array): Promise<Landed | undefined> {
    const { transactionEffects: found } = await this.#client.ask(
      {
        what: 'a transaction',
        query: queries.EFFECTS,
        variables: { digest: digestText(digest) },
      },
      effectsShape,
    );
    if (found === null || found.checkpoint === null) return undefined;
    this.#checkDigest(found.digest, digest);
    return {
      success: found.status === 'SUCCESS',
      error: found.executionError?.message.slice(0, 300),
      checkpoint: BigInt(found.checkpoint.sequenceNumber),
    };
  }

  #checkDigest(found: string, digest: Uint8Array): void {
    const { host } = this;
    if (found === digestText(digest)) return;
    throw new StateError('node-other-transaction', `${host} answered for another transaction`, {
      host,
    });
  }

  /** What only adds words to a preview: a node that does not offer it is no reason to have none. */
  async #optional<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      const isRefusal =
        error instanceof StateError &&
        (error.code === 'node-refused' || error.code === 'node-answer-malformed');
      if (!isRefusal) throw error;
      return undefined;
    }
  }
}

function objectKey({ bound, id }: ObjectRequest, checkpoint: bigint): Record<string, unknown> {
  const address = fullAddress(id);
  switch (bound.kind) {
    case 'latest':
      return { address, atCheckpoint: Number(checkpoint) };
    case 'exact':
      return { address, version: Number(bound.version) };
    case 'atMost':
      return { address, rootVersion: Number(bound.version) };
  }
}

function big(value: string | number | null | undefined): bigint {
  return BigInt(value ?? 0);
}
