/** The few statements of Tera templates that the test files use (transactional-test-runner, templates.rs). */

type Scope = ReadonlyMap<string, string | number | readonly (string | number)[]>;
type Item = string | number;

const CONSTANTS: Scope = new Map([['integer_types', ['u8', 'u16', 'u32', 'u64', 'u128', 'u256']]]);
const STATEMENT = /(\{%-?[\s\S]*?-?%\}|\{\{-?[\s\S]*?-?\}\}|\{#[\s\S]*?#\})/;
const IS_TEMPLATE = /^\s*\{(%|#)/m;

/** Compares a number with what is on the stack (macros.masm.tera). */
const expectNumber = (type: Item, value: Item): string =>
  `ld_${type} ${value}\n    eq\n    br_true r\n    ld_u64 255\n    abort\n  r:`;

interface Node {
  readonly kind: 'text' | 'print' | 'for' | 'if' | 'set' | 'macro' | 'import';
  readonly text: string;
  readonly body: readonly Node[];
}

/** The text itself where it is no template. */
export function expand(text: string): string {
  if (!IS_TEMPLATE.test(text)) return text;
  const pieces = trimmed(text.split(STATEMENT));
  const nodes = nodesOf(pieces, undefined);
  return render(nodes, CONSTANTS, new Map());
}

/** A dash in a tag takes the whitespace beside it away. */
function trimmed(pieces: readonly string[]): string[] {
  return pieces.map((piece, i) => {
    if (i % 2 === 1) return piece;
    let text = piece;
    if (/-[%}]\}$|^\{% *import/.test(pieces[i - 1] ?? '')) text = text.trimStart();
    if (/^\{[%{]-/.test(pieces[i + 1] ?? '')) text = text.trimEnd();
    return text;
  });
}

function nodesOf(pieces: string[], end: string | undefined): Node[] {
  const nodes: Node[] = [];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    if (piece.startsWith('{#')) continue;
    const inner = piece
      .replace(/^\{[%{]-?/, '')
      .replace(/-?[%}]\}$/, '')
      .trim();
    if (piece.startsWith('{{')) nodes.push({ kind: 'print', text: inner, body: [] });
    else if (piece.startsWith('{%')) {
      const [keyword = ''] = inner.split(/\s/);
      if (keyword === end) return nodes;
      const text = inner.slice(keyword.length).trim();
      if (keyword === 'for' || keyword === 'if' || keyword === 'macro')
        nodes.push({ kind: keyword, text, body: nodesOf(pieces, `end${keyword}`) });
      else if (keyword === 'set' || keyword === 'import')
        nodes.push({ kind: keyword, text, body: [] });
      else throw new Error(`a template with ${keyword}`);
    } else nodes.push({ kind: 'text', text: piece, body: [] });
  }
  return nodes;
}

function render(
  nodes: readonly Node[],
  outer: Scope,
  macros: Map<string, readonly Node[]>,
): string {
  const scope = new Map(outer);
  let output = '';
  for (const { kind, text, body } of nodes) {
    if (kind === 'text') output += text;
    else if (kind === 'print') output += print(text, scope, macros);
    else if (kind === 'macro') macros.set(text.replace(/\(.*$/, ''), body);
    else if (kind === 'set') {
      const [name = '', expression = ''] = text.split(/\s*=\s*(.*)/s);
      scope.set(name, print(expression, scope, macros));
    } else if (kind === 'if') {
      const [left = '', right = ''] = text.split(/\s*!=\s*/);
      if (scope.get(left) !== scope.get(right)) output += render(body, scope, macros);
    } else if (kind === 'for') {
      const [name = '', list = ''] = text.split(/\s+in\s+/);
      for (const item of listOf(list, scope))
        output += render(body, new Map([...scope, [name, item]]), macros);
    }
  }
  return output;
}

function listOf(text: string, scope: Scope): readonly Item[] {
  const known = scope.get(text);
  if (known === undefined) return JSON.parse(text);
  if (typeof known !== 'object') throw new Error(`a template over ${text}`);
  return known;
}

function print(text: string, scope: Scope, macros: Map<string, readonly Node[]>): string {
  const [, callee, list = ''] = /^([\w:]+)\((.*)\)$/s.exec(text) ?? [];
  if (callee === undefined) return String(resolve(text, scope));
  const args = new Map(
    list
      .split(',')
      .filter((pair) => pair.trim() !== '')
      .map((pair): [string, Item] => {
        const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
        return [name, resolve(value, scope)];
      }),
  );
  if (callee === 'macros::expect_num')
    return expectNumber(args.get('ty') ?? '', args.get('val') ?? 0);
  if (callee === 'mangle') return mangled(String(args.get('repr') ?? ''));
  const body = macros.get(callee.replace(/^self::/, ''));
  if (body === undefined) throw new Error(`a template that calls ${callee}`);
  return render(body, scope, macros);
}

function resolve(text: string, scope: Scope): Item {
  if (/^['"]/.test(text)) return text.slice(1, -1);
  if (/^\d+$/.test(text)) return Number(text);
  const value = scope.get(text);
  if (value === undefined || typeof value === 'object') throw new Error(`no ${text} in a template`);
  return value;
}

function mangled(text: string): string {
  return text
    .replaceAll('|', '_F_')
    .replace(/[<>]/g, '$$')
    .replaceAll('&', 'R_')
    .replaceAll('+', '_A_')
    .replace(/[: ]/g, '_');
}
