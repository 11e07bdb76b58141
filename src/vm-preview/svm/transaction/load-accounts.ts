/**
 * Loading a transaction's accounts, within the size it allows itself.
 * Source: agave `svm/src/account_loader.rs` (`load_transaction_accounts`); SIMD-0186.
 */
import { type Account, RENT_EXEMPT_RENT_EPOCH } from '../account';
import { TransactionFailure } from '../errors/transaction-error';
import {
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  LOADER_V4,
  NATIVE_LOADER,
  SYSTEM_PROGRAM,
} from '../programs/ids';
import { loaderStateOf } from '../programs/loader/state';
import type { Pubkey } from '../pubkey';
import type { KeyedAccount } from '../runtime/transaction-accounts';
import type { StateReader } from '../state';
import { SYSVAR_IDS } from '../sysvars/ids';
import { instructionsSysvarAccount } from '../sysvars/instructions';
import type { Rent } from '../sysvars/sysvar-cache';
import { withRentEpoch } from './fee-payer';
import type { ResolvedMessage } from './resolved-message';

/** In bytes: what an account counts for besides its data. */
const ACCOUNT_BASE_SIZE = 64;
/** In bytes: a table of the largest size. */
const LOOKUP_TABLE_BASE_SIZE = 8248;

const PROGRAM_OWNERS: ReadonlySet<string> = new Set(
  [NATIVE_LOADER, LOADER_V3, LOADER_V2, LOADER_V1, LOADER_V4].map(({ key }) => key),
);

const MISSING: Account = {
  lamports: 0n,
  data: new Uint8Array(0),
  owner: SYSTEM_PROGRAM,
  executable: false,
  rentEpoch: RENT_EXEMPT_RENT_EPOCH,
};

/** Counts loaded bytes against the transaction's limit. */
export class LoadedDataSize {
  readonly #limit: number;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** In bytes; never more than the limit. */
  get bytes(): number {
    return Math.min(this.#size, this.#limit);
  }

  /** @throws TransactionFailure MaxLoadedAccountsDataSizeExceeded */
  add(bytes: number): void {
    this.#size += bytes;
    if (this.#size > this.#limit) throw new TransactionFailure('MaxLoadedAccountsDataSizeExceeded');
  }
}

/** Where a loader v3 program keeps its code; `undefined` for any other account. */
export function programDataOf(account: Account): Pubkey | undefined {
  if (!account.owner.equals(LOADER_V3)) return undefined;
  const state = loaderStateOf(account);
  return state?.kind === 'Program' ? state.programData : undefined;
}

/**
 * The accounts in the message's order, an empty one where there is none.
 *
 * @param payer - the fee payer's account with the fee paid
 * @throws TransactionFailure MaxLoadedAccountsDataSizeExceeded, ProgramAccountNotFound,
 * InvalidProgramForExecution: the transaction then only pays
 */
export function loadAccounts(
  message: ResolvedMessage,
  state: StateReader,
  rent: Rent,
  payer: Account,
  size: LoadedDataSize,
): readonly KeyedAccount[] {
  const keys = new Set(message.accountKeys.map(({ key }) => key));
  const countedProgramData = new Set<string>();
  size.add(message.message.lookups.length * LOOKUP_TABLE_BASE_SIZE);

  /** A program brings its code along; counted once, unless the message names it itself. */
  const countProgramData = (account: Account): void => {
    const address = programDataOf(account);
    if (address === undefined || keys.has(address.key) || countedProgramData.has(address.key)) {
      return;
    }
    const programData = state.get(address);
    if (programData === undefined) return;
    size.add(ACCOUNT_BASE_SIZE + programData.data.length);
    countedProgramData.add(address.key);
  };

  const accounts = message.accountKeys.map((address, index): KeyedAccount => {
    const account = index === 0 ? payer : loadAccount(message, state, rent, address, index, size);
    if (index === 0) size.add(ACCOUNT_BASE_SIZE + payer.data.length);
    countProgramData(account);
    return { address, account };
  });
  checkPrograms(message, state);
  return accounts;
}

function loadAccount(
  message: ResolvedMessage,
  state: StateReader,
  rent: Rent,
  address: Pubkey,
  index: number,
  size: LoadedDataSize,
): Account {
  if (address.equals(SYSVAR_IDS.instructions)) {
    const account = instructionsSysvarAccount(message.decompiled);
    if (account === undefined) throw new TransactionFailure('MaxLoadedAccountsDataSizeExceeded');
    return account;
  }
  const account = state.get(address);
  if (account === undefined) return MISSING;
  size.add(ACCOUNT_BASE_SIZE + account.data.length);
  return message.isWritable(index) ? withRentEpoch(account, rent) : account;
}

function checkPrograms(message: ResolvedMessage, state: StateReader): void {
  for (const { programId } of message.instructions) {
    // The instructions sysvar is never stored, so it is no program either.
    const program = programId.equals(SYSVAR_IDS.instructions) ? undefined : state.get(programId);
    if (program === undefined) throw new TransactionFailure('ProgramAccountNotFound');
    if (!PROGRAM_OWNERS.has(program.owner.key)) {
      throw new TransactionFailure('InvalidProgramForExecution');
    }
  }
}
