/**
 * Effects of recorded transactions against what the recordings say themselves. They have no state before:
 * it is worked out from the events, so that what is told must agree with amounts that the chain's own
 * modules gave, store by store, whoever they belong to.
 */
import { APT_METADATA, pairedMetadata, primaryStore } from '../../../src/chains/aptos/address';
import {
  addressAt,
  bigAt,
  isRecord,
  type MoveJson,
  textAt,
} from '../../../src/chains/aptos/decode/json';
import { type Effects, effectContext, effectsOf } from '../../../src/chains/aptos/effects';
import { AssetBook, coinOf } from '../../../src/chains/aptos/effects/assets';
import type { ResourceView } from '../../../src/chains/aptos/effects/view';
import type { Change } from '../../../src/vm-preview/model/preview';
import { type ReadRecording, recordings } from './recorded';

const APT = { kind: 'native', decimals: 8, symbol: 'APT', named: 'builtin' } as const;
const STORE = '0x1::fungible_asset::FungibleStore';
const CORE = '0x1::object::ObjectCore';
const all = recordings();

/** Net amounts by `account-or-store asset`, from events alone. */
function flows({ events, fee, feePayer, views }: ReadRecording): Map<string, bigint> {
  const net = new Map<string, bigint>();
  const add = (store: string, asset: string, amount: bigint) =>
    net.set(`${store} ${asset}`, (net.get(`${store} ${asset}`) ?? 0n) + amount);
  const handles = new Map<string, string>();
  for (const { address, after, tag } of views.resources) {
    const coin = coinOf(tag, 'coin', 'CoinStore');
    if (coin === undefined) continue;
    for (const events of ['deposit_events', 'withdraw_events']) {
      const number = textAt(after, `${events}.guid.id.creation_num`) ?? '0';
      handles.set(`${address} ${number}`, coin);
    }
  }
  for (const { creationNumber, creator, data, type } of events) {
    const amount = bigAt(data, 'amount') ?? 0n;
    const sign = /(Withdraw|WithdrawEvent)$/.test(type) ? -1n : 1n;
    if (/^0x1::coin::(Deposit|Withdraw)Event$/.test(type)) {
      const coin = handles.get(`${creator} ${creationNumber}`);
      if (coin !== undefined) add(creator, pairedMetadata(coin), sign * amount);
    }
    if (/^0x1::coin::Coin(Deposit|Withdraw)$/.test(type)) {
      const coin = textAt(data, 'coin_type') ?? '';
      add(addressAt(data, 'account') ?? '', pairedMetadata(coin), sign * amount);
    }
    if (/^0x1::fungible_asset::(Deposit|Withdraw)$/.test(type)) {
      const store = addressAt(data, 'store') ?? '';
      const view = views.resources.find((one) => one.address === store && one.type === STORE);
      add(store, addressAt(view?.after, 'metadata.inner') ?? 'gone', sign * amount);
    }
  }
  if (feePayer !== undefined) {
    const refund = events
      .filter(({ type }) => type === '0x1::transaction_fee::FeeStatement')
      .reduce((sum, { data }) => sum + (bigAt(data, 'storage_fee_refund_octas') ?? 0n), 0n);
    const store = feeStore(feePayer, views.resources);
    if (store !== undefined) add(store, APT_METADATA, refund - fee);
  }
  return net;
}

/** What a payer pays from: its coin store where it has one, else its primary store. */
function feeStore(payer: string, resources: readonly ResourceView[]): string | undefined {
  const coin = resources.find(
    ({ address, tag }) =>
      address === payer && coinOf(tag, 'coin', 'CoinStore') === '0x1::aptos_coin::AptosCoin',
  );
  if (coin !== undefined) return payer;
  return resources.find(
    ({ address, after, type }) =>
      type === STORE &&
      addressAt(after, 'metadata.inner') === APT_METADATA &&
      resources.some(
        (one) =>
          one.address === address && one.type === CORE && addressAt(one.after, 'owner') === payer,
      ),
  )?.address;
}

