import type { SvmEnvironment, TransactionError } from '../../../src/vm-preview/svm';
import type { Aspect, RunResult, WorldOptions } from '../../support/litesvm-world';
import type { Bench } from './bench';

/** Where litesvm is not agave: what agave does instead, and where that is written. */
export interface Departure<Needs = Bench> {
  readonly reason: string;
  /** A file of agave, with the function. */
  readonly source: string;
  /** What the comparison with litesvm leaves out. */
  readonly aspects: readonly Aspect[];
  /** What agave gives: a sentence for each way in which our result is not that. */
  readonly check: (ours: RunResult, theirs: RunResult, needs: Needs) => readonly string[];
}

/** One field of the table. */
export interface Cell {
  readonly program: string;
  readonly instruction: string;
  readonly outcome: string;
  readonly world?: WorldOptions;
  /** What both sides must give, so that the cell tests what it says. */
  readonly error?: TransactionError;
  /** A line that the logs must hold, for the same reason. */
  readonly log?: string;
  readonly departure?: Departure;
  /** What our side is told of the chain, where litesvm cannot be told. */
  readonly environment?: (bench: Bench) => Partial<SvmEnvironment>;
  /** Sets the bench up and gives the transaction. */
  readonly build: (bench: Bench) => Uint8Array;
}

/** The error of an instruction of the transaction. */
export function at(
  index: number,
  error: Extract<TransactionError, { InstructionError: unknown }>['InstructionError'][1],
): TransactionError {
  return { InstructionError: [index, error] };
}

/** A program's own code at an instruction. */
export function custom(index: number, code: number): TransactionError {
  return at(index, { Custom: code });
}
