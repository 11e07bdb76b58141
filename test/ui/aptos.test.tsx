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
});
