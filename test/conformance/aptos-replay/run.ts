/**
 * Recorded mainnet transactions: `npm run conformance -- aptos-replay <recordings> [<framework>]`.
 *
 * The chain's comparison tool ran each entry function by itself: without prologue, epilogue and fee, in a
 * session of no transaction, and with the framework of the tool's own day (late 2023) in the place of the
 * recorded one. Its output, writes and events, is compared byte for byte. Two of the three come out the
 * same under the recorded framework. 10000007 writes 0x3::token_event_store, which came months after it:
 * it needs that framework, compiled, in a folder (aptos-core of December 2023), and is skipped without.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LookaheadError } from '../../../src/vm-preview/errors';
import { executeTransaction } from '../../../src/vm-preview/move/aptos/execution/execute';
import { runEntryFunction } from '../../../src/vm-preview/move/aptos/execution/payload';
import { selfId } from '../../../src/vm-preview/move/aptos/execution/publish-metadata';
import { requestOf } from '../../../src/vm-preview/move/aptos/execution/request';
import { TransactionRun } from '../../../src/vm-preview/move/aptos/execution/run';
import { voidSessionHash } from '../../../src/vm-preview/move/aptos/execution/session-id';
import type { StateKey, StateValue } from '../../../src/vm-preview/move/aptos/state';
import {
  EMPTY_CHANGE_SET,
  ModuleCache,
  moduleKey,
  sortedWrites,
} from '../../../src/vm-preview/move/aptos/storage';
import type { AptosOutcome } from '../../../src/vm-preview/move/aptos/types';
import { APTOS_FORMAT, decodeModule } from '../../../src/vm-preview/move/core/format';
import { Address } from '../../../src/vm-preview/move/core/values';
import { genesisState, MemoryState } from '../../support/aptos-genesis';
import { eventsText, writeSetText } from './debug-text';
import { type Recording, readRecording } from './recording';

const MAINNET = 1;

/** Modules that are laid over a state, as the tool laid its own framework over it. */
export type Overlay = readonly (readonly [StateKey, StateValue])[];

/** Compiled modules in a folder and those below it, each under the address that it names. */
export function overlayFrom(folder: string): Overlay {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.flatMap((file) => {
    if (!file.isFile() || !file.name.endsWith('.mv')) return [];
    const bytes = new Uint8Array(readFileSync(join(file.parentPath, file.name)));
    return [[moduleKey(selfId(decodeModule(bytes, APTOS_FORMAT))), { bytes }]] as const;
  });
}

/** The recorded values, over the modules of their day: those in any recording, the rest as at genesis. */
export function recordedState(
  recordings: readonly Recording[],
  wanted: Recording,
  overlay: Overlay,
): MemoryState {
  const state = new MemoryState();
  const lay = (rows: Iterable<readonly [StateKey, StateValue]>): void => {
    for (const [key, value] of rows) if (key.kind === 'module') state.set(key, value);
  };
  lay(genesisState('mainnet').entries());
  for (const { preState } of recordings) lay(preState);
  for (const [key, value] of wanted.preState) state.set(key, value);
  lay(overlay);
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

/** A recording run whole, with prologue, gas and epilogue. */
export function runWhole(recording: Recording, state: MemoryState): AptosOutcome {
  return executeTransaction(requestOf(recording.transaction), state, { chainId: MAINNET });
}

export function readRecordings(folder: string): readonly Recording[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => readRecording(join(folder, name)));
}

/**
 * @param framework - folder of compiled modules to lay over the states; where it is not given, or does
 *   not have a module, the recorded ones are run
 */
export async function runAptosReplay(
  folder: string,
  framework: string | undefined,
): Promise<{ passed: number; failures: string[] }> {
  const recordings = readRecordings(folder);
  const overlay = framework === undefined ? [] : overlayFrom(framework);
  const failures: string[] = [];
  let passed = 0;
  for (const recording of recordings) {
    const { status, fee } = runWhole(recording, recordedState(recordings, recording, []));
    console.log(`${recording.version}: run whole: ${status.kind}, ${fee.gasUsed} gas`);
    const state = recordedState(recordings, recording, overlay);
    const lacking = laterModule(recording, state);
    if (lacking !== undefined && status.kind === 'success') {
      console.log(
        `skipped: ${recording.version}: its output was made with ${lacking}, which is not here`,
      );
      continue;
    }
    const problem =
      compare(recording, state) ??
      (status.kind === 'success' ? undefined : `run whole: ${status.kind}`);
    if (problem === undefined) passed++;
    else failures.push(`${recording.version}: ${problem}`);
  }
  if (recordings.length === 0) failures.push(`no recordings in ${folder}`);
  return { passed, failures };
}

/** A module whose resources the expected output writes, and which the state does not have. */
function laterModule({ expected }: Recording, state: MemoryState): string | undefined {
  const written = expected.matchAll(/Resource\((0x[0-9a-f]+)::(\w+)::/g);
  for (const [, address = '', name = ''] of written) {
    const key = { kind: 'module', address: Address.parse(address).bytes, name } as const;
    if (state.read(key) === null) return `${address}::${name}`;
  }
  return undefined;
}

/** Why a recording is not reproduced; undefined where it is, to the byte. */
function compare(recording: Recording, state: MemoryState): string | undefined {
  const expected = recording.expected.trim();
  let output: string;
  try {
    output = runPayload(recording, state);
  } catch (error) {
    if (!(error instanceof LookaheadError)) throw error;
    return `ends in ${error.code}: ${error.message}`;
  }
  if (output === expected) return undefined;
  let at = 0;
  while (output[at] === expected[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `expected …${around(expected)}…, found …${around(output)}…`;
}
