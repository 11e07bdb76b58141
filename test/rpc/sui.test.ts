/** The methods for Sui, with transactions and signatures of its SDK. */
import { Transaction } from '@mysten/sui/transactions';
import { verifyPersonalMessageSignature, verifyTransactionSignature } from '@mysten/sui/verify';
import { base64 } from '@scure/base';
import { digestOf } from '../../src/vm-preview/move/sui';
import { BOB, coin, refOf } from '../chains/sui/objects';
import { sui } from '../support/fake-sui';
import { ask, connect, failure, wire } from '../support/page';
import { SnapHost } from '../support/snap-host';
import { texts } from '../support/tree';

jest.setTimeout(60_000);

jest.mock('../../src/chains/sui', () => require('../support/fake-sui').fakeSui);

const SUI = 10n ** 9n;

let host: SnapHost;
let own: string;
let encrypted: unknown;

beforeAll(async () => {
  host = wire(new SnapHost().install());
  own = (await connect(host)).find(({ chain }) => chain === 'sui')?.address ?? '';
  encrypted = host.encrypted;
});

beforeEach(() => {
  host = wire(new SnapHost().install());
  host.encrypted = structuredClone(encrypted);
  sui.reset();
});

function pay(): Transaction {
  const tx = new Transaction();
  tx.transferObjects([tx.splitCoins(tx.gas, [5n])], BOB);
  return tx;
}

async function whole(sponsor?: string): Promise<Uint8Array> {
  const gas = coin('0xc1', sponsor ?? own, SUI);
  sui.node.put(gas);
  const tx = pay();
  tx.setSender(own);
  if (sponsor !== undefined) tx.setGasOwner(sponsor);
  tx.setGasPrice(1_000);
  tx.setGasBudget(5_000_000);
  tx.setGasPayment([refOf(gas)]);
  return tx.build();
}

async function approve(): Promise<string> {
  const id = await host.dialog();
  await host.shows(id, (text) => text.includes('"name":"approve"'));
  await host.click(id, 'approve');
  return id;
}

const keysAsked = (): number =>
  host.requests.filter(({ method }) => method === 'snap_getBip32Entropy').length;

describe('sui_signTransaction', () => {
  it('answers with a signature that the SDK takes', async () => {
    const bytes = await whole();
    const request = ask('sui_signTransaction', { transaction: base64.encode(bytes) });
    await approve();
    const { signature, transaction } = await request;
    expect(base64.decode(transaction)).toEqual(bytes);
    expect((await verifyTransactionSignature(bytes, signature)).toSuiAddress()).toBe(own);
  });

  it('completes what comes without sender and gas, and signs what was shown', async () => {
    sui.node.put(coin('0xc1', own, SUI), coin('0xc2', own, 2n * SUI));
    const kind = await pay().build({ onlyTransactionKind: true });
    const request = ask('sui_signTransaction', { transaction: base64.encode(kind) });
    await approve();
    const { signature, transaction } = await request;
    const bytes = base64.decode(transaction);
    const data = Transaction.from(bytes).getData();
    expect(data.sender).toBe(own);
    expect(data.gasData).toMatchObject({ owner: own, price: '1000' });
    expect(data.gasData.payment).toHaveLength(1);
    expect(sui.budgets).toContain(BigInt(data.gasData.budget ?? 0));
    expect((await verifyTransactionSignature(bytes, signature)).toSuiAddress()).toBe(own);
  });

  it('signs its part of what a sponsor pays for', async () => {
    const bytes = await whole(BOB);
    const request = ask('sui_signTransaction', { transaction: base64.encode(bytes) });
    await approve();
    const { signature } = await request;
    expect((await verifyTransactionSignature(bytes, signature)).toSuiAddress()).toBe(own);
  });

  it.each(['reject', 'close'])('signs nothing after %s', async (how) => {
    const bytes = await whole();
    const request = ask('sui_signTransaction', { transaction: base64.encode(bytes) });
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('"name":"approve"'));
    if (how === 'close') host.close(id);
    else await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
    expect(keysAsked()).toBe(0);
  });

  it('shows no way to sign what the node belies', async () => {
    const bytes = await whole();
    sui.node.put(coin('0xc1', own, 7n));
    const request = ask('sui_signTransaction', { transaction: base64.encode(bytes) });
    const id = await host.dialog();
    await host.shows(id, (text) => text.includes('digest'));
    await host.click(id, 'reject');
    expect(await failure(request)).toMatchObject({ code: 4001 });
  });

  it('refuses what another account must sign', async () => {
    const tx = pay();
    tx.setSender(BOB);
    tx.setGasPrice(1_000);
    tx.setGasBudget(5_000_000);
    tx.setGasPayment([refOf(coin('0xc1', BOB, SUI))]);
    const transaction = base64.encode(await tx.build());
    expect(await failure(ask('sui_signTransaction', { transaction }))).toMatchObject({
      data: { code: 'account-not-signer' },
    });
  });

  it.each([
    ['no base64', 'é'],
    ['nothing', ''],
    ['no transaction', base64.encode(new Uint8Array(60).fill(7))],
  ])('refuses %s', async (_, transaction) => {
    expect((await failure(ask('sui_signTransaction', { transaction }))).code).toBe(-32602);
    expect(host.dialogs).toEqual([]);
  });
});

