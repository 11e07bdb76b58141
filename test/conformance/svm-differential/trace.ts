/**
 * Where two runs of the same programs part: register traces of both, taken in a process of its own,
 * since litesvm reads SBF_TRACE_DIR when its process starts.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Machine } from '../../../src/vm-preview/svm/sbpf/machine';
import type { RegisterTrace } from '../../../src/vm-preview/svm/sbpf/types';
import type { LitesvmWorld } from '../../support/litesvm-world';
import type { Case } from './case';
import { runCase } from './compare';

/** r0 to r10 and pc, 8 bytes each. */
const ENTRY_WORDS = 12;

function nativeTraces(folder: string): { readonly program: string; readonly words: bigint[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.regs'))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const words = Array.from({ length: bytes.length / 8 }, (_, at) =>
        bytes.readBigUInt64LE(at * 8),
      );
      const program = readFileSync(join(folder, name.replace('.regs', '.program_id')), 'utf8');
      return { program, words };
    });
}

/** Words that both begin with. */
function common(a: readonly bigint[], b: readonly bigint[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function describe(words: readonly bigint[], entry: number): string {
  const at = words.slice(entry * ENTRY_WORDS, (entry + 1) * ENTRY_WORDS);
  if (at.length < ENTRY_WORDS) return 'has ended';
  const registers = at.slice(0, 11).map((value, index) => `r${index}=${value.toString(16)}`);
  return `pc ${at[11]} ${registers.join(' ')}`;
}

/** Runs the case with both traces on, and says where they part. Needs SBF_TRACE_DIR in the environment. */
export function traceCase(world: LitesvmWorld, of: Case, folder: string): string {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const traces: RegisterTrace[] = [];
  const { enter } = Machine.prototype;
  Machine.prototype.enter = function (executable, options) {
    const trace: RegisterTrace = [];
    traces.push(trace);
    return enter.call(this, executable, { ...options, trace });
  };
  try {
    runCase(world, of);
  } finally {
    Machine.prototype.enter = enter;
  }
  const theirs = nativeTraces(folder);
  if (theirs.length === 0 && traces.length === 0) return 'no program ran';
  for (const [index, trace] of traces.entries()) {
    const ours = trace.flatMap((registers) => [...registers]);
    const nearest = theirs
      .map((native) => ({ ...native, shared: common(native.words, ours) }))
      .sort((a, b) => b.shared - a.shared)[0];
    if (nearest === undefined) return `run ${index} here has no like in the native VM`;
    if (nearest.shared === ours.length && nearest.shared === nearest.words.length) continue;
    const entry = Math.floor(nearest.shared / ENTRY_WORDS);
    return [
      `run ${index}, of ${nearest.program}, parts before instruction ${entry}:`,
      `  before: ${entry === 0 ? 'the start' : describe(ours, entry - 1)}`,
      `  ours:   ${describe(ours, entry)}`,
      `  theirs: ${describe(nearest.words, entry)}`,
    ].join('\n');
  }
  return `all ${traces.length} runs of programs are the same, instruction by instruction`;
}

/** Asks a process of its own for it. @param args - of the suite, that lead to the same case */
export function traceElsewhere(args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sbf-trace-'));
  const output = join(folder, 'parting.txt');
  const traces = mkdtempSync(join(folder, 'traces-'));
  try {
    execFileSync(
      'node_modules/.bin/tsx',
      ['test/conformance/main.ts', 'svm-differential', ...args, '--trace', output],
      { env: { ...process.env, SBF_TRACE_DIR: traces }, stdio: 'ignore' },
    );
  } catch {
    // A difference makes it end with 1, which is why it was asked.
  }
  try {
    return existsSync(output) ? readFileSync(output, 'utf8') : 'it was the same when traced';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeTrace(world: LitesvmWorld, of: Case, output: string): void {
  const folder = process.env.SBF_TRACE_DIR;
  if (folder === undefined) throw new Error('--trace needs SBF_TRACE_DIR');
  writeFileSync(output, traceCase(world, of, folder));
}
