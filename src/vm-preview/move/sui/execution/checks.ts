/**
 * What the chain asks of a transaction before it runs it (sui-types, transaction.rs `validity_check`;
 * sui-transaction-checks). Errors have the names of `UserInputError`.
 */
import { CannotPreview } from '../../../errors';
import type { TypeTag } from '../../core/types';
import {
  checkExpiration,
  checkGaslessProgram,
  checkGasReservations,
  checkWithdrawals,
  GaslessTokens,
  gasCoins,
  isGasless,
  isReplayProtected,
  paysFromBalance,
} from '../address-balance';
import type { Command, ObjectRef, ProgrammableTransaction, TransactionData } from '../data';
import {
  coinCurrency,
  commandArguments,
  encodeTransaction,
  isCoinReservation,
  objectDigest,
  parseCoinReservation,
  SUI,
  sameType,
} from '../data';
import { type Id, idOf } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import type { SuiObject, SuiState } from '../state';
import type { SuiEnvironment } from '../types';
import type { InputKind, InputObject } from './inputs';
import { inputId, inputKinds, receivingRefs } from './inputs';
import { ensure, RefusedError } from './refused';
import { coinBalance } from './value';

export { RefusedError } from './refused';

/** Versions from here on have a meaning of their own. */
const MAX_VERSION = 0x7fff_ffff_ffff_ffffn;

const CLOCK = '6'.padStart(64, '0');
const AUTHENTICATOR_STATE = '7'.padStart(64, '0');
const RANDOM = '8'.padStart(64, '0');

/** What can be said before any object is read. @throws RefusedError, CannotPreview */
export function checkTransaction(
  transaction: TransactionData,
  protocol: ProtocolConfig,
  environment: SuiEnvironment,
): ProgrammableTransaction {
  const { gas } = transaction;
  const program = programOf(transaction);
  checkExpiration(transaction, protocol, environment);
  checkWithdrawals(transaction, program, protocol, environment);
  checkGasPayment(transaction, program, protocol);
  checkGasReservations(transaction, protocol, environment);
  const free = isGasless(gas, protocol);
  const price = environment.referenceGasPrice;
  ensure(free || gas.price >= price, 'GasPriceUnderRGP', `the gas price is below ${price}`);
  const highest = protocol.required('max_gas_price');
  ensure(gas.price < highest, 'GasPriceTooHigh', `the gas price is not below ${highest}`);
  checkBudget(transaction, protocol);
  checkProgram(program, protocol);
  checkIds(transaction, protocol);
  const largest = free ? protocol.number('gasless_max_tx_size_bytes') : undefined;
  if (largest !== undefined)
    ensure(
      BigInt(encodeTransaction(transaction).length) <= largest,
      'SizeLimitExceeded',
      `a transaction without gas has at most ${largest} bytes`,
    );
  if (free) checkGaslessProgram(program, protocol, new GaslessTokens(environment));
  return program;
}

/** @throws CannotPreview for a transaction of the system */
export function programOf({ kind }: TransactionData): ProgrammableTransaction {
  if (kind.kind !== 'programmable')
    throw new CannotPreview('sui-system-transaction', 'a transaction that only validators make');
  return kind.programmable;
}

const REPLAY = 'a transaction that no object pays for is good for two epochs at most';

function checkGasPayment(
  { expiration, gas }: TransactionData,
  program: ProgrammableTransaction,
  protocol: ProtocolConfig,
): void {
  const count = gas.payment.length;
  if (paysFromBalance(gas)) {
    ensure(
      protocol.feature('enable_accumulators') &&
        protocol.feature('enable_address_balance_gas_payments'),
      'MissingGasPayment',
      'nothing pays for gas',
    );
    const usesCoin = program.commands.some((command) =>
      commandArguments(command).some((one) => one.kind === 'gasCoin'),
    );
    ensure(
      !usesCoin || !protocol.feature('address_balance_gas_reject_gas_coin_arg'),
      'Unsupported',
      'there is no gas coin where a balance pays for gas',
    );
    if (protocol.feature('relax_valid_during_for_owned_inputs')) return;
    ensure(expiration.kind !== 'none', 'MissingGasPayment', 'nothing pays for gas');
    ensure(isReplayProtected(expiration), 'InvalidExpiration', REPLAY);
    return;
  }
  const most = protocol.limit('max_gas_payment_objects');
  const isFine = protocol.feature('correct_gas_payment_limit_check') ? count <= most : count < most;
  ensure(isFine, 'SizeLimitExceeded', `maximum gas payment objects is ${most}`);
}

function checkBudget({ gas }: TransactionData, protocol: ProtocolConfig): void {
  const most = protocol.required('max_tx_gas');
  const base = protocol.required('base_tx_cost_fixed');
  const least = protocol.feature('txn_base_cost_as_multiplier') ? base * gas.price : base;
  ensure(gas.budget <= most, 'GasBudgetTooHigh', `the gas budget is above ${most}`);
  if (isGasless(gas, protocol)) {
    ensure(gas.budget === 0n, 'Unsupported', 'the gas budget of a transaction without gas is 0');
    return;
  }
  ensure(gas.budget >= least, 'GasBudgetTooLow', `the gas budget is below ${least}`);
}

