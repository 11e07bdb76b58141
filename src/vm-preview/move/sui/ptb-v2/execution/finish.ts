/** What a run wrote, once its commands are through (execution/context.rs `finish`). */
import type { Value } from '../../../core/values';
import { accumulatorWrites } from '../../address-balance';
import { coinCurrency } from '../../data';
import { ExecutionError } from '../../execution/error';
import { moveObject } from '../../execution/move-object';
import { checkDenyLists } from '../../execution/programmable';
import type { ExecutionResults } from '../../execution/results';
import { type Id, idOf } from '../../linkage';
import type { RuntimeResults } from '../../object-runtime';
import type { SuiObject } from '../../state';
import { STORE } from '../loading/ptb-type';
import { settleGasCoin } from './gas-coin';
import type { LoadedInput } from './input-objects';
import type { Machine } from './machine';
import { structTag } from './shapes';

/** @throws ExecutionError; MissingObjectsError, CannotPreview */
export function finish(machine: Machine): ExecutionResults {
  const { session, parts } = machine;
  const modified = new Set<Id>();
  const sharedByValue = giveBack(machine, modified);
  const runtime = settleGasCoin(machine, session.objects.finish());
  const accumulators = accumulatorWrites(runtime.accumulatorEvents, session.events);
  for (const [id, { isModified }] of runtime.loaded) if (isModified) modified.add(id);
  const written = writtenObjects(machine, runtime);
  const created = new Set(runtime.createdIds);
  for (const published of session.newPackages) {
    const id = idOf(published.id);
    created.add(id);
    written.set(id, published);
  }
  for (const id of sharedByValue) {
    const after = written.get(id);
    const isAllowed =
      after === undefined ? runtime.deletedIds.has(id) : after.owner.kind === 'shared';
    if (!isAllowed) throw new ExecutionError({ kind: 'SharedObjectOperationNotAllowed' });
  }
  checkDenyLists(session, parts.store, written, accumulators);
  const { deletedIds: deleted } = runtime;
  return { written, modified, created, deleted, events: session.events, accumulators };
}

/** Inputs that nothing took stay with whom they were. @returns shared objects that were taken */
function giveBack(machine: Machine, modified: Set<Id>): readonly Id[] {
  const taken: Id[] = [];
  const give = (input: LoadedInput, value: Value | undefined): void => {
    if (!input.isMutable) return;
    if (input.id !== machine.gasCoin?.id || !machine.gasCoin.isMade) modified.add(input.id);
    if (value !== undefined) {
      const tag = structTag(input.type);
      const { owner } = input;
      machine.session.objects.transfer({ ...machine.shapes.of(tag), tag, value, owner }, true);
    } else if (input.owner.kind === 'shared') taken.push(input.id);
  };
  for (const [i, input] of machine.objects.entries()) give(input, machine.locations.object(i));
  if (machine.gasCoin !== undefined) give(machine.gasCoin, machine.locations.gasCoin);
  return taken;
}

function writtenObjects(machine: Machine, runtime: RuntimeResults): Map<Id, SuiObject> {
  const { protocol, store, linkage, transaction } = machine.parts;
  const written = new Map<Id, SuiObject>();
  for (const [id, write] of runtime.writes) {
    const { tag, owner, type, value, loader } = write;
    const hasPublicTransfer =
      coinCurrency(tag) !== undefined || (linkage.load(tag).abilities & STORE) !== 0;
    const before = store.inputs.get(id) ?? runtime.loaded.get(id)?.object;
    written.set(
      id,
      moveObject(protocol, id, before, {
        owner,
        type: tag,
        hasPublicTransfer,
        contents: loader.codec.encode(value, type),
        transaction: transaction.digest,
      }),
    );
  }
  return written;
}
