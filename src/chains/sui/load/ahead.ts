/** What to ask for before the first run. */

import type { TypeTag } from '../../../vm-preview/move/core/types';
import type {
  ObjectArg,
  ObjectRef,
  ProgrammableTransaction,
} from '../../../vm-preview/move/sui/data';
import type { ObjectRequest } from '../../../vm-preview/move/sui/state';
import { addressBytes } from '../address';
import type { ParsedSuiTransaction } from '../transaction';
import { LATEST } from './state';

/** The framework, which every run links. */
const SYSTEM_PACKAGES = ['0x1', '0x2', '0x3'].map(addressBytes);

const latest = (id: Uint8Array): ObjectRequest => ({ id, bound: LATEST });

export function askAhead({ data, programmable }: ParsedSuiTransaction): ObjectRequest[] {
  return [
    ...[...SYSTEM_PACKAGES, ...packagesOf(programmable)].map(latest),
    ...inputsOf(programmable).map(inputRequest),
    ...gasCoins(data.gas.payment).map(({ id }) => latest(id)),
  ];
}

function inputRequest(object: ObjectArg): ObjectRequest {
  switch (object.kind) {
    case 'shared':
      return latest(object.id);
    case 'immOrOwned':
      // By its newest version, which must be the one that is named.
      return latest(object.ref.id);
    case 'receiving':
      return latest(object.ref.id);
  }
}

export function inputsOf({ inputs }: ProgrammableTransaction): ObjectArg[] {
  return inputs.flatMap((input) => (input.kind === 'object' ? [input.object] : []));
}

/** Objects that the transaction names with version and digest: its own inputs and what pays for gas. */
export function namedRefs({ data, programmable }: ParsedSuiTransaction): ObjectRef[] {
  const inputs = inputsOf(programmable).flatMap((object) =>
    object.kind === 'shared' ? [] : [object.ref],
  );
  return [...inputs.filter(isObject), ...gasCoins(data.gas.payment)];
}

function gasCoins(payment: readonly ObjectRef[]): ObjectRef[] {
  return payment.filter(isObject);
}

/** Last 20 bytes of a "digest" that reserves an address' balance and is no object (`COIN_RESERVATION_MAGIC`). */
const RESERVATION = 0xac;
const RESERVATION_BYTES = 20;

export function isObject({ digest }: ObjectRef): boolean {
  return !digest.subarray(digest.length - RESERVATION_BYTES).every((byte) => byte === RESERVATION);
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
