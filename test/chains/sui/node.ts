/**
 * A node of a chain in memory, as far as the Sui chain asks one. It can be told to lie. Answers are those of
 * sui's `sui-indexer-alt-graphql`.
 */

import { base58 } from '@scure/base';
import { encodeBase64 } from '../../../src/chains/base64';
import type { Network } from '../../../src/chains/chain';
import { toHex } from '../../../src/chains/hex';
import {
  addressBytes,
  digestText,
  fullAddress,
  parseDigest,
  typeText,
} from '../../../src/chains/sui/address';
import { coinIn } from '../../../src/chains/sui/effects/coins';
import { encodeObject, networkOf, type SuiObject } from '../../../src/vm-preview/move/sui';
import { NEWEST_KNOWN, ProtocolConfig } from '../../../src/vm-preview/move/sui/protocol';
import { localNetwork } from '../../support/local-network';

export const LOCAL_CHAIN = base58.encode(new Uint8Array(32).fill(7));

interface Ask {
  readonly operation: string;
  // Whatever JSON has.
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Key {
  readonly address: string;
  readonly version?: number;
  readonly rootVersion?: number;
  readonly atCheckpoint?: number;
}

export interface CoinFacts {
  readonly decimals: number;
  readonly name: string;
  readonly symbol: string;
}

export interface FakeNode {
  readonly fetch: typeof fetch;
  readonly network: Network;
  /** Operations asked for so far. */
  readonly asked: string[];
  readonly asks: Ask[];
  /** What it answers in place of the right answer, where anything. */
  lie: (ask: Ask) => Response | Promise<Response | undefined> | undefined;
  readonly service: Service;
  readonly coins: Map<string, CoinFacts>;
  readonly used: Set<string>;
  /** Milliseconds since 1970, by package. */
  readonly published: Map<string, number>;
  /** By digest of a transaction. */
  readonly landed: Map<string, Record<string, unknown>>;
  execute: (transaction: string, signatures: readonly string[]) => Record<string, unknown>;
  put(...objects: readonly SuiObject[]): void;
  /** The object ends. */
  end(id: Uint8Array): void;
}

interface Service {
  chain: string;
  checkpoint: number;
  time: string;
  epoch: number;
  epochTime: string;
  referenceGasPrice: string;
  protocolVersion: number;
}

export function fakeNode(objects: readonly SuiObject[] = []): FakeNode {
  const history = new Map<string, (SuiObject | null)[]>();
  const node: FakeNode = {
    asked: [],
    asks: [],
    lie: () => undefined,
    coins: new Map(),
    used: new Set(),
    published: new Map(),
    landed: new Map(),
    execute: () => {
      throw new Error('nothing is executed here');
    },
    service: {
      chain: LOCAL_CHAIN,
      checkpoint: 1_000,
      time: '2026-11-01T12:00:00.000Z',
      epoch: 40,
      epochTime: '2026-11-01T00:00:00.000Z',
      referenceGasPrice: '1000',
      protocolVersion: 106,
    },
    network: localNetwork('sui', 'http://127.0.0.1:9125/graphql', LOCAL_CHAIN),
    put: (...added) => {
      for (const object of added) {
        const id = toHex(object.id);
        history.set(id, [...(history.get(id) ?? []), object]);
      }
    },
    end: (id) => {
      const key = toHex(id);
      history.set(key, [...(history.get(key) ?? []), null]);
    },
    fetch: async (_input, init) => {
      const { query, variables } = JSON.parse(String(init?.body));
      const operation = /^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
      // The service's own bound, without what is executed.
      if (operation !== 'Execute' && String(init?.body).length > 5_000) {
        return json({ errors: [{ message: 'Query payload too large' }] });
      }
      node.asked.push(operation);
      node.asks.push({ operation, variables });
      const lie = await node.lie({ operation, variables });
      return lie ?? json({ data: answer(node, history, { operation, variables }) });
    },
  };
  node.put(...objects);
  return node;
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

type History = ReadonlyMap<string, readonly (SuiObject | null)[]>;

const latest = (history: History): SuiObject[] =>
  [...history.values()].flatMap((versions) => versions.at(-1) ?? []);

const bcs = (object: SuiObject | null | undefined) =>
  object == null ? null : { objectBcs: encodeBase64(encodeObject(object)) };

function find(history: History, key: Key): SuiObject | null {
  const versions = history.get(toHex(addressBytes(key.address))) ?? [];
  if (key.version !== undefined) {
    return versions.find((one) => one?.version === BigInt(key.version ?? 0)) ?? null;
  }
  if (key.rootVersion === undefined) return versions.at(-1) ?? null;
  const bound = BigInt(key.rootVersion);
  return versions.filter((one) => one !== null && one.version <= bound).at(-1) ?? null;
}

const ownerOf = ({ owner }: SuiObject): string | undefined =>
  owner.kind === 'address' ? fullAddress(owner.address) : undefined;

function balance(history: History, owner: string, coinType: string) {
  let total = 0n;
  for (const object of latest(history)) {
    const coin = coinIn(object);
    if (ownerOf(object) === owner && coin?.coinType === coinType) total += coin.amount;
  }
  return { totalBalance: total.toString(), addressBalance: '0' };
}

/** As the table has it; of later versions, as of the last, and something more. */
export function protocolAnswer(protocolVersion: number, chain: string) {
  const known = ProtocolConfig.ofVersion(
    Math.min(protocolVersion, NEWEST_KNOWN),
    networkOf(parseDigest(chain) ?? new Uint8Array(32)),
  );
  return {
    protocolVersion,
    configs: [
      ...[...known.numbers].map(([key, value]) => ({ key, value: String(value) })),
      { key: 'max_something_of_later', value: null },
    ],
    featureFlags: [...known.features].map(([key, value]) => ({ key, value })),
  };
}

function answer(node: FakeNode, history: History, { operation, variables }: Ask): unknown {
  const { service } = node;
  switch (operation) {
    case 'Service':
      return {
        chainIdentifier: service.chain,
        checkpoint: {
          sequenceNumber: service.checkpoint,
          timestamp: service.time,
          epoch: {
            epochId: service.epoch,
            referenceGasPrice: service.referenceGasPrice,
            startTimestamp: service.epochTime,
            protocolConfigs: { protocolVersion: service.protocolVersion },
          },
        },
      };
    case 'Protocol':
      return { protocolConfigs: protocolAnswer(Number(variables.version), service.chain) };
    case 'Objects':
      return {
        multiGetObjects: (variables.keys as Key[]).map((key) => bcs(find(history, key))),
      };
    case 'Owned': {
      const nodes = latest(history)
        .filter(
          (one) =>
            ownerOf(one) === variables.owner &&
            one.data.kind === 'move' &&
            typeText(one.data.type) === variables.type,
        )
        .map(bcs);
      return { address: { objects: { pageInfo: { hasNextPage: false, endCursor: null }, nodes } } };
    }
    case 'Balance':
      return {
        address: { balance: balance(history, String(variables.owner), String(variables.type)) },
      };
    case 'Balances':
      return {
        checkpoint: {
          query: {
            multiGetBalances: (variables.keys as { address: string; coinType: string }[]).map(
              (key) => balance(history, key.address, key.coinType),
            ),
          },
        },
      };
    case 'Coin':
      return { coinMetadata: node.coins.get(String(variables.type)) ?? null };
    case 'Display':
      return {
        objects: {
          nodes: latest(history)
            .filter(({ data }) => data.kind === 'move' && typeText(data.type) === variables.type)
            .map(bcs),
        },
      };
    case 'Used': {
      const isUsed = node.used.has(String(variables.address));
      return {
        transactions: { nodes: isUsed ? [{ digest: digestText(new Uint8Array(32)) }] : [] },
      };
    }
    case 'Published': {
      const time = node.published.get(String(variables.package));
      const timestamp = time === undefined ? null : new Date(time).toISOString();
      return { object: { previousTransaction: { effects: { timestamp } } } };
    }
    case 'Execute':
      return {
        executeTransaction: {
          effects: node.execute(
            String(variables.transaction),
            variables.signatures as readonly string[],
          ),
        },
      };
    case 'Effects':
      return { transactionEffects: node.landed.get(String(variables.digest)) ?? null };
    default:
      throw new Error(`no ${operation}`);
  }
}
