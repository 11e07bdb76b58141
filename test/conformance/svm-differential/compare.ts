/** Runs a case on both sides and says where they differ. */

import { FailedTransactionMetadata } from 'litesvm/dist/internal';
import { CannotPreview, MalformedError } from '../../../src/vm-preview/errors';
import {
  encodeTransaction,
  type ProgramCache,
  parseTransaction,
  type SvmOutcome,
} from '../../../src/vm-preview/svm';
import { type Aspect, differences, type LitesvmWorld } from '../../support/litesvm-world';
import type { Case } from './case';
import { departureOf } from './departures';

export interface Verdict {
  /** `skipped`: this VM says that it cannot preview it, or it is no transaction. */
  readonly kind: 'same' | 'different' | 'skipped';
  /** Of what differs, or why it was skipped. */
  readonly lines: readonly string[];
  readonly outcome?: SvmOutcome;
  /** Of the run here. */
  readonly milliseconds: number;
}

const caches = new WeakMap<LitesvmWorld, ProgramCache>();

function programsOf(world: LitesvmWorld): ProgramCache {
  const known = caches.get(world) ?? new Map<string, object>();
  caches.set(world, known);
  return known;
}

/** With all signatures zero: neither side checks them. */
export function bytesOf({ message }: Case): Uint8Array {
  const { numRequiredSignatures } = message.header;
  const signatures = Array.from({ length: numRequiredSignatures }, () => new Uint8Array(64));
  return encodeTransaction(message, signatures);
}

/** Puts the case's accounts into the world. @returns what takes them out again */
export function place(world: LitesvmWorld, { accounts }: Case): () => void {
  const undo = accounts.map(([address, account]) => {
    const before = world.get(address);
    world.set(address, account ?? { lamports: 0n });
    return () => world.set(address, before ?? { lamports: 0n });
  });
  return () => {
    for (const restore of undo.reverse()) restore();
  };
}

function compare(world: LitesvmWorld, of: Case, bytes: Uint8Array): Verdict {
  world.keepPrograms();
  const environment = { ...world.environment(), programs: programsOf(world) };
  const theirs = world.runNative(bytes);
  const start = process.hrtime.bigint();
  const { result, outcome } = world.runOurs(bytes, environment);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  // A transaction that is refused before its accounts are known lists none.
  const unknown: readonly Aspect[] = outcome.accounts.length === 0 ? ['post'] : [];
  const all = differences(theirs, result, unknown);
  const departure = all.length === 0 ? undefined : departureOf(outcome, theirs, of.message, world);
  const payer = of.message.staticKeys[0];
  if (departure === undefined || payer === undefined) {
    return { kind: all.length === 0 ? 'same' : 'different', lines: all, outcome, milliseconds };
  }
  const fee = outcome.fee.signature + outcome.fee.priority;
  const lines = [
    ...differences(theirs, result, [...departure.aspects, ...unknown]),
    ...departure.check(result, theirs, { payer, fee }),
  ];
  return { kind: lines.length === 0 ? 'same' : 'different', lines, outcome, milliseconds };
}

/** Whether it succeeds on agave. Leaves the world as it was. */
export function succeedsThere(world: LitesvmWorld, of: Case): boolean {
  const bytes = wellFormed(of);
  if (typeof bytes === 'string') return false;
  const restore = place(world, of);
  try {
    const ran =
      of.message.version === 'legacy'
        ? world.native.simulateLegacyTransaction(bytes)
        : world.native.simulateVersionedTransaction(bytes);
    return !(ran instanceof FailedTransactionMetadata);
  } finally {
    restore();
  }
}

/** @returns why it is no transaction, if it is none */
function wellFormed(of: Case): Uint8Array | string {
  try {
    const bytes = bytesOf(of);
    parseTransaction(bytes);
    return bytes;
  } catch (thrown) {
    if (thrown instanceof MalformedError) return thrown.code;
    throw thrown;
  }
}

/** Leaves the world as it was. */
export function runCase(world: LitesvmWorld, of: Case): Verdict {
  const skipped = (why: string): Verdict => ({ kind: 'skipped', lines: [why], milliseconds: 0 });
  const bytes = wellFormed(of);
  if (typeof bytes === 'string') return skipped(bytes);
  const restore = place(world, of);
  try {
    return compare(world, of, bytes);
  } catch (thrown) {
    if (thrown instanceof CannotPreview) return skipped(thrown.code);
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { kind: 'different', lines: [`thrown: ${text}`], milliseconds: 0 };
  } finally {
    restore();
  }
}
