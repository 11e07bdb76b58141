/** From the user's approval to signatures. */
import type { Chain } from '../../chains/chain';
import { sign } from '../../keyring';
import { readState, type StoredAccount } from '../../store';
import { requireAccount } from '../accounts';
import { requireUnlocked } from '../unlocked';
import type { Run } from './run';

/** The bytes that were run, and the account's signature of them. */
export interface Signed {
  readonly transaction: Uint8Array;
  /** 64 bytes, ed25519. */
  readonly signature: Uint8Array;
  /** As `PreviewedTransaction` has it. */
  readonly exactEffects?: Uint8Array;
}

/** The bytes that were run, and what a signature covers of them. */
function approvedBytes(chain: Chain, run: Run): { transaction: Uint8Array; message: Uint8Array } {
  if (run.kind === 'previewed') return run.result;
  return { transaction: run.transaction, message: chain.messageOf(run.transaction) };
}

/**
 * Signs what was approved, and nothing if one of it cannot be signed.
 *
 * The lock and the consent are looked at once more: both may have changed while the window was open.
 */
export async function signApproved(
  origin: string,
  chain: Chain,
  account: StoredAccount,
  runs: readonly Run[],
): Promise<Signed[]> {
  await requireUnlocked();
  requireAccount(await readState(), origin, account.chain, account.address);
  const signed: Signed[] = [];
  for (const run of runs) {
    const { transaction, message } = approvedBytes(chain, run);
    const exact = run.kind === 'previewed' ? run.result.exactEffects : undefined;
    signed.push({
      transaction,
      signature: await sign(account, message),
      ...(exact === undefined ? {} : { exactEffects: exact }),
    });
  }
  return signed;
}
