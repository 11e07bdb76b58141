/**
 * A tree of MetaMask's components as HTML, near enough to how MetaMask draws it to judge a dialog by eye:
 * its width, its text sizes, what wraps and what is cut.
 */
interface Element {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Width of MetaMask's popup in pixels. */
export const POPUP_WIDTH = 360;

type Draw = (props: Element['props'], inner: string) => string;

const escapeHtml = (value: unknown): string =>
  String(value ?? '').replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const wrap =
  (tag: string, className: (props: Element['props']) => string): Draw =>
  (props, inner) =>
    `<${tag} class="${className(props)}">${inner}</${tag}>`;

const input: Draw = ({ value, placeholder }) =>
  `<div class="input">${escapeHtml(value ?? placeholder)}</div>`;

const ELEMENTS: Readonly<Record<string, Draw>> = {
  Container: wrap('main', () => 'container'),
  Box: wrap('div', ({ direction, alignment, center }) =>
    ['box', direction === 'horizontal' ? 'row' : '', alignment, center === true ? 'center' : '']
      .filter((name) => typeof name === 'string')
      .join(' '),
  ),
  Section: wrap('section', () => 'section'),
  Heading: wrap('h2', ({ size }) => `heading ${escapeHtml(size ?? 'sm')}`),
  Text: wrap('p', ({ size, color, fontWeight, alignment }) =>
    ['text', size, color, fontWeight, alignment].map((name) => escapeHtml(name)).join(' '),
  ),
  Banner: ({ title, severity }, inner) =>
    `<div class="banner ${escapeHtml(severity)}"><strong>${escapeHtml(title)}</strong>${inner}</div>`,
  Button: ({ variant }, inner) => `<button class="${escapeHtml(variant)}">${inner}</button>`,
  Footer: wrap('footer', () => 'footer'),
  Copyable: ({ value }) => `<pre class="copyable">${escapeHtml(value)}</pre>`,
  Checkbox: ({ label, checked, variant }) =>
    `<label class="check ${escapeHtml(variant)}"><span>${checked === true ? '☑' : '☐'}</span> ${escapeHtml(label)}</label>`,
  Field: ({ label }, inner) => `<div class="field"><span>${escapeHtml(label)}</span>${inner}</div>`,
  Form: wrap('div', () => 'box'),
  Input: input,
  Option: () => '',
  Dropdown: ({ children, value }) => {
    const picked = [children]
      .flat(3)
      .find((option) => (option as Element).props['value'] === value);
    return `<div class="input">${treeHtml((picked as Element | undefined)?.props['children'])} ▾</div>`;
  },
  Skeleton: ({ width }) => `<div class="skeleton" style="width:${escapeHtml(width)}"></div>`,
  Spinner: () => '<div class="spinner">◌</div>',
  Divider: () => '<hr>',
};

/** @throws when the tree has an element that no dialog of ours uses */
export function treeHtml(node: unknown): string {
  if (typeof node === 'string') return escapeHtml(node);
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(treeHtml).join('');
  const { type, props } = node as Element;
  const draw = ELEMENTS[type];
  if (draw === undefined) throw new Error(`no way to draw ${type}`);
  return draw(props, treeHtml(props['children']));
}

const STYLE = `
  body { margin: 0; padding: 24px; background: #d5d9e0; font: 14px/22px system-ui, sans-serif; color: #121314; }
  .gallery { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
  figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: 8px; }
  .popup { width: ${POPUP_WIDTH}px; background: #fff; border-radius: 8px; overflow: hidden; box-sizing: border-box; }
  .container, .popup > .box { display: flex; flex-direction: column; }
  .container > .box, .popup > .box { padding: 16px; }
  .box { display: flex; flex-direction: column; gap: 8px; min-width: 0; }
  .box.row { flex-direction: row; } .box.space-between { justify-content: space-between; }
  .box.center { align-items: center; justify-content: center; padding: 48px 16px; }
  .section { background: #f3f5f9; border-radius: 8px; padding: 12px 16px; display: flex; flex-direction: column; gap: 8px; }
  .text { margin: 0; overflow-wrap: anywhere; } .text.sm { font-size: 12px; line-height: 18px; }
  .text.alternative { color: #686e7d; } .text.error { color: #ca3542; } .text.success { color: #457a39; }
  .text.warning { color: #9a6300; } .text.medium { font-weight: 500; } .text.center { text-align: center; }
  .heading { margin: 0; font-size: 14px; } .heading.md { font-size: 16px; } .heading.lg { font-size: 22px; line-height: 28px; }
  .banner { border-left: 4px solid; border-radius: 4px; padding: 8px 12px; display: flex; flex-direction: column; gap: 4px; }
  .banner.danger { border-color: #ca3542; background: #ca354218; } .banner.warning { border-color: #bf8100; background: #bf810018; }
  .banner.info { border-color: #4459ff; background: #4459ff14; }
  button { align-self: flex-start; border: 0; background: none; color: #4459ff; font: inherit; padding: 0; text-align: left; }
  button.destructive { color: #ca3542; }
  .footer { display: flex; gap: 16px; padding: 16px; border-top: 1px solid #e2e4ea; position: sticky; bottom: 0; background: #fff; }
  .footer button { flex: 1; text-align: center; padding: 11px; border-radius: 999px; background: #121314; color: #fff; font-weight: 500; }
  .footer button:first-child:not(:last-child) { background: #eceef2; color: #121314; }
  .footer button.destructive { background: #ca3542; color: #fff; }
  .copyable { margin: 0; padding: 8px; background: #eceef2; border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/18px ui-monospace, monospace; max-height: 160px; overflow: hidden; }
  .input { border: 1px solid #b7bbc8; border-radius: 8px; padding: 9px 12px; color: #686e7d; overflow-wrap: anywhere; }
  .field { display: flex; flex-direction: column; gap: 4px; } .field > span { font-weight: 500; }
  select { font: inherit; padding: 9px 12px; border: 1px solid #b7bbc8; border-radius: 8px; background: #fff; }
  .skeleton { height: 20px; border-radius: 4px; background: #dfe2e8; } .spinner { font-size: 40px; }
  hr { width: 100%; border: 0; border-top: 1px solid #e2e4ea; }
`;

/** One page with every tree beside its name. */
export function galleryHtml(trees: readonly (readonly [name: string, tree: unknown])[]): string {
  const figures = trees.map(
    ([name, tree]) =>
      `<figure id="${escapeHtml(name)}"><figcaption>${escapeHtml(name)}</figcaption><div class="popup">${treeHtml(tree)}</div></figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Dialogs</title><style>${STYLE}</style><div class="gallery">${figures.join('')}</div>`;
}
