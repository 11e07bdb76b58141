/**
 * Reads all objects that a transaction needs, as of one checkpoint, in as few rounds as can be.
 *
 * Round 1 asks for the chain and its newest checkpoint. Round 2 reads the inputs, the coins that pay for
 * gas, and the packages that are called. Round 3 reads the packages those are linked with, and the dynamic
 * fields that such calls read last time, each as of the version of its root. What the run then misses is
 * read in further rounds.
 */
import { StateError } from '../../../vm-preview/errors';
import { type ObjectRef, objectDigest } from '../../../vm-preview/move/sui/data';
import type { ObjectRequest, SuiObject } from '../../../vm-preview/move/sui/state';
import type { SuiEnvironment } from '../../../vm-preview/move/sui/types';
import type { Network } from '../../chain';
import { equalBytes } from '../../hex';
import type { Usage } from '../../http';
import { fullAddress, isSpecial } from '../address';
import type { Hints, SuiCache } from '../cache';
import { checkChain } from '../networks';
import type { ProtocolSettings, ServiceInfo, SuiNode } from '../node';
import type { ParsedSuiTransaction } from '../transaction';
import { askAhead, namedRefs } from './ahead';
import { callName, fromHints, toHints } from './hints';
import { LATEST, LoadedState, requestKey } from './state';

/** Four as a rule; a run that was never seen before asks for its dynamic fields one after the other. */
export const MAX_ROUNDS = 64;
const MAX_OBJECTS = 2_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Starts with the newest checkpoint, and what is kept of the chain. */
export async function createLoader(
  network: Network,
  node: SuiNode,
  cache: SuiCache,
  usage: Usage,
): Promise<Loader> {
  const service = await node.service();
  checkChain(network, node.host, service.chain);
  const hints = await cache.hints(service.chain);
  return new Loader(node, cache, usage, service, hints, await protocolOf(service, node, cache));
}

/** Settings come from the chain itself: where it is a known network's, they are held to what is known. */
async function protocolOf(
  { chain, protocolVersion: version }: ServiceInfo,
  node: SuiNode,
  cache: SuiCache,
): Promise<ProtocolSettings> {
  const kept = await cache.protocol(chain, version);
  if (kept !== undefined) return kept;
  const settings = await node.protocol(version);
  await cache.rememberProtocol(chain, version, settings);
  return settings;
}

export class Loader {
  readonly state = new LoadedState();
  readonly environment: SuiEnvironment;
  #rounds = 1;
  #objects = 0;
  #usesKept = false;

  constructor(
    readonly node: SuiNode,
    private readonly cache: SuiCache,
    private readonly usage: Usage,
    readonly service: ServiceInfo,
    readonly hints: Hints,
    protocol: ProtocolSettings,
  ) {
    this.environment = environmentOf(service, protocol);
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Whether the chain's own packages are those read earlier in the same epoch. */
  get usesKeptFramework(): boolean {
    return this.#usesKept;
  }

  /**
   * Reads what the transaction names, and what such ones read last time.
   *
   * @throws StateError `sui-object-version`, `sui-object-digest`, `sui-object-missing`, `node-behind` when
   * an object is not as the transaction names it
   */
  async loadNamed(transaction: ParsedSuiTransaction): Promise<void> {
    await this.load(askAhead(transaction, this.service.chainIdentifier), () => {
      const kept = this.hints.reads.get(callName(transaction));
      return kept === undefined ? [] : fromHints(kept, this.state);
    });
    for (const ref of namedRefs(transaction)) this.#checkNamed(ref);
  }

  /** Keeps what the transaction read, for the next of its kind. */
  remember(transaction: ParsedSuiTransaction): void {
    const reads = toHints(transaction, this.state);
    if (reads.length > 0) this.hints.reads.set(callName(transaction), reads);
  }

  /**
   * Reads the objects, and all packages that the packages among them are linked with.
   *
   * @param more - what to read besides in the second round
   * @throws StateError, `state-incomplete` when it takes more rounds than are allowed
   */
  async load(
    requests: readonly ObjectRequest[],
    more: () => readonly ObjectRequest[] = () => [],
  ): Promise<void> {
    let wanted = this.#unknown(requests);
    let next = more;
    while (wanted.length > 0) {
      const found = await this.#read(wanted);
      wanted = this.#unknown([...found.flatMap(linked), ...next()]);
      next = () => [];
    }
  }

  #unknown(requests: readonly ObjectRequest[]): ObjectRequest[] {
    const unknown = new Map<string, ObjectRequest>();
    for (const request of requests) {
      if (this.state.peek(request) === undefined) unknown.set(requestKey(request), request);
    }
    return [...unknown.values()];
  }

