/** Reading a tree of MetaMask's components: its texts, its buttons, and as HTML to look at. */
interface Element {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'type' in node && 'props' in node;
}

/** Every string that a user can read, in order. */
export function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(texts);
  if (!isElement(node)) return [];
  const { props } = node;
  const own = ['title', 'label', 'value', 'placeholder', 'description'].flatMap((name) =>
    typeof props[name] === 'string' ? [props[name]] : [],
  );
  return [...own, ...texts(props['children'])];
}

/** Names of everything that can be clicked, picked or typed in. */
export function controls(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(controls);
  if (!isElement(node)) return [];
  const name = node.props['name'];
  const own = typeof name === 'string' && node.type !== 'Icon' ? [name] : [];
  return [...own, ...controls(node.props['children'])];
}

/** Types of all elements. */
export function types(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(types);
  if (!isElement(node)) return [];
  return [node.type, ...types(node.props['children'])];
}
