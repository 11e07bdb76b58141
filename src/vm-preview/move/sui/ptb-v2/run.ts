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
import { runCommand } from './execution/commands';
import { finish } from './execution/finish';
import { Machine } from './execution/machine';
import { isLaunched } from './launch';
import { loadTransaction } from './loading/load';
import { TypeLoader } from './loading/types';
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
  if (asCoins.size > 0)
    throw new CannotPreview('sui-coin-reservation', 'a reservation that looks like a coin');
  const { protocol, charger, linkage } = parts;
  const charges = new TranslationCharges(protocol, charger.status.meter);
  charges.program(program);
  const loaded = loadTransaction(parts, program);
  charges.loaded(loaded);
  const gasType = new TypeLoader(linkage).object(GAS_COIN);
  const typed = typeTransaction(loaded, {
    gasCoin: gasType,
    contextAnywhere: protocol.feature('flexible_tx_context_positions'),
  });
  charges.typed(typed);
  verifyTransaction(typed, protocol, true);
  const gasCoin = { id: charger.coin, isMutable: true, type: gasType };
  return run(new Machine(parts, typed, gasCoin), typed, parts);
}

function run(
  machine: Machine,
  { commands }: TypedTransaction,
  parts: ProgramParts,
): ExecutionResults {
  const { store, protocol } = parts;
  try {
    for (const [i, command] of commands.entries())
      metered(parts, () =>
        failing(machine, i, () => {
          runCommand(machine, command);
          if (!isLaunched(protocol)) requireSharedKept(machine, command.consumedShared);
        }),
      );
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
