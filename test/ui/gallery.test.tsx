import { mkdirSync, writeFileSync } from 'node:fs';
import { assertJSXElement } from '@metamask/snaps-sdk/jsx';
import { DIALOGS } from '../support/dialogs';
import { texts, types } from '../support/tree';
import { galleryHtml } from '../support/tree-html';

/** Components that the platform of the manifest draws, and that no later one changed. */
const KNOWN = new Set([
  'Banner',
  'Box',
  'Button',
  'Checkbox',
  'Container',
  'Copyable',
  'Divider',
  'Dropdown',
  'Field',
  'Footer',
  'Form',
  'Heading',
  'Input',
  'Option',
  'Section',
  'Skeleton',
  'Spinner',
  'Text',
]);

it.each(DIALOGS)('%s is one that MetaMask takes', (_, tree) => {
  expect(() => assertJSXElement(tree)).not.toThrow();
  expect(types(tree).filter((type) => !KNOWN.has(type))).toEqual([]);
  expect(texts(tree).join('').length).toBeLessThan(50_000);
});

it('writes a page to look at', () => {
  const html = galleryHtml(DIALOGS);
  mkdirSync('build/dialogs', { recursive: true });
  writeFileSync('build/dialogs/index.html', html);
  for (const [name] of DIALOGS) expect(html).toContain(`id="${name}"`);
});