  async #read(requests: readonly ObjectRequest[]): Promise<SuiObject[]> {
    const { chain, checkpoint, epoch } = this.service;
    const found: SuiObject[] = [];
    const missing: ObjectRequest[] = [];
    for (const request of requests) {
      const kept =
        request.bound.kind === 'latest'
          ? await this.cache.package(chain, fullAddress(request.id), epoch)
          : undefined;
      if (kept === undefined) {
        missing.push(request);
        continue;
      }
      if (isSpecial(fullAddress(kept.id))) this.#usesKept = true;
      this.state.set(request, kept);
      found.push(kept);
    }
    if (missing.length === 0) return found;
    this.#objects += missing.length;
    this.#checkBounds();
    this.#rounds += 1;
    const answers = await this.node.objects(missing, checkpoint);
    this.#checkBounds();
    for (const [i, request] of missing.entries()) {
      const object = answers[i] ?? null;
      this.state.set(request, object);
      if (object === null) continue;
      found.push(object);
      if (object.data.kind === 'package') await this.cache.rememberPackage(chain, object, epoch);
    }
    return found;
  }

  /** A digest covers all of an object, its owner too: no node can make up another. */
  #checkNamed(ref: ObjectRef): void {
    const { host } = this.node;
    const id = fullAddress(ref.id);
    const object = this.state.peek({ id: ref.id, bound: LATEST });
    if (object === null || object === undefined) {
      throw new StateError(
        'sui-object-missing',
        `there is no object ${id} any more, or not yet, which the transaction names`,
        { host, object: id },
      );
    }
    const facts = { host, object: id, named: ref.version.toString() };
    if (object.version < ref.version) {
      throw new StateError(
        'node-behind',
        `${host} has not seen version ${ref.version} of object ${id} yet, which the transaction names`,
        { ...facts, found: object.version.toString() },
      );
    }
    if (object.version > ref.version) {
      throw new StateError(
        'sui-object-version',
        `object ${id} has changed since the transaction was made: the network would not take it`,
        { ...facts, found: object.version.toString() },
      );
    }
    if (!equalBytes(objectDigest(object), ref.digest)) {
      throw new StateError(
        'sui-object-digest',
        `${host} answered with an object ${id} that is not the one whose digest the transaction names`,
        facts,
      );
    }
  }

  #checkBounds(): void {
    if (this.#rounds >= MAX_ROUNDS || this.#objects > MAX_OBJECTS) {
      throw new StateError(
        'state-incomplete',
        'the transaction needs more of the chain’s state than is read for a preview',
        { rounds: this.#rounds, objects: this.#objects },
      );
    }
    if (this.usage.bytes > MAX_BYTES) {
      throw new StateError('state-too-large', 'the state that the transaction needs is too large', {
        bytes: this.usage.bytes,
      });
    }
  }
}

function environmentOf(
  { chainIdentifier, epoch, epochTimestampMs, protocolVersion, referenceGasPrice }: ServiceInfo,
  { features, gaslessTokens, numbers }: ProtocolSettings,
): SuiEnvironment {
  return {
    epoch,
    epochTimestampMs,
    protocolVersion,
    referenceGasPrice,
    chainIdentifier,
    protocolConfig: { features: new Map(features), numbers: new Map(amounts(numbers)) },
    ...(gaslessTokens === undefined ? {} : { gaslessTokens: new Map(amounts(gaslessTokens)) }),
  };
}

function amounts(rows: readonly (readonly [string, string])[]): [string, bigint][] {
  return rows.map(([name, digits]) => [name, BigInt(digits)]);
}

function linked({ data }: SuiObject): ObjectRequest[] {
  if (data.kind !== 'package') return [];
  return [...data.linkage.values()].map(({ upgradedId }) => ({ id: upgradedId, bound: LATEST }));
}
