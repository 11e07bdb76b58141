/** Runs every cell on agave (litesvm, native) and here, and compares all that a run gives. */
import { setImmediate } from 'node:timers/promises';
import type { TransactionError } from '../../../src/vm-preview/svm';
import { type Aspect, differences, type OurRun, type RunResult } from '../../support/litesvm-world';
import { Bench } from './bench';
import type { Cell } from './cell';
import { CELLS } from './cells';
import { MAINNET, MODES, type Mode, worldOf } from './modes';

export interface CellResult {
  readonly cell: Cell;
  readonly units: number;
  /** Lamports. */
  readonly fee: bigint;
  /** What is not as it should be; empty when the cell passes. */
  readonly problems: readonly string[];
}

export function cellName({ program, instruction, outcome }: Cell): string {
  return `${program} / ${instruction} / ${outcome}`;
}

const show = (error: TransactionError | undefined): string =>
  error === undefined ? 'success' : JSON.stringify(error);

/** A failed transaction costs its payer the fee and nothing else. */
function feeProblems(bench: Bench, { result, outcome }: OurRun): string[] {
  const payer = outcome.accounts[0];
  if (result.error === undefined || payer === undefined || outcome.landing === 'refused') return [];
  const before = payer.before?.lamports ?? 0n;
  const paid = before - (payer.after?.lamports ?? 0n);
  const { signature, priority } = outcome.fee;
  if (paid === signature + priority) return [];
  const fee = `${signature} + ${priority}`;
  return [`fee: ${bench.payer.toBase58()} paid ${paid}, the outcome says ${fee}`];
}

function expectationProblems(cell: Cell, result: RunResult): string[] {
  const problems: string[] = [];
  if (show(result.error) !== show(cell.error)) {
    problems.push(`error: expected ${show(cell.error)}, ours ${show(result.error)}`);
  }
  if (cell.log !== undefined && !result.logs.includes(cell.log)) {
    problems.push(`no log line "${cell.log}" in\n${result.logs.join('\n')}`);
  }
  return problems;
}

export function runCell(cell: Cell, mode: Mode = MAINNET): CellResult {
  try {
    const bench = new Bench(cell.world ?? worldOf(mode));
    const transaction = cell.build(bench);
    const theirs = bench.world.runNative(transaction);
    const environment = { ...bench.world.environment(), ...cell.environment?.(bench) };
    const ours = bench.world.runOurs(transaction, environment);
    const { computeUnits, fee } = ours.outcome;
    // A refused transaction changes nothing, and its outcome names no accounts.
    const isRefused = ours.outcome.landing === 'refused';
    const except: readonly Aspect[] = [
      ...(cell.departure?.aspects ?? []),
      ...(isRefused ? (['post'] as const) : []),
    ];
    const problems = [
      ...differences(theirs, ours.result, except),
      // Under other features another outcome may be right, as long as it is agave's.
      ...(mode === MAINNET ? expectationProblems(cell, ours.result) : []),
      ...feeProblems(bench, ours),
      ...(cell.departure?.check(ours.result, theirs, bench) ?? []),
    ];
    return { cell, units: computeUnits, fee: fee.signature + fee.priority, problems };
  } catch (thrown) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { cell, units: 0, fee: 0n, problems: [text] };
  }
}

function row(columns: readonly string[], widths: readonly number[]): string {
  return columns
    .map((column, index) => column.padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

/** The matrix as text: a line for each cell. */
export function table(results: readonly CellResult[]): string {
  const head = ['program', 'instruction', 'outcome', 'units', 'fee', 'as agave'];
  const rows = results.map(({ cell, units, fee, problems }) => [
    cell.program,
    cell.instruction,
    cell.outcome,
    String(units),
    String(fee),
    problems.length > 0 ? 'NO' : cell.departure === undefined ? 'yes' : 'yes, not as litesvm',
  ]);
  const widths = head.map((name, index) =>
    Math.max(name.length, ...rows.map((columns) => columns[index]?.length ?? 0)),
  );
  return [head, ...rows].map((columns) => row(columns, widths)).join('\n');
}

/**
 * For `npm run conformance -- svm-matrix [--mode=name] [words of a cell's name]`: under mainnet's
 * features, those of another mode, or with `--mode=all` each in turn.
 */
export async function runSvmMatrix(
  args: readonly string[] = [],
): Promise<{ passed: number; failures: string[] }> {
  const wanted = args.find((arg) => arg.startsWith('--mode='))?.slice(7) ?? MAINNET.name;
  const modes = MODES.filter(({ name }) => wanted === 'all' || name === wanted);
  if (modes.length === 0) {
    throw new Error(`no mode ${wanted}: ${MODES.map(({ name }) => name).join(', ')} or all`);
  }
  const words = args.filter((arg) => !arg.startsWith('--')).map((word) => word.toLowerCase());
  const cells = CELLS.filter((cell) =>
    words.every((word) => cellName(cell).toLowerCase().includes(word)),
  );
  let passed = 0;
  const failures: string[] = [];
  for (const mode of modes) {
    const results: CellResult[] = [];
    for (const cell of cells) {
      results.push(runCell(cell, mode));
      // Native VMs are given back only between turns of the event loop.
      await setImmediate();
    }
    console.log(`${mode.name}\n${table(results)}\n`);
    for (const { cell, problems } of results) {
      if (problems.length === 0) passed++;
      else failures.push(`${mode.name}: ${cellName(cell)}:\n  ${problems.join('\n  ')}`);
    }
  }
  return { passed, failures };
}
