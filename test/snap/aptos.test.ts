/** Transactions of the Aptos SDK through the built snap, against the local chain. */

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { base64 } from '@scure/base';
import type { Preview } from '../../src/vm-preview/model/preview';
import { entry } from '../support/aptos-calls';
import {
  type AptosLocalnet,
  assembleFor,
  landed,
  post,
  rawOf,
  sdkAccount,
  startAptos,
  valuesOnChain,
} from '../support/aptos-localnet';
import {
  AccountAddress,
  AccountAuthenticator,
  Deserializer,
  generateSignedTransaction,
  MultiAgentTransaction,
  Script,
  SimpleTransaction,
  type TransactionPayload,
  TransactionPayloadScript,
  U64,
} from '../support/aptos-sdk';
import { addLocalnet, connect, install, type Page, type Window } from '../support/installed-snap';

jest.setTimeout(120_000);

const APT = 100_000_000n;

describe('Aptos in the built snap', () => {
  let localnet: AptosLocalnet;
  let page: Page;
  let own: string;
  let network: string;

  beforeAll(async () => {
    localnet = await startAptos();
    page = await install();
    own = (await connect(page)).find(({ chain }) => chain === 'aptos')?.address ?? '';
    network = (await addLocalnet(page, localnet.url, 'aptos')).id;
    localnet.fund(own, 10n * APT);
  });
  afterAll(() => localnet?.close());

  const wire = (transaction: { bcsToBytes(): Uint8Array }) =>
    base64.encode(transaction.bcsToBytes());

  const simple = async (payload: TransactionPayload, payer?: string) =>
    new SimpleTransaction(
      await rawOf(localnet, own, payload),
      payer === undefined ? undefined : AccountAddress.from(payer),
    );

  const previewOf = async (transaction: string): Promise<Preview> =>
    (await page.ask('aptos_previewTransaction', { transaction, network }).result()).preview;

  /** What the window says, and the chain afterwards, against the preview. */
  async function submitted(
    payload: TransactionPayload,
    read: (window: Window, preview: Preview) => Promise<void>,
  ): Promise<void> {
    const transaction = wire(await simple(payload));
    const preview = await previewOf(transaction);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(valuesOnChain(localnet, preview)).toEqual(sides(preview, 'before'));
    const request = page.ask('aptos_signAndSubmitTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('approve');
    await read(window, preview);
    await window.click('approve');
    await expectOutcome((await request.result()).hash, preview);
  }

  async function expectOutcome(hash: string, preview: Preview): Promise<void> {
    const done = await landed(localnet, hash);
    expect(done.vm_status).toBe('Executed successfully');
    expect(done.gas_used).toBe(preview.raw.units.used);
    expect(done.events.map(({ type }) => type)).toEqual(
      preview.raw.events?.map(({ type }) => type),
    );
    expect(preview.raw.values?.length).toBeGreaterThan(2);
    expect(valuesOnChain(localnet, preview)).toEqual(sides(preview, 'after'));
  }

  function sides({ raw }: Preview, side: 'before' | 'after'): (string | null | undefined)[] {
    return (raw.values ?? []).map((value) => {
      const one = value[side];
      // What is long is left out of a preview; nothing here is.
      return one === null ? null : one.data;
    });
  }

  it('a coin transfer: is shown, ends with 4001 when rejected, and is sent when approved', async () => {
    const { bob } = localnet.accounts;
    const payload = entry('0x1::aptos_account::transfer', [bob.address, (3n * APT) / 2n]);
    const transaction = wire(await simple(payload));
    const before = localnet.chain.head.version;
    const rejected = page.ask('aptos_signAndSubmitTransaction', { transaction, network });
    const window = await rejected.window();
    await window.offers('approve');
    await window.click('reject');
    expect(await rejected.error()).toMatchObject({ code: 4001 });
    expect([...localnet.chain.transactions].some(({ version }) => version > before)).toBe(false);

    await submitted(payload, async (shown, preview) => {
      const fee = (Number(preview.fee.total) / 1e8).toString();
      expect(await shown.texts()).toEqual(
        expect.arrayContaining([
          'https://dapp.example',
          'Local chain (for testing)',
          own,
          `−${Number((1.5 + Number(fee)).toFixed(8))} APT`,
          '+1.5 APT',
          `Belongs to ${bob.address}`,
          'Fee, paid by you',
          `${fee} APT`,
          '1. Transfer · Aptos Framework (aptos_account)',
        ]),
      );
    });
  });

  it('an entry call of an app, and the transfer of the asset that it gives', async () => {
    const { demo } = localnet;
    const mint = entry(`${demo}::dollar::mint`, [100_000_000n]);
    await submitted(mint, async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining(['+100 USDL', '0 USDL before, 100 USDL after']),
      );
    });
    const { carol } = localnet.accounts;
    const metadata = await usdl();
    const payload = entry(
      '0x1::primary_fungible_store::transfer',
      [metadata, carol.address, 12_500_000n],
      ['0x1::fungible_asset::Metadata'],
    );
    await submitted(payload, async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining([
          '−12.5 USDL',
          '100 USDL before, 87.5 USDL after',
          '+12.5 USDL',
          'A new token store is opened for USDL',
          'amount: 12.5 USDL',
        ]),
      );
    });
  });

  /** The metadata object, by what the demo's module says. */
  async function usdl(): Promise<string> {
    const answer = await fetch(`${localnet.url}/view`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        function: `${localnet.demo}::dollar::metadata`,
        type_arguments: [],
        arguments: [],
      }),
    });
    const [{ inner }] = (await answer.json()) as [{ inner: string }];
    return inner;
  }

  it('an object that is made, and its transfer', async () => {
    let ticket = '';
    let name = '';
    await submitted(entry(`${localnet.demo}::ticket::mint`, []), async (window, preview) => {
      const made = preview.changes.find(({ kind }) => kind === 'object');
      if (made?.kind !== 'object') throw new Error('no object is made');
      ticket = made.address;
      name = made.item.untrustedName ?? '';
      expect(name).toBe(`Ticket ${own.slice(2, 10)}`);
      expect(await window.texts()).toContain(`“${name}” of “Tickets” is made`);
    });
    const { bob } = localnet.accounts;
    const give = entry('0x1::object::transfer', [ticket, bob.address], ['0x4::token::Token']);
    await submitted(give, async (window) => {
      expect(await window.texts()).toEqual(
        expect.arrayContaining([
          'Be careful',
          'An object of yours would get another owner.',
          `“${name}” of “Tickets” goes to another owner`,
          `From: ${own}`,
          `To: ${bob.address}`,
        ]),
      );
    });
  });

  it('a script', async () => {
    const { bob } = localnet.accounts;
    const code = assembleFor(
      localnet,
      'script\nfun main(account: &signer, to: address, amount: u64)\n    move_loc account\n    move_loc to\n    move_loc amount\n    call 0x1::aptos_account::transfer\n    ret\n',
      [['0x1', 'aptos_account']],
    );
    const payload = new TransactionPayloadScript(
      new Script(code, [], [AccountAddress.from(bob.address), new U64(7_000_000n)]),
    );
    await submitted(payload, async (window) => {
      const shown = (await window.texts()).join('\n');
      expect(shown).toContain('The site brings its own code along');
      expect(shown).toContain('+0.07 APT');
      expect(shown).toContain('1. Run a script · script');
    });
  });

  /** The snap's own part, as the SDK reads it. */
  async function ownPart(transaction: string, says: readonly string[]) {
    const request = page.ask('aptos_signTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('approve');
    expect(await window.texts()).toEqual(expect.arrayContaining([...says]));
    await window.click('approve');
    const { authenticator } = await request.result();
    return AccountAuthenticator.deserialize(new Deserializer(base64.decode(authenticator)));
  }

  it('several signers, each for what is theirs', async () => {
    const { carol } = localnet.accounts;
    const { bob } = localnet.accounts;
    const payload = entry(`${localnet.demo}::lessons::pay_together`, [bob.address, 2_000_000n]);
    const raw = await rawOf(localnet, own, payload);
    const transaction = new MultiAgentTransaction(raw, [AccountAddress.from(carol.address)]);
    const preview = await previewOf(wire(transaction));
    expect(preview.verdict).toEqual({ kind: 'success' });
    const senderAuthenticator = await ownPart(wire(transaction), [
      'Several accounts sign together: what is called acts for all of them, yours included.',
      '+0.04 APT',
      '−0.02 APT',
      `The signature of ${carol.address} is still missing and is presumed.`,
    ]);
    const signed = generateSignedTransaction({
      transaction,
      senderAuthenticator,
      additionalSignersAuthenticators: [
        sdkAccount(carol).signTransactionWithAuthenticator(transaction),
      ],
    });
    await expectOutcome(await post(localnet, signed), preview);
  });

  it('another account pays', async () => {
    const { bob, carol } = localnet.accounts;
    const payload = entry('0x1::aptos_account::transfer', [bob.address, APT]);
    const transaction = await simple(payload, carol.address);
    const preview = await previewOf(wire(transaction));
    expect(preview.verdict).toEqual({ kind: 'success' });
    const senderAuthenticator = await ownPart(wire(transaction), [
      'Somebody else pays the fee, and must sign too.',
      'Fee, paid by somebody else',
      '−1 APT',
    ]);
    const signed = generateSignedTransaction({
      transaction,
      senderAuthenticator,
      feePayerAuthenticator: sdkAccount(carol).signTransactionWithAuthenticator(transaction),
    });
    await expectOutcome(await post(localnet, signed), preview);
  });

  it('what would fail is told with its module and reason, and needs a second step', async () => {
    const { bob } = localnet.accounts;
    const payload = entry('0x1::aptos_account::transfer', [bob.address, 10_000n * APT]);
    const transaction = wire(await simple(payload));
    const request = page.ask('aptos_signAndSubmitTransaction', { transaction, network });
    const window = await request.window();
    await window.offers('anyway');
    expect(await window.controls()).not.toContain('approve');
    expect(await window.texts()).toEqual(
      expect.arrayContaining([
        'This transaction would fail',
        'Move abort in 0x1::fungible_asset: EINSUFFICIENT_BALANCE',
      ]),
    );
    await window.click('reject');
    expect(await request.error()).toMatchObject({ code: 4001 });
  });
});
