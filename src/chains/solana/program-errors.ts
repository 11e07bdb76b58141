/** What a program's own error numbers mean, for the programs that everyone uses. */
import type { InstructionError } from '../../vm-preview/svm';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from './programs';

/** Source: solana-sdk `system-interface/src/error.rs`. */
const SYSTEM = [
  'an account with that address exists already',
  'the account has not enough coins',
  'the account cannot be handed to that program',
  'the account cannot have that much data',
  'the length of the seed is wrong',
  'the address does not come from that seed',
  'there is no recent blockhash',
  'the blockhash has not expired yet',
  'the nonce is not the one expected',
];

/** Source: solana-program/token `interface/src/error.rs`. */
const TOKEN = [
  'the account has too few coins to be kept',
  'there are not enough tokens',
  'the mint is not valid',
  'the account belongs to another mint',
  'the signer is not the owner',
  'the supply is fixed',
  'the account is in use already',
  'the number of signers is not valid',
  'the number of required signers is not valid',
  'the account is not initialized',
  'the account holds wrapped coins, and this is for other tokens',
  'the account still holds tokens',
  'the instruction is not valid',
  'the state is not valid',
  'the amount overflows',
  'this authority does not exist on the account',
  'the mint cannot freeze accounts',
  'the account is frozen',
  'the number of decimals is not the one of the mint',
  'this needs an account of wrapped coins',
];

/** Source: solana-program/associated-token-account `interface/src/error.rs`. */
const ASSOCIATED_TOKEN = ['the token account belongs to somebody else'];

/** Source: solana-program/stake `interface/src/error.rs`. */
const STAKE = [
  'there are no credits to redeem',
  'the lockup is still in force',
  'the stake is deactivated already',
  'one redelegation per epoch is allowed',
  'the stake is not enough',
  'the stake accounts cannot be merged while one of them is in transition',
  'the custodian is missing',
  'the custodian has not signed',
];

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  [SYSTEM_PROGRAM]: SYSTEM,
  [TOKEN_PROGRAM]: TOKEN,
  [TOKEN_2022_PROGRAM]: TOKEN,
  [ASSOCIATED_TOKEN_PROGRAM]: ASSOCIATED_TOKEN,
  [STAKE_PROGRAM]: STAKE,
};

/** `undefined` for errors that the chain explains itself, and for programs that we do not know. */
export function programErrorText(program: string, error: InstructionError): string | undefined {
  if (typeof error !== 'object' || !('Custom' in error)) return undefined;
  const text = Object.hasOwn(TEXTS, program) ? TEXTS[program]?.[error.Custom] : undefined;
  return text === undefined ? undefined : `${text} (error ${error.Custom})`;
}
