import { BcsReader } from '../../../core/bcs';
import type { Type } from '../../../core/loader';
import { typeTagOf } from '../../../core/loader/type-tag';
import { MoveError } from '../../../core/runtime';
import type { AptosEvent } from '../../types';
import type { EventLog } from '../context';

/** Creation number and address. */
const GUID_SIZE = 40;

/** Events of a session. */
export class EventRecorder implements EventLog {
  readonly #events: AptosEvent[] = [];

  get events(): readonly AptosEvent[] {
    return this.#events;
  }

  emitV1(key: Uint8Array, sequenceNumber: bigint, type: Type, data: Uint8Array): void {
    if (key.length !== GUID_SIZE) throw new MoveError('EVENT_KEY_MISMATCH');
    const reader = new BcsReader(key);
    const creationNumber = reader.u64('creation number');
    const creator = reader.take(reader.remaining, 'creator').slice();
    const tag = typeTagOf(type);
    this.#events.push({ kind: 'v1', creator, creationNumber, sequenceNumber, type: tag, data });
  }

  emitV2(type: Type, data: Uint8Array): void {
    const tag = typeTagOf(type);
    if (tag.kind !== 'struct') throw new MoveError('INTERNAL_TYPE_ERROR');
    this.#events.push({ kind: 'v2', type: tag, data });
  }
}
