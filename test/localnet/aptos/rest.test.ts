/** The node's answers: BCS and JSON, versions, errors, headers. */
import { type AptosLocalnet, startAptosLocalnet } from '../../../localnet/aptos';
import { Ledger } from '../../../localnet/aptos/ledger';
import { APTOS_COIN, addressBytes } from '../../../src/chains/aptos/address';
import { moduleKey, resourceKey } from '../../../src/chains/aptos/load/keys';
import { AptosRest } from '../../../src/chains/aptos/rest';
import { toHex } from '../../../src/chains/hex';
import { encodeStateKey } from '../../../src/vm-preview/move/aptos';
import { BcsReader } from '../../../src/vm-preview/move/core/bcs';

jest.setTimeout(60_000);

const NOW = 1_790_000_000_000;
let localnet: AptosLocalnet;
let now = NOW;

beforeAll(async () => {
  localnet = await startAptosLocalnet({ now: () => now });
});
afterAll(() => localnet.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${localnet.url}${path}`, { headers });
const json = async (path: string) => {
  const answer = await get(path);
  return [answer.status, await answer.json()];
};
const BCS = { accept: 'application/x-bcs' };
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const alice = () => localnet.accounts.alice.address;

test('our own client reads it', async () => {
  const rest = new AptosRest(localnet.url);
  const ledger = await rest.ledger();
  expect(ledger).toMatchObject({ chainId: 4, timestampMicros: expect.any(BigInt) });
  const key = resourceKey('0x1', '0x1::chain_id::ChainId');
  expect((await rest.value(key, ledger.version))?.bytes).toEqual(Uint8Array.of(4));
  expect(await rest.value(moduleKey('0x1', 'nothing'), ledger.version)).toBeNull();
  const modules = await rest.modules(`0x${'1'.padStart(64, '0')}`, ledger.version);
  expect(modules?.has('aptos_account')).toBe(true);
  expect(await rest.balance(alice(), APTOS_COIN)).toBe(10_000_000_000n);
  expect(await rest.gasUnitPrice()).toBe(100n);
  expect(await rest.account(alice())).toEqual({ sequenceNumber: 0n, authenticationKey: alice() });
});

test('headers tell where the chain is, and any page may ask', async () => {
  const answer = await get('/', { origin: 'null' });
  const { ledger_version: version } = await answer.json();
  expect(answer.headers.get('x-aptos-chain-id')).toBe('4');
  expect(answer.headers.get('x-aptos-ledger-version')).toBe(version);
  // The SDK's client sends credentials, to which '*' is no answer.
  expect(answer.headers.get('access-control-allow-origin')).toBe('null');
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  expect(answer.headers.get('access-control-expose-headers')).toContain('X-Aptos-Chain-Id');
  const preflight = await fetch(localnet.url, {
    method: 'OPTIONS',
    headers: { origin: 'null', 'access-control-request-headers': 'x-aptos-client' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('x-aptos-client');
});

test('an older version of the state is still there', async () => {
  const { version } = localnet.chain.head;
  localnet.fund(localnet.accounts.bob.address, 5n);
  const path = `/accounts/${localnet.accounts.bob.address}/balance/0xa`;
  expect(await json(`${path}?ledger_version=${version}`)).toEqual([200, 10_000_000_000]);
  expect(await json(path)).toEqual([200, 10_000_000_005]);
});

test.each([
  ['a version to come', '/accounts/0x1?ledger_version=99999999', 404, 'version_not_found'],
  [
    'a resource that is not there',
    '/accounts/0x1/resource/0x1::coin::CoinStore<u8>',
    404,
    'resource_not_found',
  ],
  ['a module that is not there', '/accounts/0x1/module/nothing', 404, 'module_not_found'],
  [
    'a transaction that is not there',
    `/transactions/by_hash/0x${'0'.repeat(64)}`,
    404,
    'transaction_not_found',
  ],
  ['no address', '/accounts/hello', 400, 'invalid_input'],
  ['no type', '/accounts/0x1/resource/u8', 400, 'invalid_input'],
  ['no version', '/accounts/0x1?ledger_version=-1', 400, 'invalid_input'],
  ['no such path', '/hello', 404, 'web_framework_error'],
])('%s: the error of the real node', async (_, path, status, code) => {
  expect(await json(path)).toEqual([
    status,
    { message: expect.any(String), error_code: code, vm_error_code: null },
  ]);
});

test('a resource in JSON and BCS, of a group as of its own', async () => {
  const path = '/accounts/0xa/resource/0x1::fungible_asset::Metadata';
  expect(await json(path)).toEqual([
    200,
    {
      type: '0x1::fungible_asset::Metadata',
      data: { name: 'Aptos Coin', symbol: 'APT', decimals: 8, icon_uri: '', project_uri: '' },
    },
  ]);
  const reader = new BcsReader(await bytesOf(await get(path, BCS)));
  expect([reader.string('name'), reader.string('symbol'), reader.u8('decimals')]).toEqual([
    'Aptos Coin',
    'APT',
    8,
  ]);
});

test('a table’s item, by its key in JSON and raw', async () => {
  const { demo } = localnet;
  const [, found] = await json('/accounts/0x1/resource/0x1::account::OriginatingAddress');
  const { handle } = found.data.address_map;
  const ask = (what: string, body: unknown) =>
    fetch(`${localnet.url}/tables/${handle}/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  const absent = await ask('item', { key_type: 'address', value_type: 'address', key: demo });
  expect([absent.status, (await absent.json()).error_code]).toEqual([404, 'table_item_not_found']);
  const raw = await ask('raw_item', { key: demo });
  expect((await raw.json()).error_code).toBe('table_item_not_found');
  const wrong = await ask('item', { key_type: 'address', value_type: 'address', key: 'hello' });
  expect([wrong.status, (await wrong.json()).error_code]).toEqual([400, 'invalid_input']);
});

