import type { Flavour } from '../../format';
import { MoveError } from '../errors';

/** An enum is taken apart as a variant that it is not. Each chain has a status of its own for it. */
export function variantMismatch(flavour: Flavour): MoveError {
  return new MoveError(flavour === 'sui' ? 'VARIANT_TAG_MISMATCH' : 'STRUCT_VARIANT_MISMATCH');
}
