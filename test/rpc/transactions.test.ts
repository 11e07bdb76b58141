import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import type { Preview } from '../../src/vm-preview/model/preview';
import {
  cannotPreview,
  chain,
  decodeFake,
  encodeFake,
  type FakeTransaction,
  fakeSolana,
  nodeFails,
} from '../support/fake-chain';
import { ask, connect, failure, ORIGIN, wire } from '../support/page';
import { FAILING, OTHER, TAKEOVER, TRANSFER } from '../support/previews';
import { SnapHost } from '../support/snap-host';
import { controls, texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/solana', () => require('../support/fake-chain').fakeSolana);

let host: SnapHost;
let own: string;
let encrypted: unknown;

beforeAll(async () => {
  // Connecting derives six keys; once is enough.
  host = wire(new SnapHost().install());
  own = (await connect(host)).find((account) => account.chain === 'solana')?.address ?? '';
  encrypted = host.encrypted;
});

beforeEach(() => {
  host = wire(new SnapHost().install());
  host.encrypted = structuredClone(encrypted);
  chain.reset();
});

const wireForm = (transaction: Partial<FakeTransaction> = {}): string =>
  base64.encode(encodeFake({ signers: [own], ...transaction }));

const EXPIRED: Preview = {
  ...TRANSFER,
  verdict: { kind: 'refused', error: { code: 'BlockhashNotFound', text: 'Too old.' } },
  provenance: { ...TRANSFER.provenance, expiry: { kind: 'expired' } },
};

function sign(transaction: Partial<FakeTransaction> = {}): Promise<{ transaction: string }> {
  return ask('solana_signTransaction', { transaction: wireForm(transaction) });
}

/** Waits until the window offers the button. */
async function offered(id: string, button: string): Promise<void> {
  await host.shows(id, (text) => text.includes(`"name":"${button}"`));
}

function allowBlindSigning(): void {
  const state = host.encrypted as { settings: object };
  host.encrypted = { ...state, settings: { ...state.settings, blindSigning: true } };
}

function keysAsked(): number {
  return host.requests.filter(({ method }) => method === 'snap_getBip32Entropy').length;
}

function expectSigned(text: string): FakeTransaction {
  const signed = decodeFake(base64.decode(text));
  const signature = Uint8Array.from(Buffer.from(signed.signatures?.[own] ?? '', 'hex'));
  const message = fakeSolana.messageOf(base64.decode(text));
  expect(ed25519.verify(signature, message, base58.decode(own))).toBe(true);
  return signed;
}

describe('signing', () => {
  it('shows the request at once, the outcome when it is there, and signs what was run', async () => {
    let arrive: (preview: Preview) => void = () => undefined;
    chain.preview = () =>
      new Promise((resolve) => {
        arrive = resolve;
      });
    const request = sign();
    const id = await host.dialog();
    expect(texts(host.interfaces.get(id)?.ui)).toEqual(
      expect.arrayContaining([ORIGIN, own, 'Running the transaction on this device…']),
    );
    expect(controls(host.interfaces.get(id)?.ui)).toEqual([]);
    arrive(TRANSFER);
    await offered(id, 'approve');
    chain.preview = () => TRANSFER;
    await host.click(id, 'approve');
    expectSigned((await request).transaction);
    expect(chain.calls).toHaveLength(2);
  });

  it.each(['reject', 'close'])('signs nothing after %s', async (how) => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    if (how === 'close') host.close(id);
    else await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('asks again when the outcome changed, and signs the new bytes only then', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    chain.preview = () => TAKEOVER;
    chain.differences = [{ code: 'warning-new', text: 'There is a new warning.' }];
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('There is a new warning.'));
    expect(keysAsked()).toBe(0);
    chain.differences = [];
    await host.click(id, 'approve');
    expectSigned((await request).transaction);
    expect(chain.calls).toHaveLength(3);
  });

  it('signs nothing when the window is closed while the second run goes on', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    let arrive: (preview: Preview) => void = () => undefined;
    chain.preview = () =>
      new Promise((resolve) => {
        arrive = resolve;
      });
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('once more'));
    expect(controls(host.interfaces.get(id)?.ui)).toEqual([]);
    host.close(id);
    expect(await failure(request)).toMatchObject({ code: 4001 });
    arrive(TRANSFER);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(keysAsked()).toBe(0);
  });

  it('takes a second click on approve for nothing', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    const context = host.interfaces.get(id)?.context;
    const event = { type: 'ButtonClickEvent', name: 'approve' };
    await Promise.all([1, 2, 3].map(() => host.onUserInput({ id, event, context })));
    expectSigned((await request).transaction);
    expect(chain.calls).toHaveLength(2);
    expect(keysAsked()).toBe(1);
  });

  it('signs nothing when MetaMask was locked meanwhile', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    host.locked = true;
    await host.click(id, 'approve');
    expect(await failure(request)).toMatchObject({ data: { code: 'wallet-locked' } });
    expect(keysAsked()).toBe(0);
  });

  it('signs nothing when the site was disconnected meanwhile', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    await ask('wallet_disconnect', {});
    await host.click(id, 'approve');
    expect(await failure(request)).toMatchObject({ code: 4100 });
    expect(keysAsked()).toBe(0);
  });

  it('keeps two requests at once apart', async () => {
    const first = sign({ blockhash: 'first' });
    const firstId = await host.dialog(0);
    const second = sign({ blockhash: 'second' });
    const secondId = await host.dialog(1);
    await offered(firstId, 'approve');
    await offered(secondId, 'approve');
    await host.click(secondId, 'approve');
    expect(expectSigned((await second).transaction).blockhash).toBe('second');
    expect(keysAsked()).toBe(1);
    await host.click(firstId, 'reject');
    expect(await failure(first)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(1);
  });

  it('takes nothing from MetaMask for an approval that it did not give itself', async () => {
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    await host.request({ method: 'snap_resolveInterface', params: { id, value: true } });
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('knows nothing of a window from before a restart, and says so', async () => {
    const id = String(
      await host.request({
        method: 'snap_createInterface',
        params: { ui: { type: 'Button', props: { name: 'approve' } }, context: { kind: 'dialog' } },
      }),
    );
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('This request has ended'));
    expect(keysAsked()).toBe(0);
  });
});

