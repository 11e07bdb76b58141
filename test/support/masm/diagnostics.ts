/** Errors of the assembler, printed the way the chain's tools print theirs. */

/** Bytes `[start, end)` of the source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Diagnostic {
  readonly span: Span;
  readonly message: string;
}

/** A source that does not assemble. */
export class AssemblyError extends Error {
  constructor(
    readonly source: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(diagnostics.map((diagnostic) => render(source, diagnostic)).join(''));
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n');
  const line = before.length;
  return {
    line,
    column: (before.at(-1) ?? '').length + 1,
    text: source.split('\n')[line - 1] ?? '',
  };
}

/** As codespan's terminal output without colours. */
function render(source: string, { span, message }: Diagnostic): string {
  const start = placeOf(source, span.start);
  const end = placeOf(source, span.end);
  const width = String(end.line).length;
  const margin = ' '.repeat(width);
  const lines = [`error: ${message}`, `${margin} ┌─ test:${start.line}:${start.column}`];
  if (start.line === end.line) {
    const marks = '^'.repeat(Math.max(1, span.end - span.start));
    lines.push(`${margin} │`, `${start.line} │ ${start.text}`);
    lines.push(`${margin} │ ${' '.repeat(start.column - 1)}${marks}`);
  } else {
    lines.push(`${margin} │  `, `${String(start.line).padStart(width)} │   ${start.text}`);
    lines.push(`${margin} │ ╭${'─'.repeat(start.column - 1)}^`, `${end.line} │ │ ${end.text}`);
    lines.push(`${margin} │ ╰${'─'.repeat(Math.max(0, end.column - 1))}^`);
  }
  return `${lines.join('\n')}\n\n`;
}
