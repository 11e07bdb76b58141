import type { Warning } from '../../../vm-preview/model/preview';
import { isMine } from '../effects';
import { programName } from '../programs';
import { evidence, type WarningCheck } from './context';

/**
 * A program that we do not know gets an account of the user's to write to. It may be another program,
 * or behave another way, by the time the transaction runs.
 */
export const unknownProgram: WarningCheck = ({ mine, outcome, transaction, views }) => {
  const exposed = new Map<string, Set<string>>();
  const note = (programIndex: number, accounts: Iterable<number>) => {
    const program = outcome.accounts[programIndex]?.address.toBase58();
    if (program === undefined || programName(program) !== undefined) return;
    for (const index of accounts) {
      const view = views[index];
      if (!outcome.accounts[index]?.isWritable || view === undefined) continue;
      if (!isMine(view, mine)) continue;
      const addresses = exposed.get(program) ?? new Set();
      exposed.set(program, addresses.add(view.address));
    }
  };
  for (const { accounts, programIdIndex } of transaction.instructions) {
    note(programIdIndex, accounts);
  }
  for (const call of outcome.innerInstructions.flat()) note(call.programIndex, call.accounts);
  return [...exposed].map(
    ([program, addresses]): Warning => ({
      code: 'unknown-program',
      severity: 'medium',
      text: 'A program that we do not know may change accounts of yours; it could behave differently when the transaction is sent.',
      evidence: [
        evidence('program', program),
        ...[...addresses].map((address) => evidence('your account', address)),
      ],
    }),
  );
};
