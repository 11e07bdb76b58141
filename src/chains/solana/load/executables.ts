/** Programs as they are kept between previews, and how a node's 45 bytes confirm one. */
import { StateError } from '../../../vm-preview/errors';
import {
  type Account,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  SYSTEM_PROGRAM,
} from '../../../vm-preview/svm';
import { equalBytes } from '../../hex';
import { PROGRAM_DATA_HEADER_BYTES, parseLoaderState } from '../accounts/program';
import type { CachedProgram } from '../cache';

/** Programs of these loaders hold their ELF themselves and never change. */
export function isFinalProgram(account: Account): boolean {
  return account.executable && (account.owner.equals(LOADER_V1) || account.owner.equals(LOADER_V2));
}

/**
 * The account of a program's data, as read whole, ready to be kept.
 *
 * @throws StateError `account-owner` when it belongs to somebody who cannot own that address
 */
export function asCachedProgram(account: Account | null): CachedProgram | undefined {
  if (account === null) return undefined;
  if (isFinalProgram(account)) return { slot: null, account };
  checkProgramDataOwner(account);
  const state = parseLoaderState(account);
  return state?.kind === 'program-data' ? { slot: state.slot, account } : undefined;
}

/**
 * The kept program with the lamports and header just read, if the node says that it is still the same.
 *
 * @param header - the first 45 bytes of the account's data
 * @param space - the full length of the data, where the node gives it
 */
export function confirmProgram(
  cached: CachedProgram,
  header: Account,
  space: number | undefined,
): Account | undefined {
  const { account } = cached;
  if (space !== undefined && space !== account.data.length) return undefined;
  if (cached.slot === null) {
    const start = account.data.subarray(0, PROGRAM_DATA_HEADER_BYTES);
    const same = header.owner.equals(account.owner) && equalBytes(header.data, start);
    return same && header.executable ? { ...header, data: account.data } : undefined;
  }
  checkProgramDataOwner(header);
  const state = parseLoaderState(header);
  if (state?.kind !== 'program-data' || state.slot !== cached.slot) return undefined;
  // The authority may have changed hands without a new deployment.
  const data = account.data.slice();
  data.set(header.data);
  return { ...header, data };
}

/** Only the loader can make that address; what it closed may hold stray lamports. */
function checkProgramDataOwner(account: Account): void {
  const isClosed = account.owner.equals(SYSTEM_PROGRAM) && account.data.length === 0;
  if (!isClosed && !account.owner.equals(LOADER_V3)) {
    throw new StateError('account-owner', 'the node sent a program under an impossible owner', {
      owner: account.owner.toBase58(),
    });
  }
}
