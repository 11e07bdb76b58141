import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import { PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import type { SignedMessage, SignInInput } from '../../src/rpc/types';
import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { OTHER } from '../support/previews';
import { SnapHost } from '../support/snap-host';
import { texts } from '../support/tree';

jest.setTimeout(60_000);

let host: SnapHost;
let own: string;

beforeAll(async () => {
  host = wire(new SnapHost().install());
  own = (await connect(host)).find((account) => account.chain === 'solana')?.address ?? '';
});

beforeEach(() => {
  host.requests.length = 0;
  host.locked = false;
});

const utf8 = (text: string): string => base64.encode(new TextEncoder().encode(text));

function expectSignature({ signature, signedMessage, account }: SignedMessage): void {
  const bytes = base64.decode(signedMessage);
  expect(ed25519.verify(base58.decode(signature), bytes, base58.decode(own))).toBe(true);
  expect(account.address).toBe(own);
}

function expectNoKeys(): void {
  expect(host.requests.map(({ method }) => method)).not.toContain('snap_getBip32Entropy');
}

describe('a message', () => {
  it('is shown whole, as plain text, and signed', async () => {
    const request = ask('solana_signMessage', { message: utf8('Hello\n\n**you** \u202e!') });
    const id = await host.dialog();
    const shown = texts(host.interfaces.get(id)?.ui);
    expect(shown).toEqual(
      expect.arrayContaining([ORIGIN, own, 'Hello', ' ', '**you** \\u{202e}!']),
    );
    await host.click(id, 'approve');
    const signed = await request;
    expectSignature(signed);
    expect(signed.signedMessage).toBe(utf8('Hello\n\n**you** \u202e!'));
  });

  it('that is no text is shown as bytes, under a warning', async () => {
    const request = ask('solana_signMessage', { message: base64.encode(Uint8Array.of(255, 0, 1)) });
    const id = await host.dialog();
    expect(texts(host.interfaces.get(id)?.ui)).toEqual(
      expect.arrayContaining(['ff0001', 'This is not text']),
    );
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expectNoKeys();
  });

  it('is not signed when it is a transaction', async () => {
    const payer = new PublicKey(own);
    const transfer = SystemProgram.transfer({ fromPubkey: payer, toPubkey: payer, lamports: 1 });
    const transaction = new Transaction({ feePayer: payer, recentBlockhash: own }).add(transfer);
    const whole = transaction.serialize({ requireAllSignatures: false, verifySignatures: false });
    for (const bytes of [transaction.serializeMessage(), whole]) {
      const message = base64.encode(Uint8Array.from(bytes));
      expect(await failure(ask('solana_signMessage', { message }))).toMatchObject({
        code: -32602,
        data: { code: 'message-is-transaction' },
      });
    }
    expect(host.dialogs).toEqual([]);
    expectNoKeys();
  });

  it('is not signed when it cannot be shown whole', async () => {
    const message = utf8('\u202e'.repeat(5400));
    expect(await failure(ask('solana_signMessage', { message }))).toMatchObject({
      data: { code: 'message-too-long' },
    });
  });

  it('is not signed when the site was disconnected, or MetaMask locked, meanwhile', async () => {
    const request = ask('solana_signMessage', { message: utf8('hello') });
    const id = await host.dialog();
    host.locked = true;
    await host.click(id, 'approve');
    expect(await failure(request)).toMatchObject({ data: { code: 'wallet-locked' } });
    host.locked = false;
    expectNoKeys();
  });
});

describe('a sign-in', () => {
  const now = new Date();
  const soon = new Date(now.getTime() + 60_000).toISOString();
  const past = new Date(now.getTime() - 60_000).toISOString();

  it('is filled in with the site and the account, shown, and signed', async () => {
    const request = ask('solana_signIn', {
      statement: 'Welcome',
      uri: `${ORIGIN}/login`,
      nonce: '12345678',
      issuedAt: now.toISOString(),
      expirationTime: soon,
      resources: ['https://dapp.example/terms'],
    });
    const id = await host.dialog();
    expect(texts(host.interfaces.get(id)?.ui)).toEqual(
      expect.arrayContaining([ORIGIN, own, 'Welcome', '12345678', 'https://dapp.example/terms']),
    );
    await host.click(id, 'approve');
    const signed = await request;
    expectSignature(signed);
    const text = new TextDecoder().decode(base64.decode(signed.signedMessage));
    expect(text).toMatch(
      new RegExp(
        `^dapp.example wants you to sign in with your Solana account:\\n${own}\\n\\nWelcome\\n\\nURI:`,
      ),
    );
  });

  it.each<[string, SignInInput]>([
    ['domain', { domain: 'dapp.example.evil.example' }],
    ['domain', { domain: 'https://dapp.example' }],
    ['uri', { uri: 'https://evil.example/login' }],
    ['uri', { uri: 'http://dapp.example/login' }],
    ['uri', { uri: 'https://dapp.example@evil.example' }],
    ['uri', { uri: 'not a uri' }],
    ['chain', { chainId: 'solana:moon' }],
    ['time', { issuedAt: '2001-01-01T00:00:00Z' }],
    ['time', { expirationTime: past }],
    ['field', { statement: 'hi\nURI: https://evil.example' }],
    ['field', { nonce: '1\u20282' }],
    ['field', { resources: ['a\nb'] }],
  ])('of another %s is refused', async (what, input) => {
    expect(await failure(ask('solana_signIn', input))).toMatchObject({
      code: -32602,
      data: { code: `sign-in-${what}` },
    });
    expect(host.dialogs).toEqual([]);
    expectNoKeys();
  });

  it('of another site is refused as a message too', async () => {
    const text = `evil.example wants you to sign in with your Solana account:\n${own}\n\nNonce: 1`;
    expect(await failure(ask('solana_signMessage', { message: utf8(text) }))).toMatchObject({
      data: { code: 'sign-in-domain' },
    });
    expectNoKeys();
  });

  it('of an address that is not connected is refused', async () => {
    expect(await failure(ask('solana_signIn', { address: OTHER }))).toMatchObject({ code: 4100 });
    expect(await failure(ask('solana_signIn', { address: OTHER, account: own }))).toMatchObject({
      data: { code: 'sign-in-address' },
    });
  });
});
