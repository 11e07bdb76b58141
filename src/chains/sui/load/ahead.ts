/** What to ask for before the first run. */

import type { TypeTag } from '../../../vm-preview/move/core/types';
import { DENY_LIST } from '../../../vm-preview/move/sui';
import { balanceRequests, gasCoins } from '../../../vm-preview/move/sui/address-balance';
import {
  isCoinReservation,
  type ObjectArg,
  type ObjectRef,
  type ProgrammableTransaction,
} from '../../../vm-preview/move/sui/data';
import type { ObjectRequest } from '../../../vm-preview/move/sui/state';
import { addressBytes } from '../address';
import type { ParsedSuiTransaction } from '../transaction';
import { LATEST } from './state';

/** The framework, which every run links. */
const SYSTEM_PACKAGES = ['0x1', '0x2', '0x3'].map(addressBytes);

const latest = (id: Uint8Array): ObjectRequest => ({ id, bound: LATEST });

/** @param chain - digest of its genesis checkpoint, by which balances are named as coins */
export function askAhead(
  { data, programmable }: ParsedSuiTransaction,
  chain: Uint8Array,
): ObjectRequest[] {
  return [
    ...[...SYSTEM_PACKAGES, ...packagesOf(programmable)].map(latest),
    ...inputsOf(programmable).flatMap(inputRequest),
    // Which coins there are is seen in the same round; their issuers' lists are all under this.
    latest(addressBytes(`0x${DENY_LIST}`)),
    ...gasCoins(data.gas).map(({ id }) => latest(id)),
    ...balanceRequests(data, programmable, chain),
  ];
}

function inputRequest(object: ObjectArg): readonly ObjectRequest[] {
  if (object.kind === 'shared') return [latest(object.id)];
  // By its newest version, which must be the one that is named.
  return isObject(object.ref) ? [latest(object.ref.id)] : [];
}

export function inputsOf({ inputs }: ProgrammableTransaction): ObjectArg[] {
  return inputs.flatMap((input) => (input.kind === 'object' ? [input.object] : []));
}

/** Objects that the transaction names with version and digest: its own inputs and what pays for gas. */
export function namedRefs({ data, programmable }: ParsedSuiTransaction): ObjectRef[] {
  const inputs = inputsOf(programmable).flatMap((object) =>
    object.kind === 'shared' ? [] : [object.ref],
  );
  return [...inputs.filter(isObject), ...gasCoins(data.gas)];
}

/** What only looks like one reserves a balance (`vm-preview/move/sui/data/coin-reservation.ts`). */
export function isObject(ref: ObjectRef): boolean {
  return !isCoinReservation(ref);
}

function packagesOf({ commands }: ProgrammableTransaction): Uint8Array[] {
  return commands.flatMap((command): readonly Uint8Array[] => {
    switch (command.kind) {
      case 'moveCall':
        return [command.call.package, ...command.call.typeArguments.flatMap(packagesOfType)];
      case 'makeMoveVec':
        return command.type === undefined ? [] : packagesOfType(command.type);
      case 'publish':
        return command.dependencies;
      case 'upgrade':
        return [command.package, ...command.dependencies];
      default:
        return [];
    }
  });
}

export function packagesOfType(tag: TypeTag): Uint8Array[] {
  if (tag.kind === 'vector') return packagesOfType(tag.element);
  if (tag.kind !== 'struct') return [];
  return [tag.address, ...tag.typeArguments.flatMap(packagesOfType)];
}
