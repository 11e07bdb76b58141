/**
 * Who pays, whether they can, and what stays paid when the transaction fails.
 * Source: agave `svm/src/account_loader.rs` (`validate_fee_payer`),
 * `svm/src/rollback_accounts.rs`; solana-sdk `nonce-account/src/lib.rs`.
 */
import { type Account, RENT_EXEMPT_RENT_EPOCH } from '../account';
import { TransactionFailure } from '../errors/transaction-error';
import { SYSTEM_PROGRAM } from '../programs/ids';
import { NONCE_STATE_BYTES } from '../programs/system/nonce-state';
import type { StateReader } from '../state';
import { type Rent, rentExemptMinimum } from '../sysvars/sysvar-cache';
import type { AdvancedNonce } from './durable-nonce';
import { checkRentTransition } from './rent-state';
import type { ResolvedMessage } from './resolved-message';

/** A rent-exempt account gets the rent epoch that says so when a transaction loads it to write. */
export function withRentEpoch(account: Account, rent: Rent): Account {
  return account.rentEpoch !== RENT_EXEMPT_RENT_EPOCH &&
    account.lamports >= rentExemptMinimum(rent, account.data.length)
    ? { ...account, rentEpoch: RENT_EXEMPT_RENT_EPOCH }
    : account;
}

/** A system account is empty or an initialized nonce; `undefined` for any other. */
function systemAccountKind(account: Account): 'system' | 'nonce' | undefined {
  const { data, owner } = account;
  if (!owner.equals(SYSTEM_PROGRAM)) return undefined;
  if (data.length === 0) return 'system';
  if (data.length !== NONCE_STATE_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isNonce = view.getUint32(0, true) <= 1 && view.getUint32(4, true) === 1;
  return isNonce ? 'nonce' : undefined;
}

export interface FeePayer {
  /** With the fee paid. */
  readonly account: Account;
  /** What is stored if the transaction fails: the payer, and the nonce account if there is one. */
  readonly rollback: ReadonlyMap<string, Account>;
}

/**
 * @param fee - in lamports
 * @throws TransactionFailure AccountNotFound, InvalidAccountForFee, InsufficientFundsForFee,
 * InsufficientFundsForRent
 */
export function validateFeePayer(
  message: ResolvedMessage,
  state: StateReader,
  rent: Rent,
  fee: bigint,
  nonce: AdvancedNonce | undefined,
  relaxedRent: boolean,
): FeePayer {
  const address = message.feePayer;
  const loaded = state.get(address);
  if (loaded === undefined) throw new TransactionFailure('AccountNotFound');
  const kind = systemAccountKind(loaded);
  if (kind === undefined) throw new TransactionFailure('InvalidAccountForFee');
  const reserve = kind === 'nonce' ? rentExemptMinimum(rent, NONCE_STATE_BYTES) : 0n;
  if (loaded.lamports < reserve + fee) throw new TransactionFailure('InsufficientFundsForFee');

  const account = { ...withRentEpoch(loaded, rent), lamports: loaded.lamports - fee };
  const balance = (lamports: bigint) => ({
    lamports,
    dataLength: loaded.data.length,
    owner: loaded.owner,
  });
  checkRentTransition(0, balance(loaded.lamports), balance(account.lamports), rent, relaxedRent);
  return { account, rollback: rollbackOf(message, loaded, account, nonce) };
}

function rollbackOf(
  message: ResolvedMessage,
  loaded: Account,
  paid: Account,
  nonce: AdvancedNonce | undefined,
): ReadonlyMap<string, Account> {
  const payerKey = message.feePayer.key;
  // Without a nonce the payer keeps its old rent epoch.
  if (nonce === undefined) return new Map([[payerKey, { ...paid, rentEpoch: loaded.rentEpoch }]]);
  if (nonce.address.key === payerKey) {
    return new Map([[payerKey, { ...paid, data: nonce.account.data }]]);
  }
  return new Map([
    [payerKey, paid],
    [nonce.address.key, nonce.account],
  ]);
}
