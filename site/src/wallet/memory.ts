/** What the page remembers between visits: choices, and that a wallet was connected. Nothing secret. */

const PREFIX = 'lookahead.';

/** @returns undefined where nothing is kept, or where the browser keeps nothing */
export function recall(name: string): string | undefined {
  try {
    return window.localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    // Storage is switched off: each visit is the first.
    return undefined;
  }
}

/** @param value - undefined forgets */
export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) window.localStorage.removeItem(PREFIX + name);
    else window.localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is switched off or full: the choice lasts as long as the page.
  }
}

const RETURNING = 'returning';

/** Has this visitor been through the first steps? */
export const isReturning = (): boolean => recall(RETURNING) !== undefined;

export function setReturning(is: boolean): void {
  remember(RETURNING, is ? 'yes' : undefined);
}
