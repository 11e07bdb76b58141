/** A change set as the gas meter looks at it. */
import { BcsWriter } from '../../core/bcs';
import { writeTypeTag } from '../../core/types';
import { type AptosGas, checkChangeSet, type GasSchedule, type StateWrite } from '../gas';
import {
  type ChangeSet,
  encodeStateKey,
  sortedWrites,
  stateKeySize,
  type WriteOp,
} from '../storage';
import type { AptosEvent } from '../types';

const GUID_SIZE = 40;
const U64_SIZE = 8;

/** `ContractEvent::size`. */
function eventSize(event: AptosEvent): number {
  const writer = new BcsWriter();
  writeTypeTag(writer, event.type);
  const size = writer.finish().length + event.data.length;
  return event.kind === 'v1' ? GUID_SIZE + U64_SIZE + size : size;
}

function stateWrite({ key, kind, bytes, previousSize, metadata }: WriteOp): StateWrite {
  return {
    kind,
    keySize: stateKeySize(key),
    encodedKeySize: encodeStateKey(key).length,
    size: bytes?.length ?? 0,
    previousSize,
    metadata,
  };
}

const charged = (changes: ChangeSet): readonly (readonly [string, WriteOp])[] =>
  sortedWrites(changes).filter(([, op]) => !op.isDelta);

/** @throws MoveError STORAGE_WRITE_LIMIT_REACHED */
export function requireWithinLimits(schedule: GasSchedule, changes: ChangeSet): void {
  checkChangeSet(
    schedule,
    charged(changes).map(([, op]) => stateWrite(op)),
    changes.events.map(({ data }) => data.length),
  );
}

/**
 * Pays for what the payload changed.
 *
 * @param size - of the transaction, in bytes
 * @returns the changes with their deposits, and octas to be paid back
 * @throws MoveError
 */
export function chargeChangeSet(
  gas: AptosGas,
  size: number,
  changes: ChangeSet,
): { readonly changes: ChangeSet; readonly refund: bigint } {
  const writes = charged(changes);
  const fees = gas.chargeChangeSet(
    size,
    changes.events.map(eventSize),
    writes.map(([, op]) => stateWrite(op)),
  );
  const paid = new Map(changes.writes);
  for (const [i, [id, op]] of writes.entries()) paid.set(id, { ...op, metadata: fees.metadata[i] });
  return { changes: { writes: paid, events: changes.events }, refund: fees.refund };
}
