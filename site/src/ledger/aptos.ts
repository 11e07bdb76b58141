/** Aptos, over its REST interface. */
import {
  array,
  boolean,
  create,
  define,
  type Infer,
  optional,
  type Struct,
  string,
  type,
  unknown,
} from '@metamask/superstruct';

import type { Network } from '../../../src/chains/chain';
import { parseJson, requestBytes } from '../../../src/chains/http';
import { StateError } from '../../../src/vm-preview/errors';
import { address as addressArgument, buildTransaction, entry, u64 } from '../aptos/build';
import { AptosLocalnet } from '../aptos/localnet';
import { type BalanceChange, HISTORY, type Landed, type Ledger } from './ledger';

const COIN = '0x1::aptos_coin::AptosCoin';
const MICROS = 1000n;

/** A number, or digits where a double cannot hold it. */
const integer = define<number | string>(
  'integer',
  (value) => typeof value === 'string' || typeof value === 'number',
);
const eventShape = type({ type: string(), data: unknown() });
const changeShape = type({ type: string(), address: optional(string()), data: unknown() });
const landedShape = type({
  type: string(),
  hash: string(),
  version: integer,
  success: boolean(),
  vm_status: string(),
  gas_used: integer,
  timestamp: optional(integer),
  sender: optional(string()),
  gas_unit_price: optional(integer),
  events: optional(array(eventShape)),
  changes: optional(array(changeShape)),
});
type LandedJson = Infer<typeof landedShape>;
const statusShape = type({ type: string() });
const accountShape = type({ sequence_number: integer });

const movedShape = type({ store: string(), amount: integer });
const ownedShape = type({
  type: string(),
  data: type({ owner: string() }),
});
const storeShape = type({
  type: string(),
  data: type({ metadata: type({ inner: string() }) }),
});
const fullOf = (address: string): string => `0x${address.replace(/^0x/, '').padStart(64, '0')}`;

/** What APT is known by as a fungible asset. */
const APT_METADATA = fullOf('0xa');

export const aptos: Ledger = {
  async balances(network, address) {
    const { symbol, decimals } = network.coin;
    const found = await ask(network, `/accounts/${address}/balance/${COIN}`, integer);
    return [{ symbol, decimals, amount: String(found ?? 0) }];
  },

  /** Nodes tell only what the account sent itself. */
  async history(network, address) {
    const account = await ask(network, `/accounts/${address}`, accountShape);
    const sent = Number(account?.sequence_number ?? 0);
    const path = `/accounts/${address}/transactions`;
    const query = { start: String(Math.max(0, sent - HISTORY)), limit: String(HISTORY) };
    const found = (await ask(network, path, array(landedShape), query)) ?? [];
    return found
      .map((json) => ({ ...landed(json), changes: changesOf(json, network.coin) }))
      .reverse();
  },

  async transaction(network, id) {
    const found = await ask(network, `/transactions/by_hash/${id}`, unknown());
    const isPending = statusShape.is(found) && found.type === 'pending_transaction';
    if (found === undefined || isPending) return undefined;
    const json = create(found, landedShape);
    const fee = BigInt(json.gas_used) * BigInt(json.gas_unit_price ?? 0);
    const told = {
      ...landed(json),
      fee: String(fee),
      changes: changesOf(json, network.coin),
      lines: (json.events ?? []).map(({ type: name, data }) => `${name} ${JSON.stringify(data)}`),
    };
    return json.sender === undefined ? told : { ...told, feePayer: fullOf(json.sender) };
  },

  async transfer({ endpoint }, { amount, from, to }) {
    const facts = await new AptosLocalnet(endpoint).facts(from);
    const call = entry('0x1::aptos_account::transfer', [addressArgument(to), u64(amount)]);
    return buildTransaction(from, call, facts);
  },

  isAddress: (text) => /^0x[0-9a-f]{1,64}$/i.test(text),
};

function landed({ hash, success, timestamp, version, vm_status }: LandedJson): Landed {
  return {
    id: hash,
    height: String(version),
    ...(timestamp === undefined ? {} : { time: Number(BigInt(timestamp) / MICROS) }),
    ...(success ? {} : { error: vm_status }),
  };
}

/** What came into and went out of the stores that the transaction wrote, by who owns them. */
function changesOf({ changes = [], events = [] }: LandedJson, coin: Network['coin']) {
  const owners = new Map<string, string>();
  const currencies = new Map<string, string>();
  for (const { address, data } of changes) {
    if (address === undefined) continue;
    if (ownedShape.is(data) && data.type === '0x1::object::ObjectCore')
      owners.set(fullOf(address), fullOf(data.data.owner));
    if (storeShape.is(data) && data.type === '0x1::fungible_asset::FungibleStore')
      currencies.set(fullOf(address), fullOf(data.data.metadata.inner));
  }
  const deltas = new Map<string, bigint>();
  for (const { data, type: name } of events) {
    const sign = SIGNS[name];
    if (sign === undefined || !movedShape.is(data)) continue;
    const store = fullOf(data.store);
    deltas.set(store, (deltas.get(store) ?? 0n) + sign * BigInt(data.amount));
  }
  return [...deltas].flatMap(([store, delta]): BalanceChange[] => {
    const isCoin = currencies.get(store) === APT_METADATA;
    if (delta === 0n || !isCoin) return [];
    return [{ address: owners.get(store) ?? store, ...coin, delta: String(delta) }];
  });
}

const SIGNS: Readonly<Record<string, bigint>> = {
  '0x1::fungible_asset::Withdraw': -1n,
  '0x1::fungible_asset::Deposit': 1n,
};

/** @returns undefined where the chain has no such thing */
async function ask<T, S>(
  { endpoint }: Network,
  path: string,
  shape: Struct<T, S>,
  query: Readonly<Record<string, string>> = {},
): Promise<T | undefined> {
  const answer = await requestBytes(endpoint, { method: 'GET', path, query });
  const { host } = new URL(endpoint);
  if (answer.status === 404) return undefined;
  if (answer.status < 200 || answer.status > 299) {
    throw new StateError('node-http-error', `${host} answered with HTTP error ${answer.status}`);
  }
  return create(parseJson(answer, host), shape);
}
