/** Every result is used up or can be dropped (verify/drop_safety.rs). */
import { ExecutionError } from '../../execution/error';
import { COPY, DROP, hasAbility } from '../loading/ptb-type';
import {
  argumentsOf,
  locationKey,
  locationOf,
  type TypedArgument,
  type TypedTransaction,
} from '../typing/ast';

/** The last copy of a value takes it away, unless it is borrowed at the time. After memory safety. */
export function moveLastCopies({ commands }: TypedTransaction): void {
  const used = new Set<string>();
  for (const { operation } of [...commands].reverse())
    for (const argument of [...argumentsOf(operation)].reverse()) moveIfLast(argument, used);
}

function moveIfLast(argument: TypedArgument, used: Set<string>): void {
  const key = locationKey(locationOf(argument));
  const isLast = !used.has(key);
  used.add(key);
  const { form } = argument;
  if (form.kind === 'borrow') return;
  const { usage } = form;
  if (usage.kind === 'copy' && isLast && usage.borrowed === false) usage.kind = 'move';
}

/** @throws ExecutionError UnusedValueWithoutDrop */
export function verifyDropSafety({ commands }: TypedTransaction): void {
  const moved = new Set<string>();
  for (const { operation } of commands)
    for (const { form } of argumentsOf(operation))
      if (form.kind !== 'borrow' && form.usage.kind === 'move')
        moved.add(locationKey(form.usage.location));
  for (const [index, { results, drops }] of commands.entries())
    for (const [nested, type] of results.entries()) {
      if (drops[nested] === true || hasAbility(type, DROP)) continue;
      if (moved.has(locationKey({ kind: 'result', command: index, index: nested }))) continue;
      throw new ExecutionError(
        { kind: 'UnusedValueWithoutDrop', index, nested },
        hasAbility(type, COPY)
          ? 'The value has copy, but not drop. Its last usage must be by-value so it can be taken.'
          : 'Unused value without drop',
      );
    }
}
