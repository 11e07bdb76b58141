/** Runs one transaction and prints what became of it. */
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  decode,
  parseEffects,
  type SuiEnvironment,
  type SuiFailure,
  type SuiOutcome,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import { type ExecutionFailure, FAILURE } from '../../../src/vm-preview/move/sui/data';
import type { Telling } from './checkout';
import { cleverAbortText, failureDebug, failureText } from './failure-text';
import type { Naming } from './naming';
import { sortedAccumulators, summaryOf, summaryText, typeText } from './output';
import { refusalDebug, refusalText } from './refusal-text';
import { TaskError } from './unsupported';
import type { ObjectId, World } from './world';

export interface ExecutionContext {
  readonly world: World;
  readonly naming: Naming;
  readonly environment: SuiEnvironment;
  readonly telling: Telling;
}

/** The runner asks for so many events of a transaction. */
const MOST_EVENTS = 50;

export interface Executed {
  /** As the names are when it is asked for. */
  readonly text: () => string;
  /** Ids of what was made, as the runner goes through them. */
  readonly created: readonly ObjectId[];
}

/** @throws TaskError where it fails or is refused */
export function executed(
  data: TransactionData,
  { world, naming, environment, telling }: ExecutionContext,
  { isShort, isDryRun }: { readonly isShort: boolean; readonly isDryRun: boolean },
): Executed {
  const outcome = world.execute(data, environment, !isDryRun);
  const { status, effects } = outcome;
  if (status.kind === 'refused' || effects === undefined)
    throw new TaskError(refusal(outcome, telling));
  const parsed = parseEffects(effects.bcs);
  const summary = summaryOf(parsed);
  if (status.kind === 'failure') {
    const failure = decode(FAILURE, status.failure.bcs, 'a failure');
    const { command } = status.failure;
    throw new TaskError(
      naming.stabilize(
        isDryRun
          ? dryFailure(failure, command)
          : failureOf(failure, status.failure, usesConsensus(data), telling),
      ),
    );
  }
  const after = new Map(outcome.changes.map(({ id, after: made }) => [bytesToHex(id), made]));
  const key = (id: ObjectId): string => {
    const made = after.get(id) ?? undefined;
    if (made === undefined) return '';
    if (made.data.kind === 'package') return [...made.data.modules.keys()].join(',');
    return naming.stabilize(typeText(made.data.type));
  };
  const fresh = [...summary.created, ...summary.unwrapped]
    .map(bytesToHex)
    .map((id) => ({ id, key: key(id) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  for (const { id } of fresh) naming.enumerate(id);
  for (const { id } of sortedAccumulators(summary.accumulators, naming))
    naming.enumerate(bytesToHex(id));
  return {
    text: () =>
      summaryText(summary, outcome.events.slice(0, MOST_EVENTS), outcome.gas, naming, isShort),
    created: naming.sorted(summary.created),
  };
}

function usesConsensus({ kind }: TransactionData): boolean {
  return (
    kind.kind === 'programmable' &&
    kind.programmable.inputs.some(
      (input) =>
        input.kind === 'fundsWithdrawal' ||
        (input.kind === 'object' && input.object.kind === 'shared'),
    )
  );
}

function failureOf(
  failure: ExecutionFailure,
  { command, text: source }: SuiFailure,
  isConsensus: boolean,
  { cleverCodes }: Telling,
): string {
  const place = command === undefined ? 'None' : `Some(${command})`;
  const debug = failureDebug(failure);
  const said = source === undefined ? 'None' : `Some(${JSON.stringify(source)})`;
  const told = isConsensus
    ? `Debug of error: ${debug} at command ${place}`
    : `Execution Error: ExecutionError: ExecutionError { inner: ExecutionErrorInner { kind: ${debug}, source: ${said}, command: ${place} } }`;
  const text = (cleverCodes ? cleverAbortText(failure) : undefined) ?? failureText(failure);
  return `Transaction Effects Status: ${text}\n${told}`;
}

function dryFailure(failure: ExecutionFailure, command: number | undefined): string {
  const debug = failureDebug(failure);
  const text = command === undefined ? debug : `${debug} in command ${command}`;
  return `Transaction Effects Status: ${text}\nExecution Error: ${text}`;
}

function refusal({ status }: SuiOutcome, { refusals }: Telling): string {
  if (status.kind !== 'refused') throw new TypeError('nothing was run, and nothing refused');
  const text = refusals === 'display' ? refusalText(status) : refusalDebug(status);
  return `Error checking transaction input objects: ${text}`;
}
