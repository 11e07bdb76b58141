/** How much may be pasted: a transaction of 128 KiB as a list of its bytes, and then some. */
export const MAX_TEXT = 1_000_000;

export const TOO_LONG =
  'the text is longer than any transaction: paste one transaction, in base64, hex or JSON';

/** Characters of a transaction in base64 that a link may carry. */
export const MAX_LINK = 20_000;
