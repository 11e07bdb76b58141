/** Tokens of Move assembly text (move-asm, syntax.rs). */
import { AssemblyError, type Span } from './diagnostics';

export type TokenKind = 'number' | 'identifier' | 'special' | 'newline' | 'indent' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a number without its prefix. */
  readonly text: string;
  /** Of a number. */
  readonly value: bigint;
  readonly span: Span;
}

const NUMBER = /0[xX]([0-9a-fA-F]*)|[0-9]+/y;
const IDENTIFIER = /[A-Za-z_$][A-Za-z_$0-9]*/y;
const SPECIAL = /::|[()<>[\],:|+=&#-]/y;
const SPACE = /[ \t\r]*/y;
const COMMENT = /\/\/[^\n]*/y;
const U256_MAX = (1n << 256n) - 1n;

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** @throws AssemblyError at the first character that begins no token */
export function scan(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, text: string, start: number, value = 0n): void => {
    tokens.push({ kind, text, value, span: { start, end: start + text.length } });
  };
  let at = 0;
  for (;;) {
    const start = at;
    at += match(SPACE, source, at)?.length ?? 0;
    const comment = match(COMMENT, source, at);
    if (comment !== undefined) {
      at += comment.length;
      continue;
    }
    if (at >= source.length) {
      tokens.push({ kind: 'end', text: '', value: 0n, span: { start, end: at } });
      return tokens;
    }
    if (at > start && (start === 0 || tokens.at(-1)?.kind === 'newline'))
      add('indent', source.slice(start, at), start);
    if (source[at] === '\n') {
      add('newline', '\n', at);
      at += 1;
      continue;
    }
    const number = match(NUMBER, source, at);
    const identifier = match(IDENTIFIER, source, at);
    const special = match(SPECIAL, source, at);
    const text = number ?? identifier ?? special;
    if (text === undefined) {
      const span = { start: at, end: at + 1 };
      throw new AssemblyError(source, [{ span, message: `invalid character \`${source[at]}\`` }]);
    }
    if (number !== undefined) {
      const value = /^0[xX]$/.test(number) ? U256_MAX + 1n : BigInt(number);
      const digits = number.replace(/^0[xX]/, '');
      if (value > U256_MAX) {
        const span = { start: at, end: at + number.length };
        throw new AssemblyError(source, [{ span, message: `invalid number \`${digits}\`` }]);
      }
      add('number', number, at, value);
    } else add(identifier === undefined ? 'special' : 'identifier', text, at);
    at += text.length;
  }
}

/** A token as messages write it. */
export function tokenName({ kind, text, value }: Token): string {
  if (kind === 'number') return value.toString();
  if (kind === 'newline') return '<newline>';
  if (kind === 'indent') return '<indent>';
  return kind === 'end' ? '<end of file>' : text;
}