test('views: what is none is refused, what aborts says so', async () => {
  const view = async (id: string, args: unknown[] = [], types: string[] = []) => {
    const answer = await fetch(`${localnet.url}/view`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ function: id, type_arguments: types, arguments: args }),
    });
    return [answer.status, await answer.json()];
  };
  expect(await view('0x1::chain_id::get')).toEqual([200, [4]]);
  expect(await view('0x1::object::owner', ['0xa'], ['0x1::fungible_asset::Metadata'])).toEqual([
    200,
    ['0x1'],
  ]);
  expect(await view('0x1::aptos_account::transfer', ['0x1', '1'])).toMatchObject([
    400,
    { error_code: 'invalid_input', message: expect.stringContaining('') },
  ]);
  const [status, { message }] = await view(
    '0x1::object::owner',
    ['0xb'],
    ['0x1::fungible_asset::Metadata'],
  );
  expect([status, message]).toEqual([400, 'VMError: Move abort in 0x1::object: 0x60002']);
});

test('what is too large or no transaction is refused', async () => {
  const post = (body: Uint8Array, type = 'application/x.aptos.signed_transaction+bcs') =>
    fetch(`${localnet.url}/transactions`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: Uint8Array.from(body),
    });
  expect((await post(new Uint8Array(2_000_000))).status).toBe(413);
  expect((await post(Uint8Array.of(1, 2, 3))).status).toBe(400);
  expect((await post(new Uint8Array(), 'application/json')).status).toBe(415);
});

test('raw state of what is not there', async () => {
  const key = `0x${toHex(encodeStateKey(resourceKey('0x7', '0x1::account::Account')))}`;
  const answer = await fetch(`${localnet.url}/experimental/state_values/raw`, {
    method: 'POST',
    body: JSON.stringify({ key }),
  });
  expect([answer.status, (await answer.json()).error_code]).toEqual([404, 'state_value_not_found']);
});

test('time goes on by itself, a block at a time', async () => {
  const before = localnet.chain.head;
  now += 60_000;
  const [, ledger] = await json('/');
  expect(Number(ledger.block_height)).toBe(before.height + 1);
  expect(BigInt(ledger.ledger_timestamp)).toBe(BigInt(now) * 1000n);
  expect(await json(`/transactions/by_version/${ledger.ledger_version}`)).toMatchObject([
    200,
    { type: 'block_metadata_transaction', timestamp: ledger.ledger_timestamp },
  ]);
});

test('versions that are too old are pruned', async () => {
  const ledger = new Ledger();
  const key = resourceKey('0x1', '0x1::chain_id::ChainId');
  for (let i = 0; i <= 1_500; i += 1) {
    // The value changes with every tenth version.
    ledger.commit(i % 10 === 0 ? [[key, { bytes: Uint8Array.of(i / 10) }]] : []);
  }
  expect([ledger.version, ledger.oldest]).toEqual([1_500, 500]);
  for (const version of [500, 509, 510, 1_499, 1_500]) {
    expect(ledger.at(version).read(key)?.bytes).toEqual(Uint8Array.of(Math.floor(version / 10)));
  }
  expect(ledger.valuesOf(addressBytes('0x1'), 777)).toEqual([[key, { bytes: Uint8Array.of(77) }]]);
  for (let i = 0; i < 1_005; i += 1) {
    now += 1_000;
    localnet.chain.tick();
  }
  const { oldestVersion } = localnet.chain.head;
  expect(oldestVersion).toBeGreaterThan(0);
  expect(await json(`/accounts/0x1?ledger_version=${oldestVersion - 1}`)).toMatchObject([
    410,
    { error_code: 'version_pruned' },
  ]);
  const rest = new AptosRest(localnet.url);
  await expect(rest.value(resourceKey('0x1', '0x1::chain_id::ChainId'), 0n)).rejects.toMatchObject({
    code: 'node-version-pruned',
  });
});