describe('a transaction that would fail', () => {
  it('can be signed in a second step only', async () => {
    chain.preview = () => FAILING;
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'anyway');
    await expect(host.click(id, 'approve')).rejects.toThrow('nothing named approve');
    // Nor does an event that no button on the page could have sent.
    await host.onUserInput({
      id,
      event: { type: 'ButtonClickEvent', name: 'approve' },
      context: null,
    });
    expect(chain.calls).toHaveLength(1);
    await host.click(id, 'anyway');
    await offered(id, 'confirm-anyway');
    await host.click(id, 'confirm-anyway');
    expectSigned((await request).transaction);
  });
});

describe('a transaction that cannot be previewed', () => {
  it('is not signed while blind signing is off', async () => {
    chain.preview = cannotPreview;
    const request = sign();
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('Cannot preview: a proof'));
    expect(controls(host.interfaces.get(id)?.ui)).toEqual(['reject']);
    for (const name of ['approve', 'anyway', 'confirm-anyway', 'following']) {
      await host.onUserInput({ id, event: { type: 'ButtonClickEvent', name }, context: null });
    }
    expect(chain.calls).toHaveLength(1);
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('is signed in a second step when the user allowed that', async () => {
    allowBlindSigning();
    chain.preview = cannotPreview;
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'anyway');
    await host.click(id, 'anyway');
    await offered(id, 'confirm-anyway');
    await host.click(id, 'confirm-anyway');
    expectSigned((await request).transaction);
  });

  it('is shown when it can be previewed at the second try', async () => {
    allowBlindSigning();
    chain.preview = nodeFails;
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'anyway');
    await host.click(id, 'anyway');
    chain.preview = () => TRANSFER;
    await host.click(id, 'confirm-anyway');
    await host.shows(id, (text) => text.includes('It can be previewed now.'));
    expect(keysAsked()).toBe(0);
    await host.click(id, 'approve');
    expectSigned((await request).transaction);
  });

  it('can be tried again when the node did not answer', async () => {
    chain.preview = nodeFails;
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'retry');
    chain.preview = () => TRANSFER;
    await host.click(id, 'retry');
    await offered(id, 'approve');
    await host.click(id, 'approve');
    expectSigned((await request).transaction);
  });
});

