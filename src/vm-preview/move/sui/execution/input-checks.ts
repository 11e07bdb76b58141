/**
 * What the chain asks of the objects that a transaction names (sui-core, transaction_input_loader.rs;
 * sui-transaction-checks, lib.rs). Errors have the names of `UserInputError`.
 */
import { CannotPreview } from '../../../errors';
import { gasCoins, isReplayProtected, paysFromBalance } from '../address-balance';
import type { ObjectRef, TransactionData } from '../data';
import {
  coinCurrency,
  isCoinReservation,
  objectDigest,
  parseCoinReservation,
  SUI,
  sameType,
} from '../data';
import { type Id, idOf } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import { sameBytes } from '../same-bytes';
import type { SuiObject, SuiOwner, SuiState } from '../state';
import type { SuiEnvironment } from '../types';
import { REPLAY } from './checks';
import type { InputKind, InputObject } from './inputs';
import { inputId, inputKinds } from './inputs';
import { ensure, type RefusalFacts, RefusedError } from './refused';
import { idBytes } from './results';
import { coinBalance } from './value';

/** Versions from here on have a meaning of their own. */
const MAX_VERSION = 0x7fff_ffff_ffff_ffffn;

const CLOCK = '6'.padStart(64, '0');
const AUTHENTICATOR_STATE = '7'.padStart(64, '0');

type SharedInput = Extract<InputKind, { kind: 'shared' }>;

/** @throws RefusedError where an object is not there; CannotPreview where it may have been */
export function requireThere(inputs: readonly InputObject[]): void {
  const isOwned = ({ as }: InputObject): boolean => as.kind === 'owned';
  const inOrder = [...inputs.filter((input) => !isOwned(input)), ...inputs.filter(isOwned)];
  for (const { id, as, object } of inOrder) {
    if (as.kind === 'shared' && sharedSince(object?.owner) !== as.initialVersion) {
      if (mayHaveBeenShared(as, object))
        throw new CannotPreview('sui-deleted-shared-object', 'a shared object that is gone', {
          id,
        });
      throw notFound(as, id);
    }
    if (object === null) throw notFound(as, id);
  }
}

/** An object is another to the chain each time that it becomes a shared one. */
function sharedSince(owner: SuiOwner | undefined): bigint | undefined {
  if (owner?.kind === 'shared') return owner.initialVersion;
  return owner?.kind === 'consensusAddress' ? owner.startVersion : undefined;
}

/** What was shared since that version and is no more, the chain knows, and lets the transaction fail. */
function mayHaveBeenShared({ initialVersion }: SharedInput, object: SuiObject | null): boolean {
  if (object === null) return true;
  if (object.data.kind === 'package') return false;
  const before = sharedSince(object.owner) ?? object.version;
  return initialVersion > 0n && initialVersion < before;
}

function notFound(as: InputKind, id: Id): RefusedError {
  return new RefusedError(notFoundFacts(as), `object ${id} is not there`);
}

function notFoundFacts(as: InputKind): RefusalFacts {
  switch (as.kind) {
    case 'package':
      return { kind: 'DependentPackageNotFound', package: idBytes(as.id) };
    case 'owned':
      return { kind: 'ObjectNotFound', object: as.ref.id, version: as.ref.version };
    case 'shared':
      return { kind: 'ObjectNotFound', object: as.id };
  }
}

/** @throws RefusedError where an object is not as the transaction names it */
export function checkInputs(
  transaction: TransactionData,
  inputs: readonly InputObject[],
  protocol: ProtocolConfig,
  { chainIdentifier }: SuiEnvironment,
): void {
  const { gas } = transaction;
  const paying = new Set(gasCoins(gas).map(({ id }) => idOf(id)));
  requireThere(inputs);
  let balance = 0n;
  for (const ref of gas.payment)
    balance += parseCoinReservation(ref, chainIdentifier)?.amount ?? 0n;
  for (const { id, object } of inputs)
    if (object !== null && paying.has(id)) balance += gasBalance(id, object);
  ensure(
    paysFromBalance(gas) || balance >= gas.budget,
    { kind: 'GasBalanceTooLow', balance, needed: gas.budget },
    `the gas coins have ${balance}, the budget is ${gas.budget}`,
  );
  for (const { id, as, object } of inputs)
    if (object !== null)
      checkObject(id, as, object, paying.has(id) ? gas.owner : transaction.sender);
  checkReplay(transaction, inputs);
  ensure(
    inputs.length > 0 ||
      (paysFromBalance(gas) && protocol.feature('enable_coin_reservation_obj_refs')) ||
      gas.payment.length > 0,
    'ObjectInputArityViolation',
    'a transaction without any object',
  );
}

