/** All instructions of a transaction, and after a run the calls that programs made in turn. */
import { MalformedError } from '../../../vm-preview/errors';
import type { DecodedCall } from '../../../vm-preview/model/preview';
import type { Message } from '../../../vm-preview/svm/transaction/message';
import type { InnerInstruction, SvmOutcome } from '../../../vm-preview/svm/transaction/types';
import { decodeInstruction, type Words } from './instruction';

/**
 * The instructions in order.
 *
 * @param keys - all addresses of the transaction; where tables are not read yet, the static ones alone
 * @param run - what programs called in turn, and the units they used
 * @throws MalformedError `transaction-index` when an instruction points past the accounts
 */
export function decodeCalls(
  message: Message,
  keys: readonly string[],
  words: Words,
  run?: Pick<SvmOutcome, 'innerInstructions' | 'instructionUnits'>,
): DecodedCall[] {
  const loaded = message.lookups.reduce(
    (count, lookup) => count + lookup.writableIndexes.length + lookup.readonlyIndexes.length,
    0,
  );
  const total = message.staticKeys.length + loaded;
  const keyAt = (index: number): string | undefined => {
    if (index >= total) {
      throw new MalformedError(
        'transaction-index',
        'an instruction names an account that the transaction does not have',
      );
    }
    return keys[index];
  };
  return message.instructions.map((instruction, index) => {
    const program = keyAt(instruction.programIdIndex);
    if (program === undefined) {
      throw new MalformedError('transaction-index', 'a program is taken from a lookup table');
    }
    const calls = run?.innerInstructions[index] ?? [];
    const decoded = decodeInstruction(
      index,
      { program, accounts: Array.from(instruction.accounts, keyAt), data: instruction.data },
      words,
      nest(calls, 0, 2, keys, words).calls,
    );
    return { ...decoded, ...unitsOf(run?.instructionUnits[index]) };
  });
}

/** Turns the flat list with its stack heights into the tree that it was. */
function nest(
  flat: readonly InnerInstruction[],
  start: number,
  height: number,
  keys: readonly string[],
  words: Words,
): { calls: DecodedCall[]; end: number } {
  const calls: DecodedCall[] = [];
  let position = start;
  for (;;) {
    const call = flat[position];
    if (call === undefined || call.stackHeight < height) return { calls, end: position };
    const below = nest(flat, position + 1, call.stackHeight + 1, keys, words);
    const decoded = decodeInstruction(
      calls.length,
      {
        program: keys[call.programIndex] ?? '',
        accounts: call.accounts.map((index) => keys[index]),
        data: call.data,
      },
      words,
      below.calls,
    );
    calls.push({ ...decoded, ...unitsOf(call.units) });
    position = below.end;
  }
}

function unitsOf(units: number | undefined): Pick<DecodedCall, 'units'> {
  return units === undefined ? {} : { units: units.toString() };
}

/** Every call of the tree, those made by programs included. */
export function* allCalls(calls: readonly DecodedCall[]): Generator<DecodedCall> {
  for (const call of calls) {
    yield call;
    yield* allCalls(call.inner);
  }
}
