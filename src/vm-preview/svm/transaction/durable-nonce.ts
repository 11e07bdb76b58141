/**
 * Transactions whose blockhash is a nonce account's value and never expires.
 * Source: agave `runtime/src/bank/check_transactions.rs` (`check_transaction_age`),
 * `svm/src/transaction_processor.rs` (`validate_transaction_nonce`); solana-sdk
 * `svm-transaction/src/svm_message.rs` (`get_durable_nonce`).
 */
import type { Account } from '../account';
import { InstructionFailure } from '../errors/instruction-error';
import { TransactionFailure } from '../errors/transaction-error';
import { SYSTEM_PROGRAM } from '../programs/ids';
import {
  decodeNonceState,
  durableNonceFromBlockhash,
  encodeNonceState,
  matchingNonce,
  NONCE_STATE_BYTES,
  type NonceData,
} from '../programs/system/nonce-state';
import type { Pubkey } from '../pubkey';
import type { StateReader } from '../state';
import type { ResolvedMessage } from './resolved-message';
import type { SvmEnvironment } from './types';

/** AdvanceNonceAccount of the System program. */
const ADVANCE_NONCE = [4, 0, 0, 0];

/** A nonce account with its next value. It is stored whether the transaction succeeds or not. */
export interface AdvancedNonce {
  readonly address: Pubkey;
  readonly account: Account;
}

/** The account that the first instruction advances, if it advances one that the message lets it write. */
export function durableNonceAddress(message: ResolvedMessage): Pubkey | undefined {
  const first = message.instructions[0];
  const index = first?.accounts[0];
  if (first === undefined || index === undefined || !first.programId.equals(SYSTEM_PROGRAM)) {
    return undefined;
  }
  if (!ADVANCE_NONCE.every((byte, at) => first.data[at] === byte)) return undefined;
  // SIMD-0242: not one that came out of a table.
  if (index >= message.message.staticKeys.length || !message.isWritable(index)) return undefined;
  return message.keyAt(index);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function nonceDataOf(account: Account, recentBlockhash: Uint8Array): NonceData | undefined {
  if (!account.owner.equals(SYSTEM_PROGRAM)) return undefined;
  try {
    return matchingNonce(decodeNonceState(account.data), recentBlockhash);
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return undefined;
    throw thrown;
  }
}

function signsFirstInstruction(message: ResolvedMessage, authority: Pubkey): boolean {
  const accounts = message.instructions[0]?.accounts ?? [];
  return accounts.some(
    (index) => message.isSigner(index) && message.keyAt(index).equals(authority),
  );
}

function advance(
  message: ResolvedMessage,
  state: StateReader,
  environment: SvmEnvironment,
): AdvancedNonce | undefined {
  const next = durableNonceFromBlockhash(environment.blockhashes.last);
  if (sameBytes(message.message.recentBlockhash, next)) return undefined;
  const address = durableNonceAddress(message);
  if (address === undefined) return undefined;
  const account = state.get(address);
  // A block's leader takes nonce accounts of the usual size only (`strict_nonce_size_check`).
  if (account === undefined || account.data.length !== NONCE_STATE_BYTES) return undefined;
  const data = nonceDataOf(account, message.message.recentBlockhash);
  if (data === undefined || !signsFirstInstruction(message, data.authority)) return undefined;
  const advanced = encodeNonceState({
    version: 'current',
    data: {
      authority: data.authority,
      durableNonce: next,
      lamportsPerSignature: environment.lamportsPerSignature,
    },
  });
  return { address, account: { ...account, data: advanced } };
}

/**
 * Checks that the transaction is still in time.
 *
 * @returns the nonce account to store when the transaction lives by a nonce instead of a blockhash
 * @throws TransactionFailure BlockhashNotFound
 */
export function checkAge(
  message: ResolvedMessage,
  state: StateReader,
  environment: SvmEnvironment,
): AdvancedNonce | undefined {
  if (environment.blockhashes.isValid(message.message.recentBlockhash)) return undefined;
  const nonce = advance(message, state, environment);
  if (nonce === undefined) throw new TransactionFailure('BlockhashNotFound');
  return nonce;
}
