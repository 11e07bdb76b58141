import { describe, expect, it, jest } from '@jest/globals';
import { connect, install, ORIGIN, spyOnSnap } from '../support/installed-snap';
import { controls, texts } from '../support/tree';

jest.setTimeout(60_000);

/** Of the simulator's recovery phrase; checked against the SDKs in `test/keyring`. */
const CHAINS = ['solana', 'aptos', 'sui'];

describe('the built snap', () => {
  it('connects the accounts that the user ticks, once', async () => {
    const page = await install();
    const request = page.ask('wallet_connect', {});
    const window = await request.window();
    expect(await window.texts()).toEqual(expect.arrayContaining([ORIGIN, 'Connect accounts?']));
    const boxes = (await window.controls()).filter((name) => name.startsWith('sui:'));
    await window.click(boxes[0] ?? '');
    await window.click('approve');
    const { accounts } = await request.result();
    expect(accounts.map(({ chain }) => chain)).toEqual(['solana', 'aptos']);
    expect(await page.ask('wallet_getAccounts', {}).result()).toEqual({ accounts });
  });

  it('tells a site nothing when the user rejects, and nothing of other sites', async () => {
    const page = await install();
    const request = page.ask('wallet_connect', {});
    await (await request.window()).click('reject');
    expect(await request.error()).toMatchObject({ code: 4001, data: { code: 'user-rejected' } });
    await connect(page, 'https://other.example');
    expect(await page.ask('wallet_getAccounts', {}).result()).toEqual({ accounts: [] });
    expect(await page.ask('wallet_getNetworks', {}).error()).toMatchObject({ code: 4100 });
  });

  it('shows accounts and sites on its home page, and disconnects one', async () => {
    const page = await install();
    const accounts = await connect(page);
    expect(accounts.map(({ chain }) => chain)).toEqual(CHAINS);
    const home = await page.snap.onHomePage();
    const ui = home.getInterface();
    const shown = texts(ui.content);
    for (const { address } of accounts) expect(shown).toContain(address);
    expect(shown).toContain(ORIGIN);
    expect(controls(ui.content)).toContain(`disconnect:${ORIGIN}`);
    await ui.clickElement(`disconnect:${ORIGIN}`);
    expect(await page.ask('wallet_getAccounts', {}).result()).toEqual({ accounts: [] });
  });

  it('answers at once while MetaMask is locked', async () => {
    const page = await install();
    await connect(page);
    const mock = page.snap.mockJsonRpc({
      method: 'snap_getClientStatus',
      result: { locked: true },
    });
    expect(await page.ask('wallet_getAccounts', {}).error()).toMatchObject({
      code: -32002,
      data: { code: 'wallet-locked' },
    });
    const home = await page.snap.onHomePage();
    expect(texts(home.getInterface().content)).toContain('MetaMask is locked');
    mock.unmock();
    expect((await page.ask('wallet_getAccounts', {}).result()).accounts).toHaveLength(3);
  });

  it('keeps no key, and nothing private where it is not encrypted', async () => {
    const page = await install();
    const requests = spyOnSnap(page);
    await connect(page);
    const sign = page.ask('solana_signMessage', { message: 'aGVsbG8=' });
    await (await sign.window()).click('approve');
    await sign.result();
    const methods = requests.map(({ method }) => method);
    expect(methods).toContain('snap_getBip32Entropy');
    const written = requests.filter(
      ({ params }) => (params as { operation?: string })?.operation === 'update',
    );
    expect(JSON.stringify(written)).toContain('dapp.example');
    expect(JSON.stringify(requests)).not.toMatch(/privateKey|chainCode|mnemonic|seed/i);
    for (const { params } of written) expect(params).toMatchObject({ encrypted: true });
  });

  it('goes on answering after requests that make no sense', async () => {
    const page = await install();
    for (const method of ['eth_accounts', '__proto__']) {
      expect(await page.ask(method as never, {} as never).error()).toMatchObject({ code: 4200 });
    }
    expect(await page.ask('wallet_connect', { chains: [] }).error()).toMatchObject({
      code: -32602,
      data: { code: 'params-invalid' },
    });
    expect(await page.ask('wallet_getAccounts', {}).result()).toEqual({ accounts: [] });
  });
});

describe('messages', () => {
  it('are shown and signed, also when they are no text', async () => {
    const page = await install();
    await connect(page);
    const request = page.ask('solana_signMessage', { message: '/wAB' });
    const window = await request.window();
    expect(await window.texts()).toEqual(expect.arrayContaining(['ff0001', 'This is not text']));
    await window.click('reject');
    expect(await request.error()).toMatchObject({ code: 4001 });
  });

  it('of another site are refused', async () => {
    const page = await install();
    await connect(page);
    expect(await page.ask('solana_signIn', { domain: 'bank.example' }).error()).toMatchObject({
      code: -32602,
      data: { code: 'sign-in-domain' },
    });
    const request = page.ask('solana_signIn', { statement: 'Hello', nonce: '12345678' });
    const window = await request.window();
    expect(await window.texts()).toEqual(expect.arrayContaining(['dapp.example', 'Hello']));
    await window.click('approve');
    expect((await request.result()).account.chain).toBe('solana');
  });
});
