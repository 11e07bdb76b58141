/**
 * Recorded checkpoints of mainnet: `npm run conformance -- sui-checkpoint <.chk files>`.
 *
 * Digests of all transactions, objects, effects and events are computed anew. Each programmable transaction
 * is run from the objects that it read, and its effects must have the recorded digest. Where what it reads is
 * not in the recording it must end in one typed error that says so, which is told apart in the report.
 */
import { readFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type CheckpointData,
  type CheckpointTransaction,
  effectsDigest,
  eventsDigest,
  executeTransaction,
  MissingObjectsError,
  type ObjectRef,
  objectDigest,
  parseCheckpoint,
  parseEffects,
  type SuiEnvironment,
  type TransactionEffects,
  transactionDigest,
} from '../../../src/vm-preview/move/sui';
import { RecordedState } from './recording';

/** Mainnet's genesis checkpoint begins so. */
const MAINNET = Uint8Array.from([0x35, 0x83, 0x4a, 0x8a, ...new Array<number>(28).fill(0)]);

/** Versions of the protocol by the epoch from which mainnet had them, for the epochs that are recorded. */
const PROTOCOL_VERSIONS: readonly (readonly [epoch: bigint, version: number])[] = [[0n, 32]];

export interface CheckpointReport {
  readonly digests: { readonly right: number; readonly wrong: readonly string[] };
  /** Programmable transactions whose effects are the recorded ones. */
  readonly equal: readonly string[];
  /** One line each. */
  readonly different: readonly string[];
  /** Those that need what the recording does not have, with what they need. */
  readonly missing: readonly string[];
}

export function readCheckpoint(path: string): CheckpointData {
  return parseCheckpoint(new Uint8Array(readFileSync(path)));
}

export function protocolVersionAt(epoch: bigint): number {
  const [, version] = PROTOCOL_VERSIONS.filter(([since]) => since <= epoch).at(-1) ?? [0n, 1];
  return version;
}

export function environmentOf({ summary, transactions }: CheckpointData): SuiEnvironment {
  const prices = transactions
    .map(({ transaction }) => transaction.data)
    .filter(({ kind }) => kind.kind === 'programmable')
    .map(({ gas }) => gas.price);
  return {
    epoch: summary.epoch,
    // Not recorded; no recorded transaction looks at it.
    epochTimestampMs: 0n,
    protocolVersion: protocolVersionAt(summary.epoch),
    // Not recorded either: no transaction may bid less.
    referenceGasPrice: prices.sort((left, right) => Number(left - right))[0] ?? 0n,
    chainIdentifier: MAINNET,
  };
}

export function checkCheckpoint(checkpoint: CheckpointData): CheckpointReport {
  const wrong = checkpoint.transactions.flatMap((recorded, i) =>
    digestProblems(checkpoint, recorded, i),
  );
  const digests = checkpoint.transactions.reduce((sum, recorded) => sum + digestCount(recorded), 0);
  const report = {
    equal: [] as string[],
    different: [] as string[],
    missing: [] as string[],
  };
  const environment = environmentOf(checkpoint);
  for (const recorded of checkpoint.transactions) {
    if (recorded.transaction.data.kind.kind !== 'programmable') continue;
    const name = bytesToHex(transactionDigest(recorded.transaction.data));
    const state = new RecordedState(recorded, environment.protocolVersion);
    try {
      const outcome = executeTransaction(recorded.transaction.data, state, environment);
      const digest = outcome.effects?.digest;
      if (
        digest !== undefined &&
        bytesToHex(digest) === bytesToHex(effectsDigest(recorded.effects))
      )
        report.equal.push(name);
      else
        report.different.push(
          `${name}: ${JSON.stringify(outcome.status, plain)} ${outcome.effects === undefined ? '' : difference(recorded.effects, parseEffects(outcome.effects.bcs))}`,
        );
    } catch (error) {
      if (error instanceof MissingObjectsError)
        report.missing.push(
          `${name}: ${error.requests.map(({ id, parent }) => `0x${bytesToHex(id)}${parent === undefined ? '' : ` of 0x${bytesToHex(parent)}`}`).join(', ')}`,
        );
      else report.different.push(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { digests: { right: digests - wrong.length, wrong }, ...report };
}

export async function runSuiCheckpoint(
  files: readonly string[],
): Promise<{ passed: number; failures: string[] }> {
  const failures: string[] = [];
  let passed = 0;
  for (const file of files) {
    const report = checkCheckpoint(readCheckpoint(file));
    passed += report.digests.right + report.equal.length;
    failures.push(...report.digests.wrong, ...report.different);
    console.log(`${file}: ${report.digests.right} digests as recorded`);
    console.log(`${report.equal.length} transactions run to the recorded effects`);
    console.log(`${report.missing.length} need what is not recorded`);
    for (const line of new Set(report.missing.map((line) => line.slice(line.indexOf(':') + 2))))
      console.log(`  not recorded: ${line}`);
  }
  if (files.length === 0) failures.push('no checkpoints are given');
  return { passed, failures };
}

/** A transaction, its effects, its events, what it wrote. */
const digestCount = ({ events, outputObjects }: CheckpointTransaction): number =>
  2 + (events === undefined ? 0 : 1) + outputObjects.length;

function digestProblems(
  { contents }: CheckpointData,
  { transaction, effects, events, outputObjects }: CheckpointTransaction,
  place: number,
): string[] {
  const problems: string[] = [];
  const compare = (what: string, found: Uint8Array, wanted: Uint8Array | undefined): void => {
    if (wanted === undefined || bytesToHex(found) !== bytesToHex(wanted))
      problems.push(`transaction ${place}: another digest of ${what}`);
  };
  const [ofTransaction, ofEffects] = contents.transactions[place] ?? [];
  compare('the transaction', transactionDigest(transaction.data), ofTransaction);
  compare('the effects', effectsDigest(effects), ofEffects);
  if (events !== undefined) compare('the events', eventsDigest(events), effects.events);
  const refs = writtenRefs(effects);
  for (const object of outputObjects)
    compare(
      `object ${bytesToHex(object.id)}`,
      objectDigest(object),
      refs.get(bytesToHex(object.id)),
    );
  return problems;
}

function writtenRefs(effects: TransactionEffects): ReadonlyMap<string, Uint8Array> {
  if (effects.kind === 'v1')
    return new Map(
      [...effects.created, ...effects.mutated, ...effects.unwrapped].map(
        ([{ id, digest }]: readonly [ObjectRef, unknown]) => [bytesToHex(id), digest],
      ),
    );
  return new Map(
    effects.changedObjects.flatMap(([id, { output }]) => {
      if (output.kind === 'objectWrite') return [[bytesToHex(id), output.digest] as const];
      return output.kind === 'packageWrite' ? [[bytesToHex(id), output.at[1]] as const] : [];
    }),
  );
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? value.toString()
    : value instanceof Uint8Array
      ? bytesToHex(value)
      : value;

/** The fields in which effects differ, both ways. */
function difference(recorded: TransactionEffects, found: TransactionEffects): string {
  const wanted = Object.entries(recorded);
  const other = new Map<string, unknown>(Object.entries(found));
  return wanted
    .filter(
      ([name, value]) => JSON.stringify(value, plain) !== JSON.stringify(other.get(name), plain),
    )
    .map(
      ([name, value]) =>
        `${name}: recorded ${JSON.stringify(value, plain)}, found ${JSON.stringify(other.get(name), plain)}`,
    )
    .join('; ');
}
