/** Limits of the object runtime, each with the error that exceeding it is. */
import { CannotPreview } from '../../../errors';
import { MoveError } from '../../core/runtime';
import type { ProtocolView } from './types';

/** VMMemoryLimitExceededSubStatusCode (sui-types, error.rs). */
export const MEMORY_LIMIT = {
  eventCount: 0n,
  eventSize: 1n,
  newIdCount: 2n,
  deletedIdCount: 3n,
  transferIdCount: 4n,
  objectRuntimeCache: 5n,
  objectRuntimeStore: 6n,
  totalEventSize: 7n,
  scratchSize: 8n,
} as const;

/** A run that the chain would end with MEMORY_LIMIT_EXCEEDED and this sub-status. */
export function limitExceeded(which: keyof typeof MEMORY_LIMIT, reason: string): MoveError {
  return new MoveError('MEMORY_LIMIT_EXCEEDED', { code: MEMORY_LIMIT[which], reason });
}

/** @throws CannotPreview when this version of the protocol does not have it */
export function requiredNumber(protocol: ProtocolView, name: string): bigint {
  const value = protocol.number(name);
  if (value === undefined)
    throw new CannotPreview(
      'sui-protocol-attribute',
      'a rule that this protocol version has no number for',
      {
        attribute: name,
        version: protocol.version,
      },
    );
  return value;
}

/**
 * Holds a count to its limit before one is added (`check_limit_by_meter`).
 *
 * @param name - of the limit for user transactions; `_system_tx` is appended for those without a meter
 */
export function requireBelow(
  protocol: ProtocolView,
  isMetered: boolean,
  name: string,
  count: number,
  which: keyof typeof MEMORY_LIMIT,
  say: (limit: bigint) => string,
): void {
  const limit = requiredNumber(protocol, isMetered ? name : `${name}_system_tx`);
  if (BigInt(count) >= limit) throw limitExceeded(which, say(limit));
}
