import { InstructionFailure, type PlainInstructionError } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { InstructionContext, InvokeContext } from '../../runtime/types';

/** Logs why, then throws. */
export function fail(invoke: InvokeContext, error: PlainInstructionError, message: string): never {
  invoke.log(message);
  throw new InstructionFailure(error);
}

/** What the logs say about each kind of authority. */
export interface AuthorityTexts {
  readonly none: string;
  readonly wrong: string;
  readonly unsigned: string;
}

export const BUFFER_AUTHORITY: AuthorityTexts = {
  none: 'Buffer is immutable',
  wrong: 'Incorrect buffer authority provided',
  unsigned: 'Buffer authority did not sign',
};

export const UPGRADE_AUTHORITY: AuthorityTexts = {
  none: 'Program not upgradeable',
  wrong: 'Incorrect upgrade authority provided',
  unsigned: 'Upgrade authority did not sign',
};

export const CLOSE_AUTHORITY: AuthorityTexts = {
  none: 'Account is immutable',
  wrong: 'Incorrect authority provided',
  unsigned: 'Authority did not sign',
};

/** The account at `index` must be the authority, and sign. */
export function requireAuthority(
  invoke: InvokeContext,
  instruction: InstructionContext,
  index: number,
  authority: Pubkey | undefined,
  texts: AuthorityTexts,
): void {
  if (authority === undefined) fail(invoke, 'Immutable', texts.none);
  if (!authority.equals(instruction.keyOfAccount(index))) {
    fail(invoke, 'IncorrectAuthority', texts.wrong);
  }
  if (!instruction.isSigner(index)) fail(invoke, 'MissingRequiredSignature', texts.unsigned);
}
