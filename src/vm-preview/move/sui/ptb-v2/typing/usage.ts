/** What can be said of usages once all arguments are typed (typing/translate.rs, its passes). */
import type { Id } from '../../linkage';
import { DROP, hasAbility, isReference } from '../loading/ptb-type';
import {
  argumentsOf,
  type Location,
  locationKey,
  locationOf,
  type TypedArgument,
  type TypedTransaction,
} from './ast';

/**
 * References end with their last use: it takes them away.
 *
 * @param countsReads - whether reading is a use, too (`fix_ptb_generated_reads`)
 */
export function moveLastReferences({ commands }: TypedTransaction, countsReads: boolean): void {
  const used = new Set<string>();
  for (const { operation } of [...commands].reverse())
    for (const argument of [...argumentsOf(operation)].reverse())
      moveIfLast(argument, used, countsReads);
}

function moveIfLast({ form, type }: TypedArgument, used: Set<string>, countsReads: boolean): void {
  if (form.kind === 'borrow') return;
  if (!isReference(type) && !(form.kind === 'read' && countsReads)) return;
  const { usage } = form;
  if (usage.kind !== 'copy' || usage.location.kind !== 'result') return;
  const key = locationKey(usage.location);
  if (used.has(key)) return;
  used.add(key);
  usage.kind = 'move';
}

/** Results that nothing uses are dropped at once, where they can be. */
export function noteUnusedResults({ commands }: TypedTransaction): void {
  const used = new Set<string>();
  for (const { operation } of commands)
    for (const argument of argumentsOf(operation)) used.add(locationKey(locationOf(argument)));
  for (const [i, command] of commands.entries())
    command.drops = command.results.map((type, j) => {
      const location: Location = { kind: 'result', command: i, index: j };
      return hasAbility(type, DROP) && !used.has(locationKey(location));
    });
}

/** Shared objects that a command takes by value; a vector only hands them on. */
export function noteConsumedShared({ objects, commands }: TypedTransaction): void {
  const inVectors = new Map<string, readonly Id[]>();
  const sharedAt = (location: Location): readonly Id[] => {
    if (location.kind === 'result') return inVectors.get(locationKey(location)) ?? [];
    if (location.kind !== 'object') return [];
    const object = objects[location.index];
    return object?.ownership === 'shared' ? [object.id] : [];
  };
  for (const [i, command] of commands.entries()) {
    const taken = argumentsOf(command.operation).flatMap(({ form }) =>
      form.kind === 'use' && form.usage.kind === 'move' ? sharedAt(form.usage.location) : [],
    );
    if (command.operation.kind === 'makeMoveVec')
      inVectors.set(locationKey({ kind: 'result', command: i, index: 0 }), taken);
    else command.consumedShared = taken;
  }
}
