/** Dialogs of real previews of Sui transactions, as a worried user reads them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { assertJSXElement } from '@metamask/snaps-sdk/jsx';
import { TransactionDialog, type TransactionPage } from '../../src/ui';
import type { Preview } from '../../src/vm-preview/model/preview';
import { type SuiPreviews, suiPreviews } from '../support/sui-previews';
import { texts } from '../support/tree';
import { galleryHtml } from '../support/tree-html';

jest.setTimeout(120_000);

let world: SuiPreviews;
beforeAll(async () => {
  world = await suiPreviews();
});

function draw(page: TransactionPage) {
  const network = { name: 'Sui', isTest: false };
  const header = { origin: 'https://dapp.example', action: 'send', network, account: world.own };
  const tree = <TransactionDialog header={{ ...header, action: 'send' }} page={page} />;
  assertJSXElement(tree);
  return tree;
}

function drawPreview(preview: Preview) {
  const next = preview.verdict.kind === 'success' ? 'approve' : 'anyway';
  return draw({ page: 'preview', preview, next, again: [] });
}

function preview(name: string): Preview {
  const found = world.previews.get(name);
  if (found === undefined) throw new Error(`no preview ${name}`);
  return found;
}

const shown = (name: string) => texts(drawPreview(preview(name)));

it('writes a page to look at, and says nothing in other chains’ words', () => {
  const trees = [...world.previews].flatMap(([name, one]) => [
    [name, drawPreview(one)] as const,
    [`${name}-details`, draw({ page: 'details', preview: one })] as const,
  ]);
  mkdirSync('build/dialogs', { recursive: true });
  writeFileSync('build/dialogs/sui.html', galleryHtml(trees));
  for (const [, tree] of trees) {
    const words = texts(tree).join('\n');
    expect(words).not.toMatch(
      /solana|aptos|\bslots?\b|lamport|octa|compute unit|instruction|token account|token store|\blogs\b/i,
    );
    expect(words).not.toMatch(/undefined|\[object|NaN/);
  }
});

const nothing = (name: string, pattern: RegExp) =>
  expect(shown(name).join('\n')).not.toMatch(pattern);

it('a transfer: amounts of both sides, the fee, and that it is certain', () => {
  expect(shown('coin-transfer')).toEqual(
    expect.arrayContaining([
      '+1.5 SUI',
      '105 SUI before, 106.5 SUI after',
      `Account ${world.bob}`,
      'Fee, paid by you',
      'Nobody else can change what it uses: until this epoch of the chain ends, it does just this.',
      '1. Split coins · Sui',
      'coin: the coin that pays the fee',
      'amount: 1.5 SUI',
      '2. Transfer objects · Sui',
      `to: ${world.bob}`,
      'object: the result of command 1',
    ]),
  );
  nothing('coin-transfer', /Danger|Be careful|never used|holds for that state/);
});

it('most of a balance: a warning above all', () => {
  const [, , warning] = shown('most-leaves');
  expect(warning).toBe('99 % of your SUI would leave your account.');
});

it('a call on what is everybody’s: what others may change, by name, and whose code is called', () => {
  expect(shown('shared-object')).toEqual(
    expect.arrayContaining([
      '+12.5 MOON',
      `Others may change what it uses before it lands, and with it the outcome: moon::Tap ${world.tap}.`,
      'A coin’s issuer may bar one of the accounts before it lands.',
      `1. moon::mint · ${world.package}`,
      'Lookahead does not know this program: only what it changes now is shown, not what it is for.',
    ]),
  );
  expect(shown('shared-object').join('\n')).toContain('The outcome holds for that state.');
  nothing('shared-object', /Nobody else can change/);
});

it('objects by the names that they show: made, taken and frozen', () => {
  expect(shown('object-made')).toEqual(
    expect.arrayContaining(['“Balcony” is made', `Type: ${world.package}::ticket::Ticket`]),
  );
  expect(shown('object-taken').slice(1, 3)).toEqual([
    'Be careful',
    'An object of yours would get another owner.',
  ]);
  expect(shown('object-taken')).toEqual(
    expect.arrayContaining([
      '“Front row” goes to another owner',
      `From: ${world.own}`,
      `To: 0x${'badc0de'.padStart(64, '0')}`,
    ]),
  );
  expect(shown('object-frozen')).toEqual(
    expect.arrayContaining([
      'An object of yours would be frozen: you could never move it again.',
      '“Front row” is frozen: nobody can ever change it',
    ]),
  );
});

it('a coin that a call drains', () => {
  expect(shown('coin-drained')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^−104\.9\d* SUI$/),
      'argument 1: the coin that pays the fee',
    ]),
  );
  expect(shown('coin-drained')[2]).toMatch(/of your SUI would leave/);
});

it('a sponsored one: who pays, and that it still waits for that signature', () => {
  expect(shown('sponsored')).toEqual(
    expect.arrayContaining([
      'Somebody else pays the fee, and must sign too.',
      `Sponsor: ${world.carol}`,
      'Fee, paid by somebody else',
      `The signature of ${world.carol} is still missing and is presumed.`,
    ]),
  );
});

it('what came without gas says who chose it', () => {
  expect(shown('gas-open')).toContain(
    'The site left the gas open: Lookahead chose its price, its budget and the coins that pay.',
  );
});

it('published code: the package, what can upgrade it, and who gets that', () => {
  expect(shown('published')).toEqual(
    expect.arrayContaining([
      'You would publish a package.',
      'The package is deployed',
      'An object is made and shared with everybody',
      'An object is made and frozen: nobody can ever change it',
      'Type: 0x2::package::UpgradeCap',
      `To: ${world.carol}`,
    ]),
  );
});

it.each([
  [
    'failing',
    'This function always fails.',
    /^MoveAbort in 0x[0-9a-f]{64}::lessons::fail: EAskedFor, in command 1$/,
  ],
  [
    'not-enough',
    'A coin holds less than what is taken from it.',
    /^InsufficientCoinBalance, in command 1$/,
  ],
])('a failure, %s: in words, in the chain’s own terms, and what it costs', (name, words, code) => {
  expect(shown(name)).toEqual(
    expect.arrayContaining([
      'This transaction would fail',
      words,
      expect.stringMatching(code),
      'Nothing would change, but the fee would be paid.',
      'Send anyway…',
    ]),
  );
});

it('details: gas with what comes back of it, and each object that changes', () => {
  const words = texts(draw({ page: 'details', preview: preview('object-taken') }));
  expect(words).toEqual(
    expect.arrayContaining([
      'Exact: nothing else can change it',
      'MIST of gas used',
      'Storage',
      'Refund',
      `Object ${world.package}::ticket::Ticket`,
      'Object 0x2::coin::Coin<0x2::sui::SUI>',
    ]),
  );
});