/** What names no object that only it can use up must end soon, or it could be sent again. */
function checkReplay(
  { expiration, gas, kind }: TransactionData,
  inputs: readonly InputObject[],
): void {
  const usesUp = inputs.some(
    ({ as, object }) => as.kind === 'owned' && object?.owner.kind === 'address',
  );
  const reserves =
    kind.kind === 'programmable' &&
    kind.programmable.inputs.some(
      (input) =>
        input.kind === 'object' &&
        input.object.kind === 'immOrOwned' &&
        isCoinReservation(input.object.ref),
    );
  ensure(
    gas.payment.length > 0 || usesUp || reserves || isReplayProtected(expiration),
    'InvalidExpiration',
    REPLAY,
  );
}

/** What is to be received is as it is named, and an address' own. @throws RefusedError */
export function checkReceiving(
  state: SuiState,
  transaction: TransactionData,
  receiving: readonly ObjectRef[],
): readonly SuiObject[] {
  const named = new Set(inputKinds(transaction).map(inputId));
  return receiving.flatMap(({ id, version, digest }) => {
    // The chain lets such a transaction fail when it receives.
    if (state.received?.(id, version) === true) return [];
    const object = state.object({ id, bound: { kind: 'exact', version } });
    const name = idOf(id);
    ensure(
      object !== null,
      { kind: 'ObjectNotFound', object: id, version },
      `object ${name} is not there`,
    );
    ensure(
      object.data.kind === 'move',
      { kind: 'MovePackageAsObject', object: id },
      `${name} is a package`,
    );
    ensure(
      sameBytes(objectDigest(object), digest),
      'InvalidObjectDigest',
      `${name} has another digest`,
    );
    requireNoChild(object);
    const { kind } = object.owner;
    ensure(kind !== 'immutable', 'MutableParameterExpected', `${name} is frozen`);
    ensure(kind === 'address', 'NotSharedObjectError', `${name} is shared`);
    ensure(!named.has(name), 'DuplicateObjectRefInput', `${name} is named more than once`);
    named.add(name);
    return [object];
  });
}

function gasBalance(id: Id, { data, owner }: SuiObject): bigint {
  ensure(owner.kind === 'address', 'GasObjectNotOwnedObject', `gas coin ${id} is not owned`);
  const currency = data.kind === 'move' ? coinCurrency(data.type) : undefined;
  const isSui = currency !== undefined && sameType(currency, SUI);
  const balance = data.kind === 'move' && isSui ? coinBalance(data.contents) : undefined;
  ensure(balance !== undefined, 'InvalidGasObject', `${id} is no coin that pays gas`);
  return balance;
}

function checkObject(id: Id, as: InputKind, object: SuiObject, signer: Uint8Array): void {
  const { data, owner, version } = object;
  const isPackage = data.kind === 'package';
  if (as.kind === 'package') {
    ensure(isPackage, 'MoveObjectAsPackage', `${id} is no package`);
    return;
  }
  ensure(!isPackage, { kind: 'MovePackageAsObject', object: object.id }, `${id} is a package`);
  ensure(version < MAX_VERSION, 'InvalidSequenceNumber', `${id} has no version to use`);
  if (as.kind === 'shared') {
    checkShared(id, as, object, signer);
    return;
  }
  ensure(
    version === as.ref.version,
    'ObjectVersionUnavailableForConsumption',
    `${id} is at version ${version}`,
  );
  ensure(
    sameBytes(objectDigest(object), as.ref.digest),
    'InvalidObjectDigest',
    `${id} has another digest`,
  );
  if (owner.kind === 'immutable') return;
  requireNoChild(object);
  ensure(owner.kind === 'address', 'NotOwnedObjectError', `${id} is shared`);
  requireOwner(object, owner.address, signer);
}

function requireNoChild({ id, owner }: SuiObject): void {
  if (owner.kind === 'object')
    throw new RefusedError(
      { kind: 'InvalidChildObjectArgument', child: id, parent: owner.parent },
      `${idOf(id)} is the child of an object`,
    );
}

function requireOwner({ id }: SuiObject, owner: Uint8Array, signer: Uint8Array): void {
  ensure(
    sameBytes(owner, signer),
    { kind: 'IncorrectUserSignature', object: id, owner, signer },
    `${idOf(id)} is owned by another account`,
  );
}

function checkShared(id: Id, as: SharedInput, object: SuiObject, signer: Uint8Array): void {
  ensure(id !== CLOCK || !as.mutable, 'ImmutableParameterExpectedError', 'the clock is read-only');
  ensure(id !== AUTHENTICATOR_STATE, 'InaccessibleSystemObject', 'an object of the system');
  const { owner } = object;
  if (owner.kind === 'consensusAddress') requireOwner(object, owner.address, signer);
}
