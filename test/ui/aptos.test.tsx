/** Dialogs of real previews of Aptos transactions, as a worried user reads them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { assertJSXElement } from '@metamask/snaps-sdk/jsx';
import { TransactionDialog, type TransactionPage } from '../../src/ui';
import type { Preview } from '../../src/vm-preview/model/preview';
import { ALICE, aptosPreviews, BOB, CAROL, hasDevnet } from '../support/aptos-previews';
import { texts } from '../support/tree';
import { galleryHtml } from '../support/tree-html';

jest.setTimeout(120_000);

const HEADER = {
  origin: 'https://dapp.example',
  action: 'send',
  network: { name: 'Aptos', isTest: false },
  account: ALICE,
} as const;

function draw(page: TransactionPage) {
  const tree = <TransactionDialog header={HEADER} page={page} />;
  assertJSXElement(tree);
  return tree;
}

function drawPreview(preview: Preview) {
  const next = preview.verdict.kind === 'success' ? 'approve' : 'anyway';
  return draw({ page: 'preview', preview, next, again: [] });
}

const genesis = hasDevnet ? describe : describe.skip;

genesis('dialogs of Aptos (skipped: no fixtures)', () => {
  let previews: Map<string, Preview>;
  beforeAll(async () => {
    previews = await aptosPreviews();
  });

  const preview = (name: string): Preview => {
    const found = previews.get(name);
    if (found === undefined) throw new Error(`no preview ${name}`);
    return found;
  };
  const shown = (name: string) => texts(drawPreview(preview(name)));

  it('writes a page to look at, and says nothing in Solana’s words', () => {
    const trees = [...previews].flatMap(([name, one]) => [
      [name, drawPreview(one)] as const,
      [`${name}-details`, draw({ page: 'details', preview: one })] as const,
    ]);
    mkdirSync('build/dialogs', { recursive: true });
    writeFileSync('build/dialogs/aptos.html', galleryHtml(trees));
    for (const [, tree] of trees) {
      const words = texts(tree).join('\n');
      expect(words).not.toMatch(
        /solana|\bslots?\b|lamport|compute unit|instruction|token account|mint account|\bprogram\b|\blogs\b/i,
      );
      expect(words).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  const nothing = (name: string, pattern: RegExp) =>
    expect(shown(name).join('\n')).not.toMatch(pattern);

  it('a transfer: amounts, fee, time, the function, and that the fee is an estimate', () => {
    expect(shown('coin-transfer')).toEqual(
      expect.arrayContaining([
        '+1.5 APT',
        'A new token store is opened for APT',
        `Belongs to ${BOB}`,
        'Fee, paid by you',
        'In 60 seconds',
        '1. Transfer · Aptos Framework (aptos_account)',
        `recipient: ${BOB}`,
        'amount: 1.5 APT',
      ]),
    );
    expect(shown('coin-transfer').join('\n')).toContain('The fee is an estimate: the chain');
    expect(shown('coin-transfer').join('\n')).toContain('at ledger version 1000. The outcome');
    nothing('coin-transfer', /Danger|Be careful/);
  });

  it('an asset’s transfer reads like a coin’s', () => {
    expect(shown('asset-transfer')).toEqual(
      expect.arrayContaining(['+0.25 APT', `recipient: ${BOB}`, 'amount: 0.25 APT']),
    );
  });

  it('most of a balance: a warning above all', () => {
    const [, , warning] = shown('most-leaves');
    expect(warning).toBe('99 % of your APT would leave your accounts.');
  });

  it('a failure: once, with the module and the name of what it aborts with', () => {
    const words = shown('too-much');
    expect(words).toEqual(
      expect.arrayContaining([
        'This transaction would fail',
        'Insufficient balance to withdraw or transfer.',
        'Move abort in 0x1::fungible_asset: EINSUFFICIENT_BALANCE',
        'Nothing would change, but the fee would be paid.',
      ]),
    );
    expect(words.filter((text) => text.includes('Insufficient balance'))).toHaveLength(1);
  });

  it.each([
    ['old-sequence-number', 'Other transactions of the account must come first.'],
    ['little-gas', 'The gas that it allows is less than any transaction costs.'],
  ])('a refusal, %s: in words, and that it costs nothing', (name, words) => {
    expect(shown(name)).toEqual(
      expect.arrayContaining([
        'The network would not accept this',
        words,
        'No fee would be paid.',
        'Fee, paid by you',
        '0 APT',
      ]),
    );
  });

  it('says in words what has no words of the chain’s own', () => {
    expect(shown('several-signers')).toEqual(
      expect.arrayContaining([
        'What is called takes another number of signers.',
        'NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH',
        `Signer: ${CAROL}`,
      ]),
    );
  });

  it('a sponsored one: who pays, and that it still waits for that signature', () => {
    expect(shown('sponsored')).toEqual(
      expect.arrayContaining([
        'Somebody else pays the fee, and must sign too.',
        'Fee, paid by somebody else',
        '−1.5 APT',
        `The signature of ${CAROL} is still missing and is presumed.`,
      ]),
    );
    expect(shown('payer-open')).toContain('Somebody else pays the fee; who, is not settled yet.');
  });

  it('a rotated key: a danger, the keys, and a red button', () => {
    const words = shown('key-rotation');
    expect(words.slice(0, 3)).toEqual([
      'Send this transaction?',
      'Danger',
      'Your account would be handed to another key: the keys in this wallet could no longer use it.',
    ]);
    expect(words).toEqual(
      expect.arrayContaining([
        'The key of this account is replaced by another',
        `Key before: ${ALICE}`,
        `Key after: 0x${'07'.repeat(32)}`,
      ]),
    );
    expect(JSON.stringify(drawPreview(preview('key-rotation')))).toContain('"destructive"');
  });

  it('a script: that the site brings code along', () => {
    expect(shown('script').join('\n')).toContain('The site brings its own code along');
    // Parts of gas are rounded each for itself; none may come out below zero.
    const costs = texts(draw({ page: 'details', preview: preview('script') }));
    expect(costs.filter((text) => /^[-−]/.test(text))).toEqual([]);
  });

  it('objects and NFTs: made, and given away', () => {
    expect(shown('nft-made')).toContain('“Ape #1” of “Apes” is made');
    expect(shown('nft-transfer')).toEqual(
      expect.arrayContaining([
        'An object of yours would get another owner.',
        '“Ape #1” of “Apes” goes to another owner',
        `From: ${ALICE}`,
        `To: ${BOB}`,
        'Type: 0x4::token::Token',
      ]),
    );
  });

  it('a shared account that is founded: its owners, and nothing of keys that nobody has', () => {
    const words = shown('multisig-made');
    expect(words).toEqual(
      expect.arrayContaining([
        'An owner of a shared account is added',
        `Added: ${BOB}`,
        `Added: ${CAROL}`,
        `Added: ${ALICE}`,
        'After: 2',
      ]),
    );
    nothing('multisig-made', /Key after|may act as this one/);
  });

  it('published code', () => {
    expect(shown('module-published')).toEqual(
      expect.arrayContaining([
        'Code would be published under your address.',
        'Module counter is published',
      ]),
    );
  });

  it('details: gas, each value that changes, and each event', () => {
    const words = texts(draw({ page: 'details', preview: preview('coin-transfer') }));
    expect(words).toEqual(
      expect.arrayContaining([
        'Gas units used',
        'Gas',
        'Storage',
        'Values that change',
        'Resource 0x1::account::Account',
        'Events',
      ]),
    );
    expect(words.join('\n')).toContain('0x1::transaction_fee::FeeStatement {"total_charge_gas');
  });
});