/** With the state before put in, where events tell it. */
function withBefore(recording: ReadRecording, net: ReadonlyMap<string, bigint>): ResourceView[] {
  const { events, views } = recording;
  return views.resources.map((view): ResourceView => {
    const { address, after, tag, type } = view;
    const coin = coinOf(tag, 'coin', 'CoinStore');
    if (coin !== undefined && after != null) {
      const flow = net.get(`${address} ${pairedMetadata(coin)}`) ?? 0n;
      return { ...view, before: minus(after, 'coin', 'value', flow) };
    }
    if (type === STORE && after != null) {
      const flow = net.get(`${address} ${addressAt(after, 'metadata.inner')}`) ?? 0n;
      const concurrent = views.resources.some(
        (one) => one.address === address && /ConcurrentFungibleBalance$/.test(one.type),
      );
      return { ...view, before: concurrent ? after : minus(after, undefined, 'balance', flow) };
    }
    if (/ConcurrentFungibleBalance$/.test(type) && after != null) {
      const store = views.resources.find((one) => one.address === address && one.type === STORE);
      const flow = net.get(`${address} ${addressAt(store?.after, 'metadata.inner')}`) ?? 0n;
      return { ...view, before: minus(after, 'balance', 'value', flow) };
    }
    if (type === CORE && after != null && isRecord(after)) {
      const first = events.find(
        ({ data, type: kind }) =>
          /^0x1::object::Transfer(Event)?$/.test(kind) && addressAt(data, 'object') === address,
      );
      const from = first === undefined ? undefined : addressAt(first.data, 'from');
      return { ...view, before: from === undefined ? after : { ...after, owner: from } };
    }
    return view;
  });
}

function minus(json: MoveJson, outer: string | undefined, field: string, flow: bigint): MoveJson {
  if (!isRecord(json)) return json;
  const inner = outer === undefined ? json : json[outer];
  if (!isRecord(inner)) return json;
  const changed = { ...inner, [field]: ((bigAt(inner, field) ?? 0n) - flow).toString() };
  return outer === undefined ? changed : { ...json, [outer]: changed };
}

function effects(recording: ReadRecording): { told: Effects; changes: readonly Change[] } {
  const net = flows(recording);
  const resources = withBefore(recording, net);
  const find = (address: string, type: string) =>
    resources.find((one) => one.address === address && one.type === type)?.after ?? undefined;
  const views = { ...recording.views, resources };
  const context = effectContext(views, recording.events, new AssetBook(APT, find), find);
  const told = effectsOf(
    context,
    new Set(recording.sender === undefined ? [] : [recording.sender]),
  );
  return { told, changes: [...told.own, ...told.others] };
}

const count = {
  transactions: 0,
  balances: 0,
  objects: 0,
  collectibles: 0,
  stakes: 0,
  names: 0,
  modules: 0,
};

