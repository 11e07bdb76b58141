import { CannotPreview } from '../../../errors';

/** Only code that the chain's verifier would not pass gets here. @param what - what the code does */
export function illTyped(what: string): CannotPreview {
  return new CannotPreview('move-unverified-code', `code that ${what}`);
}
