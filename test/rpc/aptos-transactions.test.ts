/** The methods for Aptos, with transactions of its SDK, whose own reading of the answers is the measure. */

import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import type { Preview } from '../../src/vm-preview/model/preview';
import { rawTransaction, type Terms } from '../chains/aptos/transfers';
import { entry } from '../support/aptos-calls';
import {
  Account,
  AccountAddress,
  AccountAuthenticator,
  AccountAuthenticatorEd25519,
  Deserializer,
  Ed25519PublicKey,
  Ed25519Signature,
  generateSigningMessageForTransaction,
  MultiAgentTransaction,
  SignedTransaction,
  SimpleTransaction,
  TransactionAuthenticatorFeePayer,
} from '../support/aptos-sdk';
import { aptos } from '../support/fake-aptos';
import { cannotPreview, nodeFails } from '../support/fake-chain';
import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { APTOS_OTHER, APTOS_TRANSFER } from '../support/previews';
import { SnapHost } from '../support/snap-host';
import { controls, texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/aptos', () => require('../support/fake-aptos').fakeAptos);

const FEE_PAYER = `0x${'fe'.repeat(32)}`;

let host: SnapHost;
let own: string;
let publicKey: Uint8Array;
let encrypted: unknown;

beforeAll(async () => {
  host = wire(new SnapHost().install());
  const account = (await connect(host)).find(({ chain }) => chain === 'aptos');
  own = account?.address ?? '';
  publicKey = Uint8Array.from(Buffer.from(account?.publicKey ?? '', 'hex'));
  encrypted = host.encrypted;
});

beforeEach(() => {
  host = wire(new SnapHost().install());
  host.encrypted = structuredClone(encrypted);
  aptos.reset();
});

const raw = (terms: Terms = {}) =>
  rawTransaction(entry('0x1::aptos_account::transfer', [APTOS_OTHER, 5n]), {
    sender: own,
    ...terms,
  });
const simple = (terms: Terms = {}, payer?: string) =>
  new SimpleTransaction(raw(terms), payer === undefined ? undefined : AccountAddress.from(payer));
const multiAgent = (others: string[], terms: Terms = {}, payer?: string) =>
  new MultiAgentTransaction(
    raw(terms),
    others.map((other) => AccountAddress.from(other)),
    payer === undefined ? undefined : AccountAddress.from(payer),
  );
const wireForm = (transaction: { bcsToBytes(): Uint8Array }) =>
  base64.encode(transaction.bcsToBytes());

async function offered(id: string, button: string): Promise<void> {
  await host.shows(id, (text) => text.includes(`"name":"${button}"`));
}

async function approve(): Promise<void> {
  const id = await host.dialog();
  await offered(id, 'approve');
  await host.click(id, 'approve');
}

function keysAsked(): number {
  return host.requests.filter(({ method }) => method === 'snap_getBip32Entropy').length;
}

const withExpiry = (expiry: Preview['provenance']['expiry']): Preview => ({
  ...APTOS_TRANSFER,
  provenance: { ...APTOS_TRANSFER.provenance, expiry },
});

describe('aptos_signTransaction', () => {
  const forms = [
    ['a raw transaction', () => ({ bytes: raw().bcsToBytes(), means: simple() })],
    ['a simple transaction', () => ({ bytes: simple().bcsToBytes(), means: simple() })],
    [
      'one that another account pays for',
      () => ({
        bytes: simple({}, APTOS_OTHER).bcsToBytes(),
        means: simple({}, APTOS_OTHER),
      }),
    ],
    [
      'one whose payer is not settled',
      () => ({ bytes: simple({}, '0x0').bcsToBytes(), means: simple({}, '0x0') }),
    ],
    [
      'one of several signers',
      () => ({
        bytes: multiAgent([APTOS_OTHER]).bcsToBytes(),
        means: multiAgent([APTOS_OTHER]),
      }),
    ],
    [
      'one of several signers that another pays for',
      () => ({
        bytes: multiAgent([own], { sender: APTOS_OTHER }, FEE_PAYER).bcsToBytes(),
        means: multiAgent([own], { sender: APTOS_OTHER }, FEE_PAYER),
      }),
    ],
  ] as const;

  it.each(forms)('answers for %s with an authenticator that the SDK takes', async (_, make) => {
    const { bytes, means } = make();
    const request = ask('aptos_signTransaction', { transaction: base64.encode(bytes) });
    await approve();
    const { authenticator } = await request;
    const read = AccountAuthenticator.deserialize(new Deserializer(base64.decode(authenticator)));
    if (!(read instanceof AccountAuthenticatorEd25519)) throw new Error('another kind');
    expect(read.public_key.toUint8Array()).toEqual(publicKey);
    const message = generateSigningMessageForTransaction(means);
    expect(ed25519.verify(read.signature.toUint8Array(), message, publicKey)).toBe(true);
    // Nothing is renewed: others may have signed the same bytes.
    expect(aptos.calls.map(({ transaction }) => transaction)).toEqual([bytes, bytes]);
  });

  it('tells the chain whose key will sign', async () => {
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    await approve();
    await request;
    expect(aptos.calls[0]).toMatchObject({
      account: own,
      publicKey: Buffer.from(publicKey).toString('hex'),
      network: 'aptos-mainnet',
    });
  });

  it.each(['reject', 'close'])('signs nothing after %s', async (how) => {
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    const id = await host.dialog();
    await offered(id, 'approve');
    if (how === 'close') host.close(id);
    else await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('asks again when the outcome changed', async () => {
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    const id = await host.dialog();
    await offered(id, 'approve');
    aptos.differences = [{ code: 'warning-new', text: 'There is a new warning.' }];
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('There is a new warning.'));
    expect(keysAsked()).toBe(0);
    aptos.differences = [];
    await host.click(id, 'approve');
    await request;
    expect(aptos.calls).toHaveLength(3);
  });

  it('signs nothing that has expired', async () => {
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    const id = await host.dialog();
    await offered(id, 'approve');
    aptos.preview = () => withExpiry({ kind: 'expired' });
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('This transaction has expired'));
    host.close(id);
    expect(await failure(request)).toMatchObject({ data: { code: 'transaction-expired' } });
    expect(keysAsked()).toBe(0);
  });

  it('signs nothing that cannot be previewed', async () => {
    aptos.preview = cannotPreview;
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('Cannot preview: a proof'));
    expect(controls(host.interfaces.get(id)?.ui)).toEqual(['reject']);
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('signs nothing when the site was disconnected meanwhile', async () => {
    const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
    const id = await host.dialog();
    await offered(id, 'approve');
    await ask('wallet_disconnect', {});
    await host.click(id, 'approve');
    expect(await failure(request)).toMatchObject({ code: 4100 });
    expect(keysAsked()).toBe(0);
  });
});

describe('aptos_signAndSubmitTransaction', () => {
  const submit = (transaction: string) => ask('aptos_signAndSubmitTransaction', { transaction });

  it('sends it with today’s sequence number and a new expiry', async () => {
    const old = simple({ sequenceNumber: 3n, expires: 1n });
    const request = submit(wireForm(old));
    const id = await host.dialog();
    await offered(id, 'approve');
    aptos.sequenceNumber = 42n;
    aptos.now += 30n;
    await host.click(id, 'approve');
    const { hash } = await request;
    const [sent] = aptos.submitted;
    if (sent === undefined) throw new Error('nothing was sent');
    const signed = SignedTransaction.deserialize(new Deserializer(sent));
    expect(signed.raw_txn.sequence_number).toBe(42n);
    expect(signed.raw_txn.expiration_timestamp_secs).toBe(aptos.now + 60n);
    const expected = raw({ sequenceNumber: 42n, expires: aptos.now + 60n });
    expect(signed.raw_txn.bcsToHex()).toEqual(expected.bcsToHex());
    const { authenticator } = signed;
    if (!('signature' in authenticator) || !('public_key' in authenticator)) {
      throw new Error('another kind');
    }
    const message = generateSigningMessageForTransaction(new SimpleTransaction(expected));
    const signature = (authenticator.signature as { toUint8Array(): Uint8Array }).toUint8Array();
    expect(ed25519.verify(signature, message, publicKey)).toBe(true);
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    // What was run last is what is sent.
    expect(aptos.calls.at(-1)?.transaction).toEqual(expected.bcsToBytes());
  });

  it.each([
    ['another account pays for', () => wireForm(simple({}, APTOS_OTHER))],
    ['nobody yet pays for', () => wireForm(simple({}, '0x0'))],
    ['another account signs too', () => wireForm(multiAgent([APTOS_OTHER]))],
  ])('is refused for what %s, before the user is asked', async (_, make) => {
    expect(await failure(submit(make()))).toMatchObject({
      code: -32602,
      data: { code: 'signatures-missing' },
    });
    expect(host.dialogs).toEqual([]);
    expect(aptos.submitted).toEqual([]);
  });

  it('is sent as it is where the other signature is there already', async () => {
    const sponsor = Account.generate();
    const payer = sponsor.accountAddress.toString();
    const unsigned = simple({ sequenceNumber: 41n }, payer);
    const given = sponsor.signTransactionWithAuthenticator(unsigned);
    const empty = new AccountAuthenticatorEd25519(
      new Ed25519PublicKey(new Uint8Array(32)),
      new Ed25519Signature(new Uint8Array(64)),
    );
    const whole = new SignedTransaction(
      unsigned.rawTransaction,
      new TransactionAuthenticatorFeePayer(empty, [], [], {
        address: sponsor.accountAddress,
        authenticator: given,
      }),
    );
    const request = submit(wireForm(whole));
    await approve();
    await request;
    const [sent] = aptos.submitted;
    if (sent === undefined) throw new Error('nothing was sent');
    const { authenticator, raw_txn } = SignedTransaction.deserialize(new Deserializer(sent));
    expect(raw_txn.bcsToHex()).toEqual(unsigned.rawTransaction.bcsToHex());
    if (!(authenticator instanceof TransactionAuthenticatorFeePayer)) throw new Error('kind');
    expect(authenticator.fee_payer.authenticator.bcsToHex()).toEqual(given.bcsToHex());
    const message = generateSigningMessageForTransaction(unsigned);
    const { sender } = authenticator;
    if (!(sender instanceof AccountAuthenticatorEd25519)) throw new Error('another kind');
    expect(ed25519.verify(sender.signature.toUint8Array(), message, publicKey)).toBe(true);
  });

  it('sends nothing after a rejection', async () => {
    const request = submit(wireForm(simple()));
    const id = await host.dialog();
    await offered(id, 'approve');
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(aptos.submitted).toEqual([]);
    expect(keysAsked()).toBe(0);
  });
});

describe('a request that cannot be shown', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['bytes that are no transaction', { transaction: 'AAAA' }, 'transaction-malformed'],
    ['text that is no base64', { transaction: 'not base64!' }, 'params-invalid'],
    ['nothing', { transaction: '' }, 'params-invalid'],
    ['too much', { transaction: 'A'.repeat(120_000) }, 'params-invalid'],
    ['a network that nobody knows', { network: 'moon' }, 'network-unknown'],
    ['a network of another chain', { network: 'solana-mainnet' }, 'network-unknown'],
    ['an account that is not connected', { account: APTOS_OTHER }, 'not-connected'],
    ['an address that is written short', { account: '0x1' }, 'params-invalid'],
  ])('is refused with one error: %s', async (_, change, code) => {
    const params = { transaction: wireForm(simple()), ...change };
    const refused = await failure(ask('aptos_signTransaction', params));
    expect(refused.data.code).toBe(code);
    expect(refused.message).toMatch(/^[^\n]{10,300}$/);
    expect(host.dialogs).toEqual([]);
  });

  it('is refused with bytes left over or missing', async () => {
    const bytes = simple().bcsToBytes();
    for (const broken of [
      Uint8Array.of(...bytes, 7),
      bytes.subarray(0, bytes.length - 2),
      bytes.subarray(1),
    ]) {
      const request = ask('aptos_signTransaction', { transaction: base64.encode(broken) });
      expect((await failure(request)).code).toBe(-32602);
    }
    expect(host.dialogs).toEqual([]);
  });

  it('is refused when it does not want our signature', async () => {
    const transaction = wireForm(simple({ sender: APTOS_OTHER }));
    expect(await failure(ask('aptos_signTransaction', { transaction }))).toMatchObject({
      code: -32602,
      data: { code: 'account-not-signer' },
    });
  });
});

