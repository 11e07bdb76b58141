import { InstructionFailure } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import type { RuntimeTransactionContext } from './transaction-context';
import type { Instruction, InstructionAccount } from './types';

interface CallSite {
  readonly transaction: RuntimeTransactionContext;
  log(message: string): void;
}

/**
 * Makes the instruction the next that is pushed, after checking that it asks for no right that its
 * caller lacks. Source: agave `invoke_context.rs` (`prepare_next_cpi_instruction`).
 *
 * @param signers - the caller's own addresses, which sign besides those that signed for the caller
 * @throws InstructionFailure MissingAccount, PrivilegeEscalation
 */
export function prepareCall(
  site: CallSite,
  instruction: Instruction,
  signers: readonly Pubkey[],
): void {
  const accounts = resolveAccounts(site, instruction);
  checkPrivileges(site, accounts, signers);
  const { transaction } = site;
  const programIndex = transaction.findIndexOfAccount(instruction.programId);
  if (programIndex === undefined || !transaction.currentInstruction().holds(programIndex)) {
    site.log(`Unknown program ${instruction.programId}`);
    throw new InstructionFailure('MissingAccount');
  }
  transaction.configureNextCall({
    programIndexInTransaction: programIndex,
    accounts,
    data: instruction.data,
  });
}

/** An account that is given more than once has the rights of all its occurrences in each. */
function resolveAccounts(site: CallSite, instruction: Instruction): InstructionAccount[] {
  const first = new Map<number, InstructionAccount>();
  const accounts = instruction.accounts.map(({ pubkey, isSigner, isWritable }) => {
    const indexInTransaction = site.transaction.findIndexOfAccount(pubkey);
    if (indexInTransaction === undefined) {
      site.log(`Instruction references an unknown account ${pubkey}`);
      throw new InstructionFailure('MissingAccount');
    }
    const known = first.get(indexInTransaction);
    if (known === undefined) {
      const account = { indexInTransaction, isSigner, isWritable };
      first.set(indexInTransaction, account);
      return account;
    }
    known.isSigner ||= isSigner;
    known.isWritable ||= isWritable;
    return known;
  });
  return accounts;
}

function checkPrivileges(
  site: CallSite,
  accounts: readonly InstructionAccount[],
  signers: readonly Pubkey[],
): void {
  const caller = site.transaction.currentInstruction();
  for (const account of new Set(accounts)) {
    const key = site.transaction.accounts.at(account.indexInTransaction).key;
    const held = caller.accountAt(caller.positionOf(account.indexInTransaction));
    if (account.isWritable && !held.isWritable) {
      site.log(`${key}'s writable privilege escalated`);
      throw new InstructionFailure('PrivilegeEscalation');
    }
    if (account.isSigner && !held.isSigner && !signers.some((signer) => signer.equals(key))) {
      site.log(`${key}'s signer privilege escalated`);
      throw new InstructionFailure('PrivilegeEscalation');
    }
  }
}