describe('the blockhash', () => {
  it('is fresh at approval when the snap sends and nobody else has signed', async () => {
    const request = ask('solana_signAndSendTransaction', {
      transaction: wireForm({ blockhash: 'old' }),
    });
    const id = await host.dialog();
    await offered(id, 'approve');
    await host.click(id, 'approve');
    expect(await request).toEqual({ signature: 'the-signature' });
    expect(chain.calls.map(({ transaction }) => transaction.blockhash)).toEqual([
      'fresh-1',
      'fresh-2',
    ]);
    expect(chain.submitted[0]?.blockhash).toBe('fresh-2');
  });

  it.each([
    ['somebody else has signed', { signed: [OTHER], signers: [OTHER] }],
    ['it is a nonce', { nonce: true }],
  ])('stays when %s', async (_, change) => {
    const signers = [...('signers' in change ? change.signers : []), own];
    const request = ask('solana_signAndSendTransaction', {
      transaction: wireForm({ ...change, signers, blockhash: 'old' }),
    });
    const id = await host.dialog();
    await offered(id, 'approve');
    await host.click(id, 'approve');
    await request;
    expect(chain.submitted[0]?.blockhash).toBe('old');
    expect(chain.blockhashes).toBe(0);
  });

  it.each(['at first', 'at approval'])('ends the request when it has expired %s', async (when) => {
    if (when === 'at first') chain.preview = () => EXPIRED;
    const request = sign();
    const id = await host.dialog();
    if (when === 'at approval') {
      await offered(id, 'approve');
      chain.preview = () => EXPIRED;
      await host.click(id, 'approve');
    }
    await host.shows(id, (text) => text.includes('This transaction has expired'));
    expect(controls(host.interfaces.get(id)?.ui)).toEqual([]);
    host.close(id);
    expect(await failure(request)).toMatchObject({
      code: -32003,
      data: { code: 'transaction-expired' },
    });
    expect(keysAsked()).toBe(0);
  });
});

