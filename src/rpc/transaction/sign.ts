/** From the user's approval to signed bytes. */
import { attachSignature, messageOf } from '../../chains/solana';
import { sign } from '../../keyring';
import { readState, type StoredAccount } from '../../store';
import { requireAccount } from '../accounts';
import { requireUnlocked } from '../unlocked';
import type { Run } from './run';

/** The bytes that were run, and what a signature covers of them. */
function approvedBytes(run: Run): { transaction: Uint8Array; message: Uint8Array } {
  if (run.kind === 'previewed') return run.result;
  return { transaction: run.transaction, message: messageOf(run.transaction) };
}

/**
 * Signs what was approved, and nothing if one of it cannot be signed.
 *
 * The lock and the consent are looked at once more: both may have changed while the window was open.
 *
 * @returns whole transactions with the account's signature in place
 */
export async function signApproved(
  origin: string,
  account: StoredAccount,
  runs: readonly Run[],
): Promise<Uint8Array[]> {
  await requireUnlocked();
  requireAccount(await readState(), origin, account.chain, account.address);
  const signed: Uint8Array[] = [];
  for (const run of runs) {
    const { transaction, message } = approvedBytes(run);
    const signature = await sign(account, message);
    signed.push(attachSignature(transaction, account.address, signature));
  }
  return signed;
}
