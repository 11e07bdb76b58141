import { handleUserInput, openHome } from '../../src/rpc';
import { aptos } from '../support/fake-aptos';
import { fakeSolana } from '../support/fake-chain';
import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { SnapHost } from '../support/snap-host';
import { controls, texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/solana', () => require('../support/fake-chain').fakeSolana);
jest.mock('../../src/chains/aptos', () => require('../support/fake-aptos').fakeAptos);
jest.mock('../../src/chains/sui', () => require('../support/fake-sui').fakeSui);

let host: SnapHost;
beforeEach(() => {
  host = wire(new SnapHost().install());
});

const shown = (id: string): string[] => texts(host.interfaces.get(id)?.ui);

async function change(id: string, name: string, value: unknown): Promise<void> {
  const context = host.interfaces.get(id)?.context as Record<string, unknown>;
  await handleUserInput({ id, event: { type: 'InputChangeEvent', name, value }, context });
}

describe('the home page', () => {
  it('shows each account with its address to copy and its balance', async () => {
    const id = await openHome();
    await host.shows(id, (text) => text.includes('1.5 SOL'));
    expect(shown(id)).toEqual(
      expect.arrayContaining([
        'Solana account 1 (Recovery phrase 1)',
        'Solana account 1 (Recovery phrase 2)',
        'Aptos account 1 (Recovery phrase 1)',
        'Sui account 1 (Recovery phrase 2)',
        'rpc.example.org',
        'api.mainnet.aptoslabs.com',
        'None.',
      ]),
    );
    // Each in its own coin: two phrases, one account of each.
    expect(shown(id).filter((text) => text === '1.5 SOL')).toHaveLength(2);
    expect(shown(id).filter((text) => text === '2.5 APT')).toHaveLength(2);
    const state = host.encrypted as { accounts: { address: string }[] };
    for (const { address } of state.accounts) expect(shown(id)).toContain(address);
  });

  it('adds an account of the phrase that is chosen', async () => {
    const id = await openHome();
    await host.click(id, 'add-account:solana:alternative');
    expect(shown(id)).toContain('Solana account 2 (Recovery phrase 2)');
    expect(shown(id)).not.toContain('Solana account 2 (Recovery phrase 1)');
  });

  it('lists the sites, and disconnects the one that is chosen', async () => {
    await connect(host);
    await connect(host, 'https://other.example');
    const id = await openHome();
    expect(shown(id)).toEqual(expect.arrayContaining([ORIGIN, 'https://other.example']));
    await host.click(id, `disconnect:${ORIGIN}`);
    expect(shown(id)).not.toContain(ORIGIN);
    expect(await ask('wallet_getAccounts', {})).toEqual({ accounts: [] });
    const other = await ask('wallet_getAccounts', {}, 'https://other.example');
    expect(other.accounts).toHaveLength(3);
  });

  it('changes the network in use', async () => {
    await connect(host);
    const id = await openHome();
    await change(id, 'network:solana', 'solana-devnet');
    const { networks } = await ask('wallet_getNetworks', {});
    expect(networks.filter(({ current }) => current).map((network) => network.id)).toEqual([
      'solana-devnet',
      'aptos-mainnet',
      'sui-mainnet',
    ]);
    expect(JSON.stringify(networks)).not.toContain('rpc.example.org');
  });

  it('changes the network of one chain and leaves the other’s', async () => {
    await connect(host);
    const id = await openHome();
    await change(id, 'network:aptos', 'aptos-testnet');
    const { networks } = await ask('wallet_getNetworks', {});
    expect(networks.filter(({ current }) => current).map((network) => network.id)).toEqual([
      'solana-mainnet',
      'aptos-testnet',
      'sui-mainnet',
    ]);
    expect(shown(id)).toContain('api.testnet.aptoslabs.com');
    expect(shown(id)).toContain('rpc.example.org');
  });

  it('adds an account of the chain that is chosen', async () => {
    const id = await openHome();
    await host.click(id, 'add-account:aptos:default');
    expect(shown(id)).toContain('Aptos account 2 (Recovery phrase 1)');
    expect(shown(id)).not.toContain('Solana account 2 (Recovery phrase 1)');
  });

  it('shows a balance where the other chain’s node does not answer', async () => {
    jest.spyOn(fakeSolana, 'nativeBalance').mockRejectedValue(new Error('away'));
    const id = await openHome();
    await host.shows(id, (text) => text.includes('2.5 APT'));
    expect(shown(id)).not.toContain('1.5 SOL');
    jest.restoreAllMocks();
  });

  it('turns blind signing on and off, and sets the tolerance', async () => {
    const id = await openHome();
    await change(id, 'blind-signing', true);
    expect(host.encrypted).toMatchObject({ settings: { blindSigning: true } });
    await change(id, 'blind-signing', false);
    await change(id, 'tolerance', '50');
    expect(host.encrypted).toMatchObject({
      settings: { blindSigning: false, toleranceBasisPoints: 50 },
    });
  });

  it('says so while MetaMask is locked', async () => {
    host.locked = true;
    const id = await openHome();
    expect(shown(id)).toContain('MetaMask is locked');
    expect(host.requests.map(({ method }) => method)).not.toContain('snap_manageState');
  });

  it('starts over from a broken state at the user’s word only', async () => {
    host.encrypted = { broken: true };
    const id = await openHome();
    expect(shown(id)).toContain('Lookahead cannot read its notes');
    await host.click(id, 'reset');
    expect(host.encrypted).toEqual({ broken: true });
    await host.click(id, 'confirm-reset');
    expect(shown(id)).toContain('Solana account 1 (Recovery phrase 1)');
    expect(host.encrypted).toMatchObject({ version: 1 });
  });
});

describe('an RPC node', () => {
  it('is taken when it belongs to the network', async () => {
    const id = await openHome();
    await host.click(id, 'edit-endpoint:solana-mainnet');
    jest.spyOn(fakeSolana, 'genesisHash').mockResolvedValueOnce('GenesisOfMainnet');
    await host.submit(id, 'endpoint-form:solana-mainnet', { endpoint: 'https://mine.example/key' });
    expect(shown(id)).toContain('mine.example');
    await host.click(id, 'edit-endpoint:solana-mainnet');
    await host.click(id, 'default-endpoint:solana-mainnet');
    expect(shown(id)).toContain('rpc.example.org');
  });

  it('of another network is refused', async () => {
    const id = await openHome();
    await host.click(id, 'edit-endpoint:solana-mainnet');
    await host.submit(id, 'endpoint-form:solana-mainnet', { endpoint: 'https://mine.example' });
    expect(shown(id)).toContain('This node does not belong to Solana.');
    expect(host.encrypted).toMatchObject({ endpoints: [] });
  });
});

describe('a network of Aptos', () => {
  const LOCAL = { chain: 'aptos', name: 'Local', endpoint: 'http://127.0.0.1:8080/v1' } as const;

  it('is added by its chain id at a site’s request, and used by that', async () => {
    await connect(host);
    const request = ask('wallet_addNetwork', LOCAL);
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('"name":"approve"'));
    expect(shown(id)).toEqual(expect.arrayContaining([ORIGIN, '127.0.0.1:8080', 'Chain id', '4']));
    await host.click(id, 'approve');
    const { network } = await request;
    expect(network).toMatchObject({ chain: 'aptos', id: 'added-aptos-4', genesis: '4' });
    const home = await openHome();
    await change(home, 'network:aptos', 'added-aptos-4');
    expect(shown(home)).toContain('127.0.0.1:8080');
    const { networks } = await ask('wallet_getNetworks', {});
    expect(networks.find(({ id: one }) => one === 'added-aptos-4')).toMatchObject({
      current: true,
    });
  });

  it.each([1, 2])('that says it is chain %i is a built-in one', async (chainId) => {
    await connect(host);
    const before = aptos.chainId;
    aptos.chainId = chainId;
    const request = ask('wallet_addNetwork', LOCAL);
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('"name":"approve"'));
    await host.click(id, 'approve');
    expect(await failure(request)).toMatchObject({ data: { code: 'network-exists' } });
    aptos.chainId = before;
    expect(host.encrypted).toMatchObject({ networks: [] });
  });
});

