/**
 * What transactions with the same calls read, kept for the next: children with the input that they are read
 * under, since they are asked for as of its version. A hint only says what to ask for at once.
 */
import type { ObjectRequest } from '../../../vm-preview/move/sui/state';
import { fromHex, toHex } from '../../hex';
import { typeText } from '../address';
import { objectId } from '../decode/commands';
import type { ParsedSuiTransaction } from '../transaction';
import { inputsOf } from './ahead';
import { LATEST, type LoadedState } from './state';

/** Reads that are kept of one kind of transaction. */
const MAX_READS = 300;

/** What transactions that read alike have in common: their calls. */
export function callName({ programmable }: ParsedSuiTransaction): string {
  return programmable.commands
    .map((command) => {
      if (command.kind !== 'moveCall') return command.kind;
      const { call } = command;
      const types = call.typeArguments.map(typeText).join(', ');
      return `${toHex(call.package)}::${call.module}::${call.function}<${types}>`;
    })
    .join(';')
    .slice(0, 1_000);
}

/** `child parent root`, or `child parent` for one that is read as it is now. */
export function toHints(transaction: ParsedSuiTransaction, state: LoadedState): string[] {
  const roots = new Map<bigint, string>();
  for (const object of inputsOf(transaction.programmable)) {
    const root = state.latest(objectId(object));
    if (root !== undefined) roots.set(root.version, toHex(root.id));
  }
  return state.asked
    .flatMap(({ bound, id, parent }) => {
      if (parent === undefined) return [];
      const child = `${toHex(id)} ${toHex(parent)}`;
      if (bound.kind === 'latest') return [child];
      const root = bound.kind === 'atMost' ? roots.get(bound.version) : undefined;
      return root === undefined ? [] : [`${child} ${root}`];
    })
    .slice(0, MAX_READS);
}

/** Requests for this transaction, once its inputs are loaded; a hint that does not fit is left out. */
export function fromHints(hints: readonly string[], state: LoadedState): ObjectRequest[] {
  return hints.flatMap((hint): ObjectRequest[] => {
    const parts = hint.split(' ');
    if (!parts.every((part) => /^[0-9a-f]{64}$/.test(part))) return [];
    const [id, parent, root] = parts.map(fromHex);
    if (id === undefined || parent === undefined) return [];
    if (root === undefined) return [{ id, parent, bound: LATEST }];
    const version = state.latest(root)?.version;
    return version === undefined ? [] : [{ id, parent, bound: { kind: 'atMost', version } }];
  });
}
