/** Objects that a transaction names (sui-types, transaction.rs `InputObjects`). */

import type { TypeTag } from '../../core/types';
import { gasCoins } from '../address-balance';
import {
  isCoinReservation,
  type ObjectRef,
  type ProgrammableTransaction,
  type TransactionData,
} from '../data';
import { type Id, idOf, requestOf } from '../linkage';
import { MissingObjectsError, type ObjectRequest, type SuiObject, type SuiState } from '../state';
import { idBytes, sortedIds } from './results';

export type InputKind =
  | { readonly kind: 'owned'; readonly ref: ObjectRef }
  | {
      readonly kind: 'shared';
      readonly id: Uint8Array;
      readonly initialVersion: bigint;
      readonly mutable: boolean;
    }
  | { readonly kind: 'package'; readonly id: Id };

export interface InputObject {
  readonly id: Id;
  readonly as: InputKind;
  /** Null where there is none (any more). */
  readonly object: SuiObject | null;
}

/** In the order of the chain: inputs, packages by id, gas. */
export function inputKinds({ kind, gas }: TransactionData): readonly InputKind[] {
  if (kind.kind !== 'programmable') return [];
  const { programmable } = kind;
  const named = programmable.inputs.flatMap((input): InputKind[] => {
    if (input.kind !== 'object' || input.object.kind === 'receiving') return [];
    const { object } = input;
    if (object.kind === 'immOrOwned' && isCoinReservation(object.ref)) return [];
    return [object.kind === 'shared' ? object : { kind: 'owned', ref: object.ref }];
  });
  const packages = sortedIds(packagesOf(programmable)).map(
    (id): InputKind => ({ kind: 'package', id }),
  );
  return [
    ...named,
    ...packages,
    ...gasCoins(gas).map((ref): InputKind => ({ kind: 'owned', ref })),
  ];
}

export function receivingRefs({ kind }: TransactionData): readonly ObjectRef[] {
  if (kind.kind !== 'programmable') return [];
  return kind.programmable.inputs.flatMap((input) =>
    input.kind === 'object' && input.object.kind === 'receiving' ? [input.object.ref] : [],
  );
}

/** Packages that commands name: called, linked, upgraded, and of types. */
function packagesOf({ commands }: ProgrammableTransaction): readonly Id[] {
  return commands.flatMap((command): Id[] => {
    switch (command.kind) {
      case 'moveCall':
        return [idOf(command.call.package), ...command.call.typeArguments.flatMap(packagesOfType)];
      case 'publish':
        return command.dependencies.map(idOf);
      case 'upgrade':
        return [...command.dependencies.map(idOf), idOf(command.package)];
      case 'makeMoveVec':
        return command.type === undefined ? [] : packagesOfType(command.type);
      default:
        return [];
    }
  });
}

function packagesOfType(tag: TypeTag): Id[] {
  if (tag.kind === 'vector') return packagesOfType(tag.element);
  if (tag.kind !== 'struct') return [];
  return [idOf(tag.address), ...tag.typeArguments.flatMap(packagesOfType)];
}

export function inputId(input: InputKind): Id {
  if (input.kind === 'package') return input.id;
  return idOf(input.kind === 'shared' ? input.id : input.ref.id);
}

/** @throws MissingObjectsError with all that were never loaded */
export function readInputs(
  state: SuiState,
  kinds: readonly InputKind[],
  receiving: readonly ObjectRef[],
): readonly InputObject[] {
  const missing: ObjectRequest[] = [];
  const read = (request: ObjectRequest): SuiObject | null => {
    try {
      return state.object(request);
    } catch (error) {
      if (!(error instanceof MissingObjectsError)) throw error;
      missing.push(...error.requests);
      return null;
    }
  };
  const inputs = kinds.map((as): InputObject => {
    const id = inputId(as);
    return { id, as, object: read(requestFor(as, id)) };
  });
  // They are read when they are received; asking now saves a round.
  for (const { id, version } of receiving) read({ id, bound: { kind: 'exact', version } });
  if (missing.length > 0) throw new MissingObjectsError(missing);
  return inputs;
}

function requestFor(as: InputKind, id: Id): ObjectRequest {
  if (as.kind !== 'owned') return requestOf(id);
  return { id: idBytes(id), bound: { kind: 'exact', version: as.ref.version } };
}
