import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { SnapHost } from '../support/snap-host';
import { controls, texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/solana', () => require('../support/fake-chain').fakeSolana);

let host: SnapHost;
beforeEach(() => {
  host = wire(new SnapHost().install());
});

describe('connecting', () => {
  it('asks once, and shows the site and every account of every recovery phrase', async () => {
    const request = ask('wallet_connect', {});
    const id = await host.dialog();
    const shown = texts(host.interfaces.get(id)?.ui);
    expect(shown).toEqual(
      expect.arrayContaining([
        ORIGIN,
        'Solana account 1 (Recovery phrase 1)',
        'Sui account 1 (Recovery phrase 2)',
      ]),
    );
    await host.click(id, 'approve');
    const { accounts } = await request;
    expect(accounts.map(({ label }) => label)).toEqual([
      'Solana account 1 (Recovery phrase 1)',
      'Aptos account 1 (Recovery phrase 1)',
      'Sui account 1 (Recovery phrase 1)',
    ]);

    expect(await ask('wallet_connect', {})).toEqual({ accounts });
    expect(await ask('wallet_getAccounts', {})).toEqual({ accounts });
    expect(host.dialogs).toEqual([]);
  });

  it('gives only the accounts that are ticked', async () => {
    const request = ask('wallet_connect', { chains: ['solana'] });
    const id = await host.dialog();
    const boxes = controls(host.interfaces.get(id)?.ui).filter((name) => name.includes(':'));
    expect(boxes).toHaveLength(2);
    const [first = '', second = ''] = boxes;
    host.entered.set(id, { connect: { [first]: false, [second]: true } });
    await host.click(id, 'approve');
    const { accounts } = await request;
    expect(accounts.map((account) => `${account.chain}:${account.address}`)).toEqual([second]);
  });

  it('takes no answer without a tick', async () => {
    const request = ask('wallet_connect', { chains: ['sui'] });
    const id = await host.dialog();
    host.entered.set(id, { connect: {} });
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('Pick at least one account'));
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(await ask('wallet_getAccounts', {})).toEqual({ accounts: [] });
  });

  it.each(['reject', 'close'])('tells the site nothing after %s', async (how) => {
    const request = ask('wallet_connect', {});
    const id = await host.dialog();
    if (how === 'close') host.close(id);
    else await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001, data: { code: 'user-rejected' } });
    expect(await ask('wallet_getAccounts', {})).toEqual({ accounts: [] });
  });

  it('asks again for a chain that was not connected, and keeps the others', async () => {
    const request = ask('wallet_connect', { chains: ['solana'] });
    await host.click(await host.dialog(), 'approve');
    expect((await request).accounts).toHaveLength(1);
    const more = ask('wallet_connect', { chains: ['solana', 'sui'] });
    await host.click(await host.dialog(), 'approve');
    expect((await more).accounts.map(({ chain }) => chain)).toEqual(['solana', 'sui']);
  });
});

describe('an origin', () => {
  it('sees nothing of what another one is connected to', async () => {
    await connect(host);
    expect(await ask('wallet_getAccounts', {}, 'https://other.example')).toEqual({ accounts: [] });
    const refused = await failure(ask('wallet_getNetworks', {}, 'https://other.example'));
    expect(refused).toMatchObject({ code: 4100, data: { code: 'not-connected' } });
  });

  it('loses everything when it disconnects', async () => {
    await connect(host);
    expect(await ask('wallet_disconnect', {})).toBeNull();
    expect(await ask('wallet_getAccounts', {})).toEqual({ accounts: [] });
    expect(await failure(ask('wallet_getNetworks', {}))).toMatchObject({ code: 4100 });
  });

  it('can open only so many windows', async () => {
    await connect(host, 'https://other.example');
    const requests = Array.from({ length: 5 }, () => failure(ask('wallet_connect', {})));
    await host.dialog(3);
    for (const { id } of [...host.dialogs]) host.close(id);
    const codes = (await Promise.all(requests)).map(({ data }) => data.code);
    expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(1);
    expect(codes.filter((code) => code === 'user-rejected')).toHaveLength(4);
  });
});

describe('requests that are none', () => {
  it.each(['eth_accounts', 'constructor', '__proto__', 'toString', 'solana_sendEverything'])(
    'the method %s does not exist',
    async (name) => {
      expect(await failure(ask(name as never, {} as never))).toMatchObject({
        code: 4200,
        data: { code: 'method-unknown' },
      });
    },
  );

  it.each([
    ['wallet_connect', { chains: ['bitcoin'] }],
    ['wallet_connect', { chains: [] }],
    ['wallet_connect', { chain: 'solana' }],
    ['wallet_connect', ['solana']],
    ['wallet_getAccounts', 'all'],
  ])('%s refuses %j', async (name, params) => {
    expect(await failure(ask(name as never, params as never))).toMatchObject({
      code: -32602,
      data: { code: 'params-invalid' },
    });
    expect(host.dialogs).toEqual([]);
  });
});

describe('a locked wallet', () => {
  it.each(['wallet_connect', 'wallet_getAccounts', 'solana_signTransaction'] as const)(
    'answers %s at once, and touches neither keys nor state',
    async (name) => {
      host.locked = true;
      expect(await failure(ask(name, {} as never))).toMatchObject({
        code: -32002,
        data: { code: 'wallet-locked' },
      });
      expect(host.requests.map(({ method }) => method)).toEqual(['snap_getClientStatus']);
    },
  );
});

it('says of a broken state that it is broken, and goes on answering', async () => {
  host.encrypted = { version: 1, broken: true };
  const refused = await failure(ask('wallet_getAccounts', {}));
  expect(refused).toMatchObject({ code: -32603, data: { code: 'state-corrupted' } });
  expect(host.encrypted).toEqual({ version: 1, broken: true });
  expect(await failure(ask('wallet_connect', {}))).toMatchObject({
    data: { code: 'state-corrupted' },
  });
});

it('tells a page nothing of a fault inside', async () => {
  host.request = async () => {
    throw new Error('secret 0xabc');
  };
  const refused = await failure(ask('wallet_getAccounts', {}));
  expect(refused).toMatchObject({ code: -32603, data: { code: 'internal' } });
  expect(JSON.stringify(refused)).not.toContain('0xabc');
});
