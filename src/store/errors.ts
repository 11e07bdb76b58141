export type StoreErrorCode = 'state-corrupted' | 'state-newer';

/** What the snap remembers cannot be used. It is left as it is until the user resets it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message);
  }
}
