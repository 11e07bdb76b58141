/**
 * Foreign strings, made harmless to read: what a site, a token or a program says is shown as plain text in
 * which every character that would not be seen, or that would turn others around, is written out.
 */

/** Control, format, surrogate, private and unassigned characters, and separators other than the space. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** More than this many marks on one letter would climb over the lines above. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

const DEFAULT_LIMIT = 200;

/**
 * One line of plain text.
 *
 * @param limit - length of what is shown, escapes included; what is cut off is counted
 */
export function visible(text: string, limit: number = DEFAULT_LIMIT): string {
  const characters = [...text];
  let shown = '';
  let taken = 0;
  for (const character of characters) {
    const next = character.replace(INVISIBLE, escapeCharacter);
    if (shown.length + next.length > limit) break;
    shown += next;
    taken += 1;
  }
  const readable = shown.replace(STACKED_MARKS, '$1…');
  const cut = characters.length - taken;
  return cut > 0 ? `${readable}… (${cut} more characters)` : readable;
}

/** As `visible`, line by line: a line feed starts a new one, a blank line stays. */
export function visibleLines(text: string, limit: number): string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => visible(line, limit));
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u{${code.toString(16)}}`;
}

/** As `visible`, and written as a sentence: reasons of errors begin small and end without a stop. */
export function sentence(text: string, limit: number = 400): string {
  const shown = visible(text, limit);
  const begun = capitalized(shown);
  return /[.!?…)”]$/.test(begun) ? begun : `${begun}.`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 block`, `2 blocks`. */
export function count(number: number, noun: string): string {
  return `${groupThousands(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

/** `1234567` as `1,234,567`. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
