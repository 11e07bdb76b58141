/** Transactions of Sui's SDK through the built snap, against the local chain. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Transaction } from '@mysten/sui/transactions';
import { verifyPersonalMessageSignature, verifyTransactionSignature } from '@mysten/sui/verify';
import { base64 } from '@scure/base';
import { ownModules } from '../../localnet/sui/framework';
import type { Change, Preview, RawValue } from '../../src/vm-preview/model/preview';
import { addLocalnet, connect, install, type Page, type Window } from '../support/installed-snap';
import {
  built,
  keysOf,
  objectsOnChain,
  type SuiLocalnet,
  sdkClient,
  startSui,
} from '../support/sui-localnet';

jest.setTimeout(120_000);

const SUI = 1_000_000_000n;
const EXACT =
  'Nobody else can change what it uses: until this epoch of the chain ends, it does just this.';

describe('Sui in the built snap', () => {
  let localnet: SuiLocalnet;
  let page: Page;
  let own: string;
  let network: string;

  beforeAll(async () => {
    localnet = await startSui();
    page = await install();
    own = (await connect(page)).find(({ chain }) => chain === 'sui')?.address ?? '';
    network = (await addLocalnet(page, localnet.url, 'sui')).id;
    localnet.fund(own, 10n * SUI);
    localnet.fund(own, 5n * SUI);
  });
  afterAll(() => localnet?.close());

  const demo = (name: string) => `${localnet.demo.package}::${name}`;

  /** Of the user's, whole. */
  function wire(transaction: Transaction): Promise<string> {
    transaction.setSender(own);
    return built(localnet, transaction);
  }

  function pay(amount: bigint, to: string): Transaction {
    const transaction = new Transaction();
    transaction.transferObjects([transaction.splitCoins(transaction.gas, [amount])], to);
    return transaction;
  }

  const previewOf = async (transaction: string): Promise<Preview> =>
    (await page.ask('sui_previewTransaction', { transaction, network }).result()).preview;

  /** What the window says, and the chain afterwards, against the preview. */
  async function executed(
    transaction: string,
    read: (window: Window, preview: Preview) => Promise<void>,
  ): Promise<Preview> {
    const { preview } = await page.ask('sui_previewTransaction', { transaction, network }).result();
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(objectsOnChain(localnet, preview)).toEqual(sides(preview, 'before'));
    const request = page.ask('sui_signAndExecuteTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('approve');
    try {
      await read(window, preview);
    } catch (error) {
      // Else the next test would meet this window.
      await window.click('reject');
      throw error;
    }
    await window.click('approve');
    const done = await request.result();
    // What is exact is compared with what came of it, to the digest.
    expect(done.isAsShown).toBe(preview.provenance.certainty === 'exact' ? true : undefined);
    expectOutcome(done.digest, preview);
    return preview;
  }

  function expectOutcome(digest: string, preview: Preview): void {
    const done = localnet.chain.find(digest);
    expect(done?.effects.status.kind).toBe('success');
    const used = done?.outcome.gas;
    expect(used?.computationCost.toString()).toBe(preview.raw.units.used);
    expect(done?.outcome.events).toHaveLength(preview.raw.events?.length ?? 0);
    expect(preview.raw.values?.length).toBeGreaterThan(0);
    expect(objectsOnChain(localnet, preview)).toEqual(sides(preview, 'after'));
  }

  function sides({ raw }: Preview, side: 'before' | 'after'): (RawValue | null)[] {
    return (raw.values ?? []).map((value) => value[side]);
  }

  const objectOf = ({ changes }: Preview, type: string): Extract<Change, { kind: 'object' }> => {
    const found = changes.find(
      (change) => change.kind === 'object' && change.item.type?.endsWith(type),
    );
    if (found?.kind !== 'object') throw new Error(`no ${type} in the preview`);
    return found;
  };

  const landedSince = (before: number) =>
    [...localnet.chain.transactions].filter(({ checkpoint }) => (checkpoint ?? 0) > before);

  it('a transfer: is shown, ends with 4001 when rejected, and is executed when approved', async () => {
    const { bob } = localnet.accounts;
    const transaction = await wire(pay((3n * SUI) / 2n, bob.address));
    const before = localnet.chain.newest.sequenceNumber;
    const refused = page.ask('sui_signAndExecuteTransaction', { transaction, network });
    const window = await refused.window();
    await window.offers('approve');
    await window.click('reject');
    expect(await refused.error()).toMatchObject({ code: 4001 });
    expect(landedSince(before)).toEqual([]);

    await executed(transaction, async (shown, preview) => {
      const fee = Number(preview.fee.total) / 1e9;
      const lost = Number((1.5 + fee).toFixed(9));
      expect(await shown.texts()).toEqual(
        expect.arrayContaining([
          'Send this transaction?',
          'https://dapp.example',
          'Local chain (for testing)',
          own,
          `−${lost} SUI`,
          `15 SUI before, ${Number((15 - lost).toFixed(9))} SUI after`,
          '+1.5 SUI',
          '105 SUI before, 106.5 SUI after',
          `Account ${bob.address}`,
          'Fee, paid by you',
          `${fee} SUI`,
          EXACT,
          '1. Split coins · Sui',
          'coin: the coin that pays the fee',
          'amount: 1.5 SUI',
          'object: the result of command 1',
        ]),
      );
    });
  });

  it('coins that are split off, and merged again', async () => {
    const split = new Transaction();
    const parts = split.splitCoins(split.gas, [2_000_000n, 3_000_000n]);
    split.transferObjects([parts[0], parts[1]], own);
    const preview = await executed(await wire(split), async (window) => {
      const shown = await window.texts();
      expect(shown).toEqual(
        expect.arrayContaining(['1. Split coins · Sui', 'amount: 0.002 SUI', 'amount: 0.003 SUI']),
      );
      // It all stays the user's: only the fee is gone.
      expect(shown.filter((text) => /^[−+]/.test(text))).toEqual([`−${feeOf(shown)}`]);
    });
    const made = (preview.raw.values ?? []).filter(({ before }) => before === null);
    expect(made).toHaveLength(2);
    const merge = new Transaction();
    const [into, from] = made.map(({ address }) => address);
    merge.mergeCoins(into ?? '', [from ?? '']);
    await executed(await wire(merge), async (window) => {
      expect(await window.texts()).toContain('1. Merge coins · Sui');
    });
    expect(objectsOnChain(localnet, preview)).toContain(null);
  });

  /** As it stands in the window. */
  const feeOf = (shown: readonly string[]) => shown[shown.indexOf('Fee, paid by you') + 1] ?? '';

  async function mint(name: string): Promise<string> {
    const transaction = new Transaction();
    transaction.moveCall({
      target: demo('ticket::mint'),
      arguments: [name, 'https://example.com/1.png'].map((text) => transaction.pure.string(text)),
    });
    const preview = await executed(await wire(transaction), async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining([`“${name}” is made`, `Type: ${demo('ticket::Ticket')}`]),
      );
    });
    return objectOf(preview, '::ticket::Ticket').address;
  }

  it('an object that a call makes, by the name that its display gives it, and its transfer', async () => {
    const { bob } = localnet.accounts;
    const ticket = await mint('Front row');
    const give = new Transaction();
    give.transferObjects([ticket], bob.address);
    await executed(await wire(give), async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining([
          '“Front row” goes to another owner',
          `From: ${own}`,
          `To: ${bob.address}`,
          `Object ${ticket}`,
        ]),
      );
    });
  });

  it('a call that takes what it was to look at', async () => {
    const ticket = await mint('Balcony');
    const verify = new Transaction();
    verify.moveCall({
      target: demo('lessons::verify_ownership'),
      typeArguments: [demo('ticket::Ticket')],
      arguments: [verify.object(ticket)],
    });
    await executed(await wire(verify), async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining([
          'Be careful',
          '“Balcony” goes to another owner',
          `To: 0x${'badc0de'.padStart(64, '0')}`,
        ]),
      );
    });
  });

  it('a call on what is everybody’s: the outcome is conditional, and says on what', async () => {
    const { tap } = localnet.demo;
    const transaction = new Transaction();
    transaction.moveCall({
      target: demo('moon::mint'),
      arguments: [
        transaction.object(tap),
        transaction.pure.u64(12_500_000n),
        transaction.pure.address(own),
      ],
    });
    const preview = await executed(await wire(transaction), async (window) => {
      const shown = await window.texts();
      expect(shown).toEqual(
        expect.arrayContaining([
          '+12.5 MOON',
          '0 MOON before, 12.5 MOON after',
          `Others may change what it uses before it lands, and with it the outcome: moon::Tap ${tap}.`,
        ]),
      );
      expect(shown.join('\n')).toContain('It calls itself “Moon”; anyone can pick that name.');
      expect(shown).not.toContain(EXACT);
      expect(shown.join('\n')).toMatch(/at checkpoint \d+\. The outcome holds for that state\./);
      expect(shown).toContain(`1. moon::mint · ${localnet.demo.package}`);
    });
    expect(preview.provenance.certainty).toBe('conditional');
  });

  it('code that is published', async () => {
    const modules = ownModules('demo').map((bytes) => base64.encode(bytes));
    const transaction = new Transaction();
    const cap = transaction.publish({ modules, dependencies: ['0x1', '0x2'] });
    transaction.transferObjects([cap], own);
    const preview = await executed(await wire(transaction), async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining(['You would publish a package.', 'An object is made']),
      );
    });
    expect(objectOf(preview, '::package::UpgradeCap').after).toBe(own);
    expect(preview.changes.map(({ kind }) => kind)).toContain('code');
  });

  it('what another account pays for: each signs their part', async () => {
    const { carol } = localnet.accounts;
    const client = sdkClient(localnet);
    const transaction = new Transaction();
    transaction.moveCall({
      target: demo('ticket::mint'),
      arguments: ['Stalls', ''].map((text) => transaction.pure.string(text)),
    });
    transaction.setGasOwner(carol.address);
    const { objects } = await client.core.listCoins({ owner: carol.address });
    transaction.setGasPayment(objects.slice(0, 1));
    const bytes = await wire(transaction);
    const refused = await page
      .ask('sui_signAndExecuteTransaction', { transaction: bytes, network })
      .error();
    expect(refused).toMatchObject({ data: { code: 'signatures-missing' } });

    const preview = await previewOf(bytes);
    const request = page.ask('sui_signTransaction', { transaction: bytes, network });
    const window = await request.window();
    await window.offers('approve');
    const shown = await window.texts();
    expect(shown).toEqual(
      expect.arrayContaining([
        'Sign this transaction?',
        'Somebody else pays the fee, and must sign too.',
        'Fee, paid by somebody else',
        '“Stalls” is made',
        `The signature of ${carol.address} is still missing and is presumed.`,
      ]),
    );
    await window.click('approve');
    const { signature } = await request.result();
    const raw = base64.decode(bytes);
    expect((await verifyTransactionSignature(raw, signature)).toSuiAddress()).toBe(own);
    const hers = await keysOf(carol).signTransaction(raw);
    const done = await client.core.executeTransaction({
      transaction: raw,
      signatures: [signature, hers.signature],
    });
    expectOutcome(done.Transaction?.digest ?? '', preview);
  });

  it('what was sent to an object, received with a call', async () => {
    const open = new Transaction();
    open.moveCall({ target: demo('mailbox::open') });
    const opened = await executed(await wire(open), async () => undefined);
    const box = objectOf(opened, '::mailbox::Mailbox').address;
    const sent = await executed(await wire(pay(SUI / 4n, box)), async (window) => {
      expect(await window.texts()).toContain('+0.25 SUI');
    });
    const coin = sent.raw.values?.find(({ before }) => before === null)?.address ?? '';
    const collect = new Transaction();
    const received = collect.moveCall({
      target: demo('mailbox::collect'),
      typeArguments: ['0x2::coin::Coin<0x2::sui::SUI>'],
      arguments: [collect.object(box), collect.object(coin)],
    });
    collect.transferObjects([received], own);
    await executed(await wire(collect), async (window, preview) => {
      const gained = 0.25 - Number(preview.fee.total) / 1e9;
      expect(await window.texts()).toContain(`+${Number(gained.toFixed(9))} SUI`);
    });
  });

  it('what comes without its gas is completed, and says so', async () => {
    const { bob } = localnet.accounts;
    const kind = await pay(7_000_000n, bob.address).build({
      client: sdkClient(localnet),
      onlyTransactionKind: true,
    });
    const transaction = base64.encode(kind);
    const shown = await page.ask('sui_previewTransaction', { transaction, network }).result();
    const request = page.ask('sui_signAndExecuteTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('approve');
    expect(await window.texts()).toEqual(
      expect.arrayContaining([
        '+0.007 SUI',
        'The site left the gas open: Lookahead chose its price, its budget and the coins that pay.',
      ]),
    );
    await window.click('approve');
    const done = await request.result();
    expect(done.transaction).toBe(shown.transaction);
    const { gasData, sender } = Transaction.from(base64.decode(done.transaction)).getData();
    expect(sender).toBe(own);
    expect(gasData).toMatchObject({ owner: own, price: '1000' });
    expect(gasData.payment?.length).toBeGreaterThan(0);
    expectOutcome(done.digest, shown.preview);
  });

  it('what would fail is told with its reason, and needs a second step', async () => {
    const transaction = new Transaction();
    transaction.moveCall({ target: demo('lessons::fail') });
    const kind = await transaction.build({ onlyTransactionKind: true });
    const request = page.ask('sui_signTransaction', { transaction: base64.encode(kind), network });
    const window = await request.window();
    await window.offers('anyway');
    expect(await window.controls()).not.toContain('approve');
    expect(await window.texts()).toEqual(
      expect.arrayContaining(['This transaction would fail', 'This function always fails.']),
    );
    await window.click('anyway');
    await window.offers('confirm-anyway');
    await window.click('reject');
    expect(await request.error()).toMatchObject({ code: 4001 });
  });

  it('a message that is signed as the SDK verifies it; a transaction is none', async () => {
    const message = new TextEncoder().encode('Log in to the fair\nNonce: 7');
    const request = page.ask('sui_signPersonalMessage', { message: base64.encode(message) });
    const window = await request.window();
    expect(await window.texts()).toEqual(
      expect.arrayContaining(['Sign this message?', own, 'Log in to the fair', 'Nonce: 7']),
    );
    await window.click('approve');
    const { signature } = await request.result();
    const key = await verifyPersonalMessageSignature(message, signature, { address: own });
    expect(key.toSuiAddress()).toBe(own);

    const transaction = await wire(pay(1n, own));
    const refused = page.ask('sui_signPersonalMessage', { message: transaction });
    expect(await refused.error()).toMatchObject({ data: { code: 'message-is-transaction' } });
  });
});
