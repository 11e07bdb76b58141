/**
 * The four kinds of error never mix, since each is another sentence to the user.
 *
 * - `malformed`: the bytes are no transaction
 * - `rejected`: the chain would refuse or abort it
 * - `state`: the state it needs could not be had
 * - `unsupported`: this VM cannot run it faithfully ("cannot preview")
 */
export type ErrorKind = 'malformed' | 'rejected' | 'state' | 'unsupported';

/** JSON-safe facts about an error. Never holds a secret, and foreign text only as plain strings. */
export type ErrorContext = Readonly<Record<string, string | number | boolean>>;

/** The base of each error this project raises on purpose: a stable code, one sentence, typed context. */
export class LookaheadError extends Error {
  override readonly name: string = 'LookaheadError';

  constructor(
    readonly kind: ErrorKind,
    /** Stable, kebab-case, e.g. `transaction-truncated`. */
    readonly code: string,
    /** One sentence that says what was wrong. */
    message: string,
    readonly context: ErrorContext = {},
  ) {
    super(message);
  }
}

/** Bytes that are no transaction, or no canonical one. */
export class MalformedError extends LookaheadError {
  override readonly name = 'MalformedError';

  constructor(code: string, message: string, context: ErrorContext = {}) {
    super('malformed', code, message, context);
  }
}

/** State that a node did not give, gave wrongly, or gave in too large an answer. */
export class StateError extends LookaheadError {
  override readonly name = 'StateError';

  constructor(code: string, message: string, context: ErrorContext = {}) {
    super('state', code, message, context);
  }
}

/** Something the VM cannot do as the chain does it. Ends the run; there is no partial picture. */
export class CannotPreview extends LookaheadError {
  override readonly name = 'CannotPreview';

  /** @param what - a noun phrase, shown as "cannot preview: <what>" */
  constructor(
    code: string,
    readonly what: string,
    context: ErrorContext = {},
  ) {
    super('unsupported', code, `cannot preview: ${what}`, context);
  }
}
