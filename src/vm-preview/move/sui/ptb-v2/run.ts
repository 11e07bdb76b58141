/**
 * Programmable transactions whose types, borrows and linkage are all settled before anything is run: how
 * networks run them since protocol 104 (sui-adapter, static_programmable_transactions/mod.rs).
 */
import { CannotPreview } from '../../../errors';
import { GAS_COIN, type ProgrammableTransaction } from '../data';
import { ExecutionError } from '../execution/error';
import { metered, type ProgramParts } from '../execution/programmable';
import type { ExecutionResults } from '../execution/results';
import type { Id } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import { runCommand } from './execution/commands';
import { finish } from './execution/finish';
import { payingCoin } from './execution/gas-coin';
import { Machine } from './execution/machine';
import { isLaunched } from './launch';
import { loadTransaction } from './loading/load';
import { TypeLoader } from './loading/types';
import { withOneLinkage } from './loading/unified-linkage';
import { TranslationCharges } from './metering/translation';
import type { TypedTransaction } from './typing/ast';
import { typeTransaction } from './typing/translate';
import { verifyTransaction } from './verification';

/**
 * What the commands wrote; nothing where one failed.
 *
 * @param asCoins - inputs that withdraw and that the transaction names as coins
 * @throws ExecutionError; CannotPreview, and where state is missing
 */
export function runStatic(
  parts: ProgramParts,
  program: ProgrammableTransaction,
  asCoins: ReadonlySet<number>,
): ExecutionResults {
  const { protocol, charger, linkage, transaction } = parts;
  requireConversions(protocol, asCoins);
  const charges = new TranslationCharges(protocol, charger.status.meter);
  charges.program(program);
  const plain = loadTransaction(parts, program);
  charges.loaded(plain);
  const loaded = withOneLinkage(parts, plain);
  const gasType = new TypeLoader(linkage).object(GAS_COIN);
  const typed = typeTransaction(loaded, {
    gasCoin: gasType,
    converting: {
      linkage,
      inputs: [...asCoins].sort((left, right) => left - right),
      owner: transaction.sender.bytes,
    },
    contextAnywhere: protocol.feature('flexible_tx_context_positions'),
    countsReads: protocol.feature('fix_ptb_generated_reads'),
  });
  charges.typed(typed);
  const hasGasCoin = payingCoin(charger, protocol) !== undefined;
  const rules = { protocol, linkage, hasGasCoin, inspects: parts.inspects };
  const numbering = numberingOf(typed);
  renumbered(numbering, () => verifyTransaction(typed, rules));
  const machine = new Machine(parts, typed, gasType);
  return renumbered(numbering, () => run(machine, typed, parts, numbering));
}

function requireConversions(protocol: ProtocolConfig, asCoins: ReadonlySet<number>): void {
  if (asCoins.size > 0 && !protocol.feature('convert_withdrawal_compatibility_ptb_arguments'))
    throw new CannotPreview('sui-coin-reservation', 'a reservation that looks like a coin');
}

/** Which of a transaction's own commands a command stands for: others were put before and after them. */
interface Numbering {
  readonly before: number;
  readonly own: number;
}

const numberingOf = ({ commands, conversions }: TypedTransaction): Numbering => ({
  before: conversions.length,
  own: commands.length - conversions.length,
});

/** Has a failure name the transaction's own command. */
function renumbered<T>({ before, own }: Numbering, execute: () => T): T {
  try {
    return execute();
  } catch (error) {
    if (before > 0 && error instanceof ExecutionError && error.command !== undefined)
      error.command = Math.max(0, Math.min(error.command - before, own - 1));
    throw error;
  }
}

function run(
  machine: Machine,
  { commands }: TypedTransaction,
  parts: ProgramParts,
  { before, own }: Numbering,
): ExecutionResults {
  const { store, protocol } = parts;
  try {
    for (const [i, command] of commands.entries()) {
      const execute = (): void =>
        failing(machine, i, () => {
          runCommand(machine, command);
          if (!isLaunched(protocol)) requireSharedKept(machine, command.consumedShared);
        });
      const isOwn = i >= before && i < before + own;
      if (isOwn) metered(parts, execute);
      else execute();
    }
    return failing(machine, undefined, () => finish(machine));
  } finally {
    // What was read is a dependency even where the transaction fails.
    store.saveLoaded(machine.session.objects.loadedObjects);
  }
}

/** Shared objects that a command took are deleted by now, or shared again. */
function requireSharedKept({ session }: Machine, consumed: readonly Id[]): void {
  for (const id of consumed)
    if (!session.objects.isDeleted(id) && session.objects.newOwner(id)?.kind !== 'shared')
      throw new ExecutionError({ kind: 'SharedObjectOperationNotAllowed' });
}

/** Turns what is a failure of the transaction into one, with its command. */
function failing<T>({ session }: Machine, command: number | undefined, execute: () => T): T {
  try {
    return execute();
  } catch (error) {
    const failure = session.failure(error);
    if (failure === undefined) throw error;
    failure.command ??= command;
    throw failure;
  }
}