describe('aptos_previewTransaction', () => {
  it('gives the preview, asks nobody and signs nothing', async () => {
    const transaction = wireForm(simple());
    const { preview } = await ask('aptos_previewTransaction', { transaction });
    expect(preview).toEqual(APTOS_TRANSFER);
    expect(host.dialogs).toEqual([]);
    expect(keysAsked()).toBe(0);
    // Only what the site may know.
    expect(aptos.calls[0]?.knownAccounts).toEqual([own]);
  });

  it('passes on why there is none', async () => {
    aptos.preview = nodeFails;
    const transaction = wireForm(simple());
    expect(await failure(ask('aptos_previewTransaction', { transaction }))).toMatchObject({
      code: -32002,
      data: { code: 'node-unreachable', kind: 'state' },
    });
  });

  it('is for connected sites only', async () => {
    const transaction = wireForm(simple());
    const request = ask('aptos_previewTransaction', { transaction }, 'https://b.example');
    expect(await failure(request)).toMatchObject({ code: 4100 });
  });
});

it('shows who asks, for which account, and what is called, before any state is read', async () => {
  let arrive: (preview: Preview) => void = () => undefined;
  aptos.preview = () =>
    new Promise((resolve) => {
      arrive = resolve;
    });
  const request = ask('aptos_signTransaction', { transaction: wireForm(simple()) });
  const id = await host.dialog();
  const shown = texts(host.interfaces.get(id)?.ui);
  expect(shown).toEqual(expect.arrayContaining([ORIGIN, own, 'Aptos']));
  expect(shown.join('\n')).toContain('aptos_account');
  expect(shown.join('\n')).toContain(APTOS_OTHER);
  expect(controls(host.interfaces.get(id)?.ui)).toEqual([]);
  arrive(APTOS_TRANSFER);
  await offered(id, 'approve');
  await host.click(id, 'reject');
  await failure(request);
});
