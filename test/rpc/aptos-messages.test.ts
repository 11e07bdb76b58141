import { ed25519 } from '@noble/curves/ed25519.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import type { RpcMethods } from '../../src/rpc/types';
import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { APTOS_OTHER } from '../support/previews';
import { SnapHost } from '../support/snap-host';
import { texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/aptos', () => require('../support/fake-aptos').fakeAptos);

type SignIn = RpcMethods['aptos_signIn']['params'];

let host: SnapHost;
let own: string;
let publicKey: Uint8Array;

beforeAll(async () => {
  host = wire(new SnapHost().install());
  const account = (await connect(host)).find(({ chain }) => chain === 'aptos');
  own = account?.address ?? '';
  publicKey = Uint8Array.from(Buffer.from(account?.publicKey ?? '', 'hex'));
});

beforeEach(() => {
  host.requests.length = 0;
  host.locked = false;
});

const utf8 = (text: string) => new TextEncoder().encode(text);

function expectSigned(signature: string, bytes: Uint8Array): void {
  expect(ed25519.verify(Uint8Array.from(Buffer.from(signature, 'hex')), bytes, publicKey)).toBe(
    true,
  );
}

function expectNoKeys(): void {
  expect(host.requests.map(({ method }) => method)).not.toContain('snap_getBip32Entropy');
}

describe('aptos_signMessage', () => {
  it('binds site, account, network and nonce, and shows all that is signed', async () => {
    const request = ask('aptos_signMessage', { message: 'Hello\n\u202eyou', nonce: '8f3a' });
    const id = await host.dialog();
    const shown = texts(host.interfaces.get(id)?.ui);
    expect(shown).toEqual(
      expect.arrayContaining([
        ORIGIN,
        own,
        'APTOS',
        `address: ${own}`,
        `application: ${ORIGIN}`,
        'chainId: 1',
        'message: Hello',
        '\\u{202e}you',
        'nonce: 8f3a',
      ]),
    );
    await host.click(id, 'approve');
    const signed = await request;
    // The text of the wallet standard for Aptos, every field of it.
    const fullMessage = `APTOS\naddress: ${own}\napplication: ${ORIGIN}\nchainId: 1\nmessage: Hello\n\u202eyou\nnonce: 8f3a`;
    expect(signed).toMatchObject({
      prefix: 'APTOS',
      address: own,
      application: ORIGIN,
      chainId: 1,
      nonce: '8f3a',
      fullMessage,
    });
    expectSigned(signed.signature, utf8(fullMessage));
  });

  it('binds the network that is asked for, also one whose chain id changes', async () => {
    for (const [network, chainId] of [
      ['aptos-testnet', 2],
      ['aptos-devnet', 4],
    ] as const) {
      const request = ask('aptos_signMessage', { message: 'Hello', nonce: '1', network });
      await host.click(await host.dialog(), 'approve');
      const signed = await request;
      expect(signed.chainId).toBe(chainId);
      expectSigned(signed.signature, utf8(signed.fullMessage));
      expect(signed.fullMessage).toContain(`\nchainId: ${chainId}\n`);
    }
  });

  it.each([
    ['a nonce of two lines', { message: 'Hello', nonce: '1\nmessage: other' }, 'message-nonce'],
    ['no nonce', { message: 'Hello', nonce: '' }, 'params-invalid'],
    ['no message', { message: '', nonce: '1' }, 'params-invalid'],
    ['a long message', { message: 'x'.repeat(17_000), nonce: '1' }, 'params-invalid'],
    [
      'what cannot be shown whole',
      { message: '\u202e'.repeat(6000), nonce: '1' },
      'message-too-long',
    ],
    ['another account', { message: 'Hello', nonce: '1', account: APTOS_OTHER }, 'not-connected'],
    ['another network', { message: 'Hello', nonce: '1', network: 'moon' }, 'network-unknown'],
  ])('refuses %s', async (_, params, code) => {
    expect((await failure(ask('aptos_signMessage', params))).data.code).toBe(code);
    expect(host.dialogs).toEqual([]);
    expectNoKeys();
  });

  it('refuses a sign-in for another site', async () => {
    const message = `evil.example wants you to sign in with your Aptos account:\n${own}\n\nNonce: 1`;
    expect(await failure(ask('aptos_signMessage', { message, nonce: '1' }))).toMatchObject({
      data: { code: 'sign-in-domain' },
    });
    expectNoKeys();
  });

  it('signs nothing after a rejection, nor once MetaMask is locked', async () => {
    const rejected = ask('aptos_signMessage', { message: 'Hello', nonce: '1' });
    await host.click(await host.dialog(), 'reject');
    expect(await failure(rejected)).toMatchObject({ code: 4001 });
    const locked = ask('aptos_signMessage', { message: 'Hello', nonce: '1' });
    const id = await host.dialog();
    host.locked = true;
    await host.click(id, 'approve');
    expect(await failure(locked)).toMatchObject({ data: { code: 'wallet-locked' } });
    expectNoKeys();
  });

  it('is for connected sites only', async () => {
    const request = ask('aptos_signMessage', { message: 'a', nonce: '1' }, 'https://b.example');
    expect(await failure(request)).toMatchObject({ code: 4100 });
  });
});

describe('aptos_signIn', () => {
  it('fills in site, account and network, shows them, and signs by AIP-116', async () => {
    const request = ask('aptos_signIn', {
      statement: 'Welcome',
      nonce: '12345678',
      network: 'aptos-testnet',
    });
    const id = await host.dialog();
    expect(texts(host.interfaces.get(id)?.ui)).toEqual(
      expect.arrayContaining([ORIGIN, own, 'Welcome', '12345678', 'dapp.example', 'testnet']),
    );
    await host.click(id, 'approve');
    const { input, message, signature } = await request;
    expect(input).toMatchObject({
      domain: 'dapp.example',
      address: own,
      uri: ORIGIN,
      version: '1',
      chainId: 'testnet',
      nonce: '12345678',
    });
    expect(message).toBe(
      `dapp.example wants you to sign in with your Aptos account:\n${own}\n\nWelcome\n\nURI: ${ORIGIN}\nVersion: 1\nNonce: 12345678\nChain ID: testnet`,
    );
    const prefix = sha3_256(utf8('SIGN_IN_WITH_APTOS::'));
    expectSigned(signature, Uint8Array.of(...prefix, ...utf8(message)));
  });

  it.each<[string, SignIn]>([
    ['domain', { domain: 'evil.example' }],
    ['uri', { uri: 'https://evil.example/' }],
    ['chain', { chainId: 'testnet' }],
    ['version', { version: '2' }],
    ['time', { issuedAt: '2001-01-01T00:00:00Z' }],
    ['field', { statement: 'hi\nURI: https://evil.example' }],
  ])('of another %s is refused', async (what, input) => {
    expect(await failure(ask('aptos_signIn', input))).toMatchObject({
      code: -32602,
      data: { code: `sign-in-${what}` },
    });
    expect(host.dialogs).toEqual([]);
    expectNoKeys();
  });

  it('of an address that is not connected is refused', async () => {
    expect(await failure(ask('aptos_signIn', { address: APTOS_OTHER }))).toMatchObject({
      code: 4100,
    });
  });
});