function requireBelow(protocol: ProtocolConfig, limit: string, count: number, what: string): void {
  const most = protocol.number(limit);
  ensure(
    most === undefined || BigInt(count) < most,
    'SizeLimitExceeded',
    `maximum ${what} is ${most}`,
  );
}

function checkProgram(
  { inputs, commands }: ProgrammableTransaction,
  protocol: ProtocolConfig,
): void {
  requireBelow(protocol, 'max_programmable_tx_commands', commands.length, 'commands');
  for (const input of inputs) {
    if (input.kind === 'pure')
      requireBelow(protocol, 'max_pure_argument_size', input.bytes.length, 'pure argument size');
    if (input.kind === 'object' && input.object.kind === 'receiving')
      ensure(protocol.feature('receive_objects'), 'Unsupported', 'receiving is not supported');
    if (input.kind === 'object' && input.object.kind === 'immOrOwned')
      ensure(
        !isCoinReservation(input.object.ref) ||
          protocol.feature('enable_coin_reservation_obj_refs'),
        'Unsupported',
        'reservations that look like coins are not supported',
      );
  }
  const publishing = commands.filter(({ kind }) => kind === 'publish' || kind === 'upgrade').length;
  const most = protocol.number('max_publish_or_upgrade_per_ptb');
  ensure(
    most === undefined || BigInt(publishing) <= most,
    'MaxPublishCountExceeded',
    `more than ${most} packages are published`,
  );
  for (const command of commands) checkCommand(command, protocol);
  const random = inputs.findIndex(
    (input) =>
      input.kind === 'object' && input.object.kind === 'shared' && idOf(input.object.id) === RANDOM,
  );
  if (random >= 0) checkAfterRandom(random, commands);
  if (protocol.feature('validate_ptb_argument_indices')) checkIndices(inputs.length, commands);
  if (random >= 0)
    throw new CannotPreview('sui-randomness', 'randomness, which is not known before it is drawn');
}

/** Once something may have been drawn, coins are merged and objects transferred, no more. */
function checkAfterRandom(random: number, commands: readonly Command[]): void {
  const first = commands.findIndex((command) =>
    commandArguments(command).some((one) => one.kind === 'input' && one.index === random),
  );
  if (first < 0) return;
  ensure(
    commands
      .slice(first + 1)
      .every(({ kind }) => kind === 'transferObjects' || kind === 'mergeCoins'),
    'PostRandomCommandRestrictions',
    'only transfers and merges may follow what is random',
  );
}

/** Arguments name inputs there are, and results of earlier commands. */
function checkIndices(inputs: number, commands: readonly Command[]): void {
  for (const [at, command] of commands.entries())
    for (const argument of commandArguments(command)) {
      if (argument.kind === 'gasCoin') continue;
      const count = argument.kind === 'input' ? inputs : at;
      ensure(
        argument.index < count,
        'InvalidArgumentIndex',
        `command ${at} names what is not there`,
      );
    }
}

function checkCommand(command: Command, protocol: ProtocolConfig): void {
  const requireArguments = (args: readonly unknown[]): void => {
    ensure(args.length > 0, 'EmptyCommandInput', 'a command without arguments');
    requireBelow(protocol, 'max_arguments', args.length, 'arguments of a command');
  };
  const count = { types: 0 };
  switch (command.kind) {
    case 'moveCall': {
      const { call } = command;
      for (const tag of call.typeArguments) checkType(tag, protocol, count, 1);
      requireBelow(protocol, 'max_arguments', call.args.length, 'arguments of a call');
      checkIdentifiers(protocol, call.module, call.function);
      return;
    }
    case 'transferObjects':
      requireArguments(command.objects);
      return;
    case 'splitCoins':
      requireArguments(command.amounts);
      return;
    case 'mergeCoins':
      requireArguments(command.sources);
      return;
    case 'makeMoveVec':
      if (command.type !== undefined) checkType(command.type, protocol, count, 1);
      else ensure(command.elements.length > 0, 'EmptyCommandInput', 'a vector of an unknown type');
      requireBelow(protocol, 'max_arguments', command.elements.length, 'arguments of a command');
      return;
    case 'publish':
    case 'upgrade':
      ensure(command.modules.length > 0, 'EmptyCommandInput', 'a package without modules');
      requireBelow(protocol, 'max_modules_in_publish', command.modules.length, 'modules');
      requireBelow(
        protocol,
        'max_package_dependencies',
        command.dependencies.length,
        'dependencies',
      );
  }
}

const IDENTIFIER = /^(?:[a-zA-Z][a-zA-Z0-9_]*|_[a-zA-Z0-9_]+)$/;