describe('a network', () => {
  const LOCAL = { chain: 'solana', name: 'Local', endpoint: 'http://127.0.0.1:8899' } as const;

  it('is added at a site’s request after the user saw its host and genesis hash', async () => {
    await connect(host);
    const request = ask('wallet_addNetwork', LOCAL);
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('"name":"approve"'));
    expect(shown(id)).toEqual(
      expect.arrayContaining([ORIGIN, '127.0.0.1:8899', 'GenesisOf http://127.0.0.1:8899']),
    );
    await host.click(id, 'approve');
    const { network } = await request;
    expect(network).toMatchObject({ name: 'Local', genesis: 'GenesisOf http://127.0.0.1:8899' });
    expect(await ask('wallet_addNetwork', LOCAL)).toEqual({ network });
    expect(host.dialogs).toEqual([]);
  });

  it('is not added when the user rejects', async () => {
    await connect(host);
    const request = ask('wallet_addNetwork', LOCAL);
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('"name":"approve"'));
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(host.encrypted).toMatchObject({ networks: [] });
  });

  it('whose node does not answer tells the site so only once the user closed the window', async () => {
    await connect(host);
    const { nodeFails } = require('../support/fake-chain');
    jest.spyOn(fakeSolana, 'genesisHash').mockImplementationOnce(nodeFails);
    const request = ask('wallet_addNetwork', LOCAL);
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('did not answer'));
    host.close(id);
    expect(await failure(request)).toMatchObject({ code: -32002, data: { kind: 'state' } });
  });

  it.each(['http://node.example', 'ftp://127.0.0.1', 'nonsense', 'https://user:pw@node.example'])(
    'at %s is refused',
    async (endpoint) => {
      await connect(host);
      const refused = await failure(ask('wallet_addNetwork', { ...LOCAL, endpoint }));
      expect(refused).toMatchObject({ data: { code: 'endpoint-not-allowed' } });
      expect(host.dialogs).toEqual([]);
    },
  );

  it('is added, used and removed on the home page', async () => {
    const id = await openHome();
    await host.click(id, 'add-network:solana');
    await host.submit(id, 'add-network-form:solana', {
      'network-name': 'Local',
      'network-endpoint': LOCAL.endpoint,
      'network-coin': 'SOL',
    });
    expect(shown(id)).toContain('GenesisOf http://127.0.0.1:8899');
    await host.click(id, 'confirm-network');
    const added = `added-GenesisOf ${LOCAL.endpoint}`;
    await change(id, 'network:solana', added);
    expect(shown(id)).toContain('127.0.0.1:8899');
    await host.click(id, `remove-network:${added}`);
    expect(controls(host.interfaces.get(id)?.ui)).not.toContain(`remove-network:${added}`);
    expect(host.encrypted).toMatchObject({ networks: [], current: [] });
  });
});
