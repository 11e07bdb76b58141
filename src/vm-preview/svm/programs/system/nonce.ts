/** Source: agave `programs/system/src/system_instruction.rs` and, for the upgrade, `system_processor.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { type Rent, rentExemptMinimum } from '../../sysvars/sysvar-cache';
import { setState } from '../account-state';
import { SYSTEM_PROGRAM } from '../ids';
import { recentBlockhashesFromAccount, rentFromAccount } from '../sysvar-account';
import { systemFailure } from './errors';
import {
  decodeNonceState,
  durableNonceFromBlockhash,
  encodeNonceState,
  type NonceData,
} from './nonce-state';

const U64_MAX = 0xffff_ffff_ffff_ffffn;

function requireWritable(invoke: InvokeContext, account: BorrowedAccount, action: string): void {
  if (account.isWritable) return;
  invoke.log(`${action}: Account ${account.key} must be writeable`);
  throw new InstructionFailure('InvalidArgument');
}

function requireBlockhashes(
  invoke: InvokeContext,
  instruction: InstructionContext,
  action: string,
): void {
  if (recentBlockhashesFromAccount(invoke, instruction, 1).length > 0) return;
  invoke.log(`${action}: recent blockhash list is empty`);
  throw systemFailure('NonceNoRecentBlockhashes');
}

function currentDurableNonce(invoke: InvokeContext): Uint8Array {
  return durableNonceFromBlockhash(invoke.environment.blockhash);
}

function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}

function invalidState(
  invoke: InvokeContext,
  account: BorrowedAccount,
  action: string,
): InstructionFailure {
  invoke.log(`${action}: Account ${account.key} state is invalid`);
  return new InstructionFailure('InvalidAccountData');
}

function setInitialized(account: BorrowedAccount, data: NonceData): void {
  setState(account, encodeNonceState({ version: 'current', data }));
}

/** Account 1 is the RecentBlockhashes sysvar. */
export function advanceNonce(invoke: InvokeContext, instruction: InstructionContext): void {
  const action = 'Advance nonce account';
  const account = instruction.borrow(0);
  requireBlockhashes(invoke, instruction, action);
  requireWritable(invoke, account, action);
  const { data } = decodeNonceState(account.data);
  if (data === undefined) throw invalidState(invoke, account, action);
  if (!instruction.signers().has(data.authority.key)) {
    invoke.log(`${action}: Account ${data.authority} must be a signer`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  const durableNonce = currentDurableNonce(invoke);
  if (sameHash(data.durableNonce, durableNonce)) {
    invoke.log(`${action}: nonce can only advance once per slot`);
    throw systemFailure('NonceBlockhashNotExpired');
  }
  setInitialized(account, {
    authority: data.authority,
    durableNonce,
    lamportsPerSignature: invoke.environment.lamportsPerSignature,
  });
}

/** Accounts: 0 the nonce, 1 the recipient, 2 RecentBlockhashes, 3 Rent. */
export function withdrawNonce(
  invoke: InvokeContext,
  instruction: InstructionContext,
  lamports: bigint,
): void {
  const action = 'Withdraw nonce account';
  recentBlockhashesFromAccount(invoke, instruction, 2);
  const rent = rentFromAccount(invoke, instruction, 3);
  const signers = instruction.signers();
  const from = instruction.borrow(0);
  requireWritable(invoke, from, action);

  const requireFunds = (needed: bigint): void => {
    if (needed <= from.lamports) return;
    invoke.log(`${action}: insufficient lamports ${from.lamports}, need ${needed}`);
    throw new InstructionFailure('InsufficientFunds');
  };
  const requireSigner = (signer: Pubkey): void => {
    if (signers.has(signer.key)) return;
    invoke.log(`${action}: Account ${signer} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  };

  const { data } = decodeNonceState(from.data);
  if (data === undefined) {
    requireFunds(lamports);
    requireSigner(from.key);
  } else if (lamports === from.lamports) {
    if (sameHash(data.durableNonce, currentDurableNonce(invoke))) {
      invoke.log(`${action}: nonce can only advance once per slot`);
      throw systemFailure('NonceBlockhashNotExpired');
    }
    requireSigner(data.authority);
    setState(from, encodeNonceState({ version: 'current', data: undefined }));
  } else {
    const needed = lamports + rentExemptMinimum(rent, from.data.length);
    if (needed > U64_MAX) throw new InstructionFailure('InsufficientFunds');
    requireFunds(needed);
    requireSigner(data.authority);
  }
  from.checkedSubLamports(lamports);
  from.release();
  instruction.borrow(1).checkedAddLamports(lamports);
}

/** Accounts: 0 the nonce, 1 RecentBlockhashes, 2 Rent. */
export function initializeNonce(
  invoke: InvokeContext,
  instruction: InstructionContext,
  authority: Pubkey,
): void {
  const action = 'Initialize nonce account';
  const account = instruction.borrow(0);
  requireBlockhashes(invoke, instruction, action);
  const rent: Rent = rentFromAccount(invoke, instruction, 2);
  requireWritable(invoke, account, action);
  if (decodeNonceState(account.data).data !== undefined) {
    throw invalidState(invoke, account, action);
  }
  const needed = rentExemptMinimum(rent, account.data.length);
  if (account.lamports < needed) {
    invoke.log(`${action}: insufficient lamports ${account.lamports}, need ${needed}`);
    throw new InstructionFailure('InsufficientFunds');
  }
  setInitialized(account, {
    authority,
    durableNonce: currentDurableNonce(invoke),
    lamportsPerSignature: invoke.environment.lamportsPerSignature,
  });
}

export function authorizeNonce(
  invoke: InvokeContext,
  instruction: InstructionContext,
  authority: Pubkey,
): void {
  const action = 'Authorize nonce account';
  const account = instruction.borrow(0);
  requireWritable(invoke, account, action);
  const { version, data } = decodeNonceState(account.data);
  if (data === undefined) throw invalidState(invoke, account, action);
  if (!instruction.signers().has(data.authority.key)) {
    invoke.log(`${action}: Account ${data.authority} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  setState(account, encodeNonceState({ version, data: { ...data, authority } }));
}

/** Takes a legacy nonce out of the domain of blockhashes. */
export function upgradeNonce(instruction: InstructionContext): void {
  const account = instruction.borrow(0);
  if (!account.owner.equals(SYSTEM_PROGRAM)) throw new InstructionFailure('InvalidAccountOwner');
  if (!account.isWritable) throw new InstructionFailure('InvalidArgument');
  const { version, data } = decodeNonceState(account.data);
  if (version === 'current' || data === undefined) throw new InstructionFailure('InvalidArgument');
  setInitialized(account, {
    ...data,
    durableNonce: durableNonceFromBlockhash(data.durableNonce),
  });
}