function checkIdentifiers(protocol: ProtocolConfig, ...names: readonly string[]): void {
  if (!protocol.feature('validate_identifier_inputs')) return;
  for (const name of names)
    ensure(IDENTIFIER.test(name), 'InvalidIdentifier', `no identifier: ${name}`);
}

function checkType(
  tag: TypeTag,
  protocol: ProtocolConfig,
  count: { types: number },
  depth: number,
): void {
  count.types++;
  requireBelow(protocol, 'max_type_arguments', count.types, 'type arguments');
  requireBelow(protocol, 'max_type_argument_depth', depth, 'type argument depth');
  if (tag.kind === 'vector') checkType(tag.element, protocol, count, depth + 1);
  if (tag.kind !== 'struct') return;
  checkIdentifiers(protocol, tag.module, tag.name);
  for (const argument of tag.typeArguments) checkType(argument, protocol, count, depth + 1);
}

/** No object is named twice, and there are not too many. */
function checkIds(transaction: TransactionData, protocol: ProtocolConfig): void {
  const kinds = inputKinds(transaction);
  const receiving = receivingRefs(transaction);
  const owned = kinds.filter(({ kind }) => kind !== 'package').map(inputId);
  const paying = gasCoins(transaction.gas).map(({ id }) => idOf(id));
  const inputs = owned.slice(0, owned.length - paying.length);
  const text = 'an object is named more than once';
  ensure(areUnique(inputs), 'DuplicateObjectRefInput', text);
  ensure(areUnique(owned), 'MutableObjectUsedMoreThanOnce', text);
  const most = protocol.limit('max_input_objects');
  const named = kinds.length - gasCoins(transaction.gas).length + receiving.length;
  ensure(named <= most, 'SizeLimitExceeded', `maximum input objects is ${most}`);
}

const areUnique = (ids: readonly Id[]): boolean => new Set(ids).size === ids.length;

/** @throws RefusedError where an object is not as the transaction names it */
export function checkInputs(
  transaction: TransactionData,
  inputs: readonly InputObject[],
  protocol: ProtocolConfig,
  { chainIdentifier }: SuiEnvironment,
): void {
  const { gas } = transaction;
  const paying = new Set(gasCoins(gas).map(({ id }) => idOf(id)));
  let balance = 0n;
  for (const ref of gas.payment)
    balance += parseCoinReservation(ref, chainIdentifier)?.amount ?? 0n;
  for (const { id, as, object } of inputs) {
    if (object === null)
      throw as.kind === 'shared'
        ? new CannotPreview('sui-deleted-shared-object', 'a shared object that is gone', { id })
        : new RefusedError(
            as.kind === 'package' ? 'DependentPackageNotFound' : 'ObjectNotFound',
            `object ${id} is not there`,
          );
    const isGas = paying.has(id);
    checkObject(id, as, object, isGas ? gas.owner : transaction.sender);
    if (isGas) balance += gasBalance(id, object);
  }
  ensure(
    paysFromBalance(gas) || balance >= gas.budget,
    'GasBalanceTooLow',
    `the gas coins have ${balance}, the budget is ${gas.budget}`,
  );
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
    ensure(object !== null, 'ObjectNotFound', `object ${name} is not there`);
    ensure(object.data.kind === 'move', 'MovePackageAsObject', `${name} is a package`);
    ensure(
      equal(objectDigest(object), digest),
      'InvalidObjectDigest',
      `${name} has another digest`,
    );
    const { kind } = object.owner;
    ensure(kind !== 'object', 'InvalidChildObjectArgument', `${name} is the child of an object`);
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
  ensure(!isPackage, 'MovePackageAsObject', `${id} is a package`);
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
    equal(objectDigest(object), as.ref.digest),
    'InvalidObjectDigest',
    `${id} has another digest`,
  );
  if (owner.kind === 'immutable') return;
  ensure(owner.kind !== 'object', 'InvalidChildObjectArgument', `${id} is the child of an object`);
  ensure(owner.kind === 'address', 'NotOwnedObjectError', `${id} is shared`);
  ensure(
    equal(owner.address, signer),
    'IncorrectUserSignature',
    `${id} is owned by another account`,
  );
}

function checkShared(
  id: Id,
  as: Extract<InputKind, { kind: 'shared' }>,
  { owner }: SuiObject,
  signer: Uint8Array,
): void {
  ensure(id !== CLOCK || !as.mutable, 'ImmutableParameterExpectedError', 'the clock is read-only');
  ensure(id !== AUTHENTICATOR_STATE, 'InaccessibleSystemObject', 'an object of the system');
  ensure(
    owner.kind === 'shared' || owner.kind === 'consensusAddress',
    'NotSharedObjectError',
    `${id} is not shared`,
  );
  const since = owner.kind === 'shared' ? owner.initialVersion : owner.startVersion;
  ensure(
    since === as.initialVersion,
    'SharedObjectStartingVersionMismatch',
    `${id} is shared since version ${since}`,
  );
  ensure(
    owner.kind === 'shared' || equal(owner.address, signer),
    'IncorrectUserSignature',
    `${id} is owned by another account`,
  );
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}
