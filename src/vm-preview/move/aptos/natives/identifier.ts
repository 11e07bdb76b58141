/** identifier.rs; the last two are left from when scripts had such names. */
const IDENTIFIER = /^(?:[a-zA-Z][\w$]*|[_$][\w$]+|<SELF>|<SELF>_[0-9]+)$/;

/** Whether a text can name a module or a function. */
export function isIdentifier(text: string | undefined): text is string {
  return text !== undefined && IDENTIFIER.test(text);
}