(all.length === 0 ? describe.skip : describe)('recorded transactions of Aptos', () => {
  if (all.length === 0) test('skipped: no fixtures', () => undefined);

  test.each(all.map((one) => [one.name, one] as const))('%s', (_, recording) => {
    const { changes, told } = effects(recording);
    count.transactions += 1;

    // Balances: what is told of each owner is what the events moved in that owner's stores.
    const net = flows(recording);
    const expected = new Map<string, bigint>();
    const resources = recording.views.resources;
    for (const [key, amount] of net) {
      const [store = '', asset = ''] = key.split(' ');
      const isKnown = resources.some(
        (one) =>
          one.address === store &&
          one.after !== null &&
          (one.type === STORE ||
            pairedMetadata(coinOf(one.tag, 'coin', 'CoinStore') ?? '') === asset),
      );
      if (!isKnown) continue;
      const core = resources.find((one) => one.address === store && one.type === CORE);
      const owner = addressAt(core?.after, 'owner') ?? store;
      expected.set(`${owner} ${asset}`, (expected.get(`${owner} ${asset}`) ?? 0n) + amount);
    }
    const balances = new Map<string, bigint>();
    for (const change of changes) {
      if (change.kind !== 'balance') continue;
      const { asset } = change;
      const id =
        asset.kind === 'native'
          ? APT_METADATA
          : (asset.id ?? '').includes('::')
            ? pairedMetadata(asset.id ?? '')
            : (asset.id ?? '');
      const key = `${change.owner ?? change.address} ${id}`;
      balances.set(key, BigInt(change.delta));
      count.balances += 1;
    }
    expect(balances).toEqual(new Map([...expected].filter(([, amount]) => amount !== 0n)));

    // Objects: each that was transferred ends with the owner that its last event names.
    const moved = new Map<string, { from: string; to: string }>();
    for (const { data, type } of recording.events) {
      if (!/^0x1::object::Transfer(Event)?$/.test(type)) continue;
      const object = addressAt(data, 'object') ?? '';
      const from = moved.get(object)?.from ?? addressAt(data, 'from') ?? '';
      moved.set(object, { from, to: addressAt(data, 'to') ?? '' });
    }
    for (const [object, { from, to }] of moved) {
      const core = resources.find((one) => one.address === object && one.type === CORE);
      if (core === undefined || core.after === null || from === to) continue;
      if (resources.some((one) => one.address === object && one.type === STORE)) continue;
      const found = changes.find((one) => one.kind === 'object' && one.address === object);
      expect(found).toMatchObject({ before: from, after: to });
      count.objects += 1;
      const token = resources.find(
        (one) => one.address === object && one.type === '0x4::token::Token',
      );
      if (token?.after != null && found?.kind === 'object') {
        const identifiers = resources.find(
          (one) => one.address === object && one.type === '0x4::token::TokenIdentifiers',
        );
        const name = textAt(identifiers?.after, 'name.value') ?? textAt(token.after, 'name');
        expect(found.item).toMatchObject({ type: '0x4::token::Token', untrustedName: name });
      }
    }

    // What has a count of its own in the recording.
    const named = changes.filter((one) => one.kind === 'name').length;
    const records = resources.filter((one) =>
      /::(NameRecord|ReverseRecord)$/.test(one.type),
    ).length;
    expect(named > 0).toBe(records > 0);
    count.names += named;
    const code = changes.filter((one) => one.kind === 'code');
    expect(code.map((one) => (one.kind === 'code' ? one.module : ''))).toEqual(
      recording.views.modules.map(({ name }) => name),
    );
    count.modules += code.length;
    const staked = changes.flatMap((one) => (one.kind === 'stake' ? [one.amount ?? ''] : []));
    const stakeEvents = recording.events.filter(({ type }) =>
      /^0x1::delegation_pool::(Add|Unlock|Withdraw|Reactivate)Stake(Event)?$/.test(type),
    );
    for (const { data } of stakeEvents) {
      const amounts = ['amount_added', 'amount_unlocked', 'amount_withdrawn', 'amount_reactivated'];
      const amount = amounts.map((field) => textAt(data, field)).find((one) => one !== undefined);
      expect(staked).toContain(amount);
    }
    count.stakes += staked.length;
    count.collectibles += changes.filter((one) => one.kind === 'collectible').length;

    // What the sender has is told as the sender's.
    for (const change of told.own) {
      if (change.kind !== 'balance') continue;
      expect(change.owner ?? change.address).toBe(recording.sender);
    }
  });

  test('have the derived addresses that we work out', () => {
    let pairs = 0;
    let primary = 0;
    for (const { views } of all) {
      for (const { address, after, type } of views.resources) {
        if (type === '0x1::coin::PairedCoinType') {
          const name = (field: string) =>
            Buffer.from((textAt(after, `type.${field}`) ?? '').slice(2), 'hex').toString();
          const owner = textAt(after, 'type.account_address') ?? '';
          const coin = `${owner}::${name('module_name')}::${name('struct_name')}`;
          // Type arguments are in the struct's name.
          expect(pairedMetadata(coin)).toBe(address);
          pairs += 1;
        }
        if (type !== STORE) continue;
        const core = views.resources.find((one) => one.address === address && one.type === CORE);
        const owner = addressAt(core?.after, 'owner');
        const metadata = addressAt(after, 'metadata.inner');
        if (owner === undefined || metadata === undefined) continue;
        if (primaryStore(owner, metadata) === address) primary += 1;
      }
    }
    expect(pairs).toBeGreaterThan(3);
    expect(primary).toBeGreaterThan(10);
  });

  test('are as many as there are, and tell of every kind', () => {
    process.stdout.write(`${JSON.stringify(count)}\n`);
    expect(count.transactions).toBe(all.length);
    for (const found of Object.values(count)) expect(found).toBeGreaterThan(0);
  });
});
