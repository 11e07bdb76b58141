import { LookaheadError } from '../../../errors';
import { Address } from '../../core/values';
import { sameBytes } from '../same-bytes';
import type { SuiOwner } from '../state';
import type { ObjectId } from './types';

/** Objects that would own each other in a circle: `CircularObjectOwnership` of the execution's status. */
export class CircularOwnershipError extends LookaheadError {
  override readonly name = 'CircularOwnershipError';

  constructor(readonly object: ObjectId) {
    super('rejected', 'sui-circular-ownership', 'an object would own itself through others', {
      object,
    });
  }
}

/**
 * @param transfers - in the order they were made
 * @throws CircularOwnershipError
 */
export function requireNoCircles(transfers: Iterable<readonly [ObjectId, SuiOwner]>): void {
  const parents = new Map<ObjectId, ObjectId>();
  for (const [id, owner] of transfers) {
    parents.delete(id);
    if (owner.kind !== 'object') continue;
    const parent = Address.fromBytes(owner.parent).hex;
    for (let at: ObjectId | undefined = parent; at !== undefined; at = parents.get(at))
      if (at === id) throw new CircularOwnershipError(at);
    parents.set(id, parent);
  }
}

/** Whether an object stays with whom it was; versions at which it became theirs do not count. */
export function isSameOwner(left: SuiOwner, right: SuiOwner): boolean {
  switch (left.kind) {
    case 'address':
      return right.kind === 'address' && sameBytes(left.address, right.address);
    case 'consensusAddress':
      return right.kind === 'consensusAddress' && sameBytes(left.address, right.address);
    case 'object':
      return right.kind === 'object' && sameBytes(left.parent, right.parent);
    default:
      return left.kind === right.kind;
  }
}