describe('sui_signAndExecuteTransaction', () => {
  it('answers with the effects, and whether they are those that were shown', async () => {
    const bytes = await whole();
    const effects = Uint8Array.of(1, 2, 3);
    const shown = digestOf('TransactionEffects', effects);
    sui.outcome = ((base) => () => ({ ...base, effects: { bcs: effects, digest: shown } }))(
      sui.outcome(),
    );
    const digest = await Transaction.from(bytes).getDigest();
    const sent: (readonly string[])[] = [];
    sui.node.execute = (_transaction, signatures) => {
      sent.push(signatures);
      return {
        digest,
        status: 'SUCCESS',
        effectsBcs: base64.encode(effects),
        executionError: null,
      };
    };
    const request = ask('sui_signAndExecuteTransaction', { transaction: base64.encode(bytes) });
    await approve();
    const done = await request;
    expect(done).toMatchObject({ digest, effects: base64.encode(effects), isAsShown: true });
    expect(sent).toEqual([[done.signature]]);
  });

  it('asks nobody about what a sponsor must sign first', async () => {
    const transaction = base64.encode(await whole(BOB));
    const request = ask('sui_signAndExecuteTransaction', { transaction });
    expect(await failure(request)).toMatchObject({ data: { code: 'signatures-missing' } });
    expect(host.dialogs).toEqual([]);
  });
});

describe('sui_previewTransaction', () => {
  it('answers with the preview and what was run', async () => {
    const bytes = await whole();
    const { preview, transaction } = await ask('sui_previewTransaction', {
      transaction: base64.encode(bytes),
    });
    expect(preview).toMatchObject({ chain: 'sui', account: own, verdict: { kind: 'success' } });
    expect(base64.decode(transaction)).toEqual(bytes);
    expect(host.dialogs).toEqual([]);
  });
});

describe('sui_signPersonalMessage', () => {
  it('shows the text, and signs it as the SDK verifies it', async () => {
    const message = new TextEncoder().encode('Hello, Sui');
    const request = ask('sui_signPersonalMessage', { message: base64.encode(message) });
    const id = await host.dialog();
    expect(texts(host.interfaces.get(id)?.ui)).toContain('Hello, Sui');
    await host.click(id, 'approve');
    const signed = await request;
    expect(base64.decode(signed.message)).toEqual(message);
    const key = await verifyPersonalMessageSignature(message, signed.signature);
    expect(key.toSuiAddress()).toBe(own);
  });

  it('refuses a transaction', async () => {
    const message = base64.encode(await whole());
    expect(await failure(ask('sui_signPersonalMessage', { message }))).toMatchObject({
      data: { code: 'message-is-transaction' },
    });
    expect(host.dialogs).toEqual([]);
  });
});
