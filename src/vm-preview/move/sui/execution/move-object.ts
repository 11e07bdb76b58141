/** An object as a run writes it (sui-types, object.rs `new_from_execution`). */
import type { Id } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import type { MoveObjectData, SuiObject, SuiOwner } from '../state';
import { ExecutionError } from './error';
import { idBytes } from './results';

export interface WrittenParts extends Omit<MoveObjectData, 'kind'> {
  readonly owner: SuiOwner;
  /** Digest of the transaction. */
  readonly transaction: Uint8Array;
}

/**
 * With the version that it had; what is written is stamped later.
 *
 * @param before - what it was, where it was there
 * @throws ExecutionError MoveObjectTooBig
 */
export function moveObject(
  protocol: ProtocolConfig,
  id: Id,
  before: SuiObject | undefined,
  { owner, transaction, ...data }: WrittenParts,
): SuiObject {
  const max = protocol.required('max_move_object_size');
  const size = BigInt(data.contents.length);
  if (size > max) throw new ExecutionError({ kind: 'MoveObjectTooBig', size, max });
  return {
    id: idBytes(id),
    version: before?.version ?? 0n,
    data: { kind: 'move', ...data },
    owner,
    previousTransaction: transaction,
    storageRebate: 0n,
  };
}
