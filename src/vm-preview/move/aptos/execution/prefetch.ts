/** What a transaction is certain, or very likely, to need of the state. */
import { type ModuleId, moduleId } from '../../core/loader';
import type { StructTag } from '../../core/types';
import { Address } from '../../core/values';
import { type AptosState, MissingStateError, type StateKey } from '../state';
import {
  EMPTY_CHANGE_SET,
  type ModuleCache,
  moduleKey,
  ReadState,
  StateModules,
  StateView,
} from '../storage';
import { derivedKey, SCHEME } from '../transaction';
import { missingOfClosure } from './closure';
import { CONFIGURATION_KEYS, systemResource } from './configuration';
import { accountKey } from './prologue';
import type { TransactionData } from './request';
import { frameworkModule } from './session';

const ADDRESS_LENGTH = 32;
/** APT as a fungible asset. */
const APT = Address.parse('0xa');

const OBJECT_GROUP: StructTag = {
  kind: 'struct',
  address: Address.parse('0x1').bytes,
  module: 'object',
  name: 'ObjectGroup',
  typeArguments: [],
};

const object = (address: Uint8Array): StateKey => ({ kind: 'group', address, type: OBJECT_GROUP });

/** Where an account has its APT, as 0x1::primary_fungible_store derives it. */
function aptStore({ bytes }: Address): StateKey {
  const preimage = new Uint8Array(2 * ADDRESS_LENGTH);
  preimage.set(bytes);
  preimage.set(APT.bytes, ADDRESS_LENGTH);
  return object(derivedKey(preimage, SCHEME.deriveObjectFromObject));
}

/**
 * Looks for what the transaction is going to read, so that one error names all of it that is missing:
 * each further one costs the user a round trip.
 *
 * @throws MissingStateError
 */
export function requirePresent(state: AptosState, data: TransactionData, cache: ModuleCache): void {
  const base = new ReadState(state);
  const modules = new StateModules(new StateView(base, EMPTY_CHANGE_SET), cache);
  const missing = [
    ...base.missing(likelyKeys(data)),
    ...missingOfClosure(modules, entryModules(data)).map(moduleKey),
  ];
  if (missing.length > 0) throw new MissingStateError(missing);
}

function entryModules({ executable, multisigAddress }: TransactionData): readonly ModuleId[] {
  const called =
    executable.kind === 'entryFunction'
      ? [moduleId(executable.call.address, executable.call.module)]
      : [];
  const multisig = multisigAddress === undefined ? [] : [frameworkModule('multisig_account')];
  return [frameworkModule('transaction_validation'), ...called, ...multisig];
}

function likelyKeys(data: TransactionData): readonly StateKey[] {
  const { senders, request, executable, multisigAddress, replayProtector } = data;
  const args = executable.kind === 'entryFunction' ? executable.call.args : [];
  const people = new Map(
    [
      ...senders,
      ...(request.feePayer === undefined ? [] : [request.feePayer]),
      ...(multisigAddress === undefined ? [] : [multisigAddress]),
      // Of this length are addresses as a rule: who gets something, or an object.
      ...args.filter(({ length }) => length === ADDRESS_LENGTH).map(Address.fromBytes),
    ].map((address) => [address.hex, address]),
  );
  return [
    ...Object.values(CONFIGURATION_KEYS),
    ...[...people.values()].flatMap((address) => [accountKey(address), aptStore(address)]),
    object(APT.bytes),
    systemResource('transaction_fee', 'AptosFABurnCapabilities'),
    systemResource('coin', 'CoinConversionMap'),
    ...(replayProtector.kind === 'nonce'
      ? [systemResource('nonce_validation', 'NonceHistory')]
      : []),
  ];
}
