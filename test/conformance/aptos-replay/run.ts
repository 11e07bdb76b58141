/**
 * Recorded mainnet transactions: `npm run conformance -- aptos-replay <folder of recordings>`.
 *
 * The chain's comparison tool ran each entry function by itself, without prologue, epilogue and gas, in a
 * session of no transaction, with the framework of the tool's own day (late 2023) in the place of the
 * recorded one; its output is what is compared, byte for byte. Each transaction is then run whole as well.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { executeTransaction } from '../../../src/vm-preview/move/aptos/execution/execute';
import { runEntryFunction } from '../../../src/vm-preview/move/aptos/execution/payload';
import { requestOf } from '../../../src/vm-preview/move/aptos/execution/request';
import { TransactionRun } from '../../../src/vm-preview/move/aptos/execution/run';
import { voidSessionHash } from '../../../src/vm-preview/move/aptos/execution/session-id';
import type { StateKey, StateValue } from '../../../src/vm-preview/move/aptos/state';
import {
  EMPTY_CHANGE_SET,
  ModuleCache,
  sortedWrites,
} from '../../../src/vm-preview/move/aptos/storage';
import { genesisState, MemoryState } from '../../support/aptos-genesis';
import { eventsText, writeSetText } from './debug-text';
import { type Recording, readRecording } from './recording';

const MAINNET = 1;

/** The modules under which a recording runs. */
export type Framework =
  /** Those of its day: in the state of one recording, the rest as at genesis. */
  | 'recorded'
  /** Today's at the addresses of the framework, as the tool laid its own over the state. */
  | 'newer';

const FRAMEWORK_ADDRESSES = new Set([1, 3, 4]);

const isFramework = (address: Uint8Array): boolean =>
  address.subarray(0, 31).every((byte) => byte === 0) && FRAMEWORK_ADDRESSES.has(address[31] ?? 0);

export function recordedState(
  recordings: readonly Recording[],
  wanted: Recording,
  framework: Framework,
): MemoryState {
  const state = new MemoryState();
  const lay = (rows: Iterable<readonly [StateKey, StateValue]>): void => {
    for (const [key, value] of rows) if (key.kind === 'module') state.set(key, value);
  };
  lay(genesisState('mainnet').entries());
  for (const { preState } of recordings) lay(preState);
  for (const [key, value] of wanted.preState) state.set(key, value);
  if (framework === 'newer')
    lay(
      genesisState('devnet')
        .entries()
        .filter(([key]) => key.kind === 'module' && isFramework(key.address)),
    );
  return state;
}

/** What the entry function alone makes of the state, as the tool printed it. */
export function runPayload({ transaction }: Recording, state: MemoryState): string {
  const { payload } = transaction.raw;
  if (payload.kind !== 'entryFunction') throw new Error('only entry functions were recorded');
  const run = new TransactionRun(state, { chainId: MAINNET }, new ModuleCache());
  const session = run.session(EMPTY_CHANGE_SET, voidSessionHash(), new Uint8Array(), undefined);
  const senders = [transaction.raw.sender];
  const payment = { meter: run.free, modules: undefined };
  runEntryFunction(session, payload.call, senders, payment, run.rules);
  const { own } = session.finish();
  const writes = sortedWrites(own).map(([, op]) => op);
  return `write set:${writeSetText(writes)}\n events:${eventsText(own.events)}`;
}

export async function runAptosReplay(
  folder: string,
): Promise<{ passed: number; failures: string[] }> {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.json'))
    : [];
  const recordings = files.sort().map((name) => readRecording(join(folder, name)));
  const failures: string[] = [];
  for (const recording of recordings) {
    const problem = compare(recordings, recording);
    if (problem !== undefined) failures.push(`${recording.version}: ${problem}`);
  }
  if (recordings.length === 0) failures.push(`no recordings in ${folder}`);
  return { passed: recordings.length - failures.length, failures };
}

/** Why a recording is not reproduced; undefined where it is, to the byte. */
function compare(recordings: readonly Recording[], recording: Recording): string | undefined {
  const outputs = new Map<Framework, string>();
  for (const framework of ['recorded', 'newer'] as const) {
    try {
      outputs.set(
        framework,
        runPayload(recording, recordedState(recordings, recording, framework)),
      );
    } catch (error) {
      outputs.set(framework, String(error instanceof Error ? error.stack : error));
    }
    console.log(
      `${recording.version}: ${framework} framework ${outputs.get(framework)?.trim() === recording.expected.trim() ? 'equal' : 'other'}`,
    );
  }
  const whole = executeTransaction(
    requestOf(recording.transaction),
    recordedState(recordings, recording, 'recorded'),
    { chainId: MAINNET },
  );
  console.log(recording.version, whole.status, whole.fee);
  return [...outputs.values()].some((output) => output.trim() === recording.expected.trim())
    ? undefined
    : [...outputs.entries()].map(([f, o]) => `${f}: ${o.slice(0, 3000)}`).join('\n');
}