describe('several at once', () => {
  const several = (number: number): Promise<{ transactions: readonly string[] }> =>
    ask('solana_signAllTransactions', {
      transactions: Array.from({ length: number }, (_, index) =>
        wireForm({ blockhash: `number-${index + 1}` }),
      ),
    });

  it('are each run on the state that the one before leaves, and shown one by one', async () => {
    const request = several(3);
    const id = await host.dialog();
    for (const number of [1, 2]) {
      await host.shows(id, (text) => text.includes(`transaction ${number} of 3`));
      await offered(id, 'following');
      await expect(host.click(id, 'approve')).rejects.toThrow('nothing named approve');
      await host.click(id, 'following');
    }
    await offered(id, 'approve');
    await host.click(id, 'approve');
    const { transactions } = await request;
    expect(transactions.map((text) => expectSigned(text).blockhash)).toEqual([
      'number-1',
      'number-2',
      'number-3',
    ]);
    const bases = chain.calls.slice(3).map(({ base }) => base as { transaction: Uint8Array });
    expect(bases[0]).toBeUndefined();
    expect(bases.slice(1).map(({ transaction }) => decodeFake(transaction).blockhash)).toEqual([
      'number-1',
      'number-2',
    ]);
  });

  it('go back to the one whose outcome changed', async () => {
    const request = several(2);
    const id = await host.dialog();
    await offered(id, 'following');
    await host.click(id, 'following');
    await offered(id, 'approve');
    chain.preview = ({ transaction }) =>
      transaction.blockhash === 'number-1' ? FAILING : TRANSFER;
    chain.differences = [{ code: 'verdict', text: 'It would fail now.' }];
    await host.click(id, 'approve');
    await host.shows(id, (text) => text.includes('transaction 1 of 2'));
    await host.shows(id, (text) => text.includes('It would fail now.'));
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('are unknown after one that is', async () => {
    chain.preview = ({ transaction }) =>
      transaction.blockhash === 'number-1' ? cannotPreview() : TRANSFER;
    allowBlindSigning();
    const request = several(2);
    const id = await host.dialog();
    await offered(id, 'anyway');
    await host.click(id, 'anyway');
    await host.click(id, 'confirm-anyway');
    await host.shows(id, (text) =>
      text.includes('It follows a transaction that cannot be previewed'),
    );
    expect(controls(host.interfaces.get(id)?.ui)).not.toContain('approve');
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
  });
});

describe('a request that cannot be shown', () => {
  it.each([
    ['bytes that are no transaction', { transaction: 'AAAA' }, 'transaction-truncated'],
    ['text that is no base64', { transaction: 'not base64!' }, 'params-invalid'],
    ['base64 with stray bits', { transaction: 'AB==' }, 'params-invalid'],
    ['nothing', { transaction: '' }, 'params-invalid'],
    ['too much', { transaction: 'A'.repeat(40_000) }, 'params-invalid'],
    ['a network that nobody knows', { network: 'moon' }, 'network-unknown'],
    ['an account that is not connected', { account: OTHER }, 'not-connected'],
  ])('is refused with one error: %s', async (_, change, code) => {
    const params = { transaction: wireForm(), ...change };
    const refused = await failure(ask('solana_signTransaction', params));
    expect(refused.data.code).toBe(code);
    expect(refused.message).toMatch(/^[^\n]{10,200}$/);
    expect(host.dialogs).toEqual([]);
  });

  it('is refused when it does not want our signature', async () => {
    const refused = await failure(sign({ signers: [OTHER] }));
    expect(refused).toMatchObject({ code: -32602, data: { code: 'account-not-signer' } });
    expect(host.dialogs).toEqual([]);
  });
});

describe('solana_previewTransaction', () => {
  it('gives the preview, asks nobody and signs nothing', async () => {
    const { preview } = await ask('solana_previewTransaction', { transaction: wireForm() });
    expect(preview).toEqual(TRANSFER);
    expect(host.dialogs).toEqual([]);
    expect(keysAsked()).toBe(0);
  });

  it('tells the site nothing of accounts that it is not connected to', async () => {
    await ask('solana_previewTransaction', { transaction: wireForm() });
    expect(chain.calls[0]?.knownAccounts).toEqual([own]);
    const request = sign();
    const id = await host.dialog();
    await offered(id, 'approve');
    expect(chain.calls[1]?.knownAccounts).toHaveLength(2);
    await host.click(id, 'reject');
    await failure(request);
  });

  it('passes on why there is none', async () => {
    chain.preview = cannotPreview;
    expect(
      await failure(ask('solana_previewTransaction', { transaction: wireForm() })),
    ).toMatchObject({ code: -32000, data: { code: 'proof', kind: 'unsupported' } });
    chain.preview = nodeFails;
    expect(
      await failure(ask('solana_previewTransaction', { transaction: wireForm() })),
    ).toMatchObject({ code: -32002, data: { code: 'node-unreachable', kind: 'state' } });
  });

  it('is for connected sites only', async () => {
    const request = ask(
      'solana_previewTransaction',
      { transaction: wireForm() },
      'https://b.example',
    );
    expect(await failure(request)).toMatchObject({ code: 4100 });
  });
});

it('says so when the window cannot be drawn, and signs nothing', async () => {
  const forward = host.request.bind(host);
  let broken = true;
  host.request = async (call) => {
    if (broken && call.method === 'snap_updateInterface') {
      broken = false;
      throw new Error('the tree is too large');
    }
    return forward(call);
  };
  const request = sign();
  const id = await host.dialog();
  await host.shows(id, (text) => text.includes('Something went wrong'));
  host.close(id);
  expect(await failure(request)).toMatchObject({ code: -32603 });
  expect(keysAsked()).toBe(0);
});
