import { CannotPreview } from '../../../src/vm-preview/errors';
import { illTyped } from '../../../src/vm-preview/move/core/values';

const { code } = illTyped('never runs');

/** Code that the verifier let pass did what no such code does. */
export function isIllTyped(error: unknown): boolean {
  return error instanceof CannotPreview && error.code === code;
}
