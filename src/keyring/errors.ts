export type KeyringErrorCode =
  | 'entropy-unavailable'
  | 'entropy-malformed'
  | 'account-mismatch'
  | 'account-unknown';

/** What the keyring could not do. Never carries a key, a seed or a path's secret. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(
    readonly code: KeyringErrorCode,
    message: string,
  ) {
    super(message);
  }
}
