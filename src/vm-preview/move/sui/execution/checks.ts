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
import type { CallArg, Command, ProgrammableTransaction, TransactionData } from '../data';
import { commandArguments, encodeTransaction, isCoinReservation } from '../data';
import { type Id, idOf } from '../linkage';
import type { ProtocolConfig } from '../protocol';
import type { SuiEnvironment } from '../types';
import { inputId, inputKinds, receivingRefs } from './inputs';
import { ensure } from './refused';

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

/** Of what is only inspected, whoever could send it. @throws RefusedError, CannotPreview */
export function checkInspection(
  transaction: TransactionData,
  protocol: ProtocolConfig,
): ProgrammableTransaction {
  const program = programOf(transaction);
  checkProgram(program, protocol);
  checkIds(transaction, protocol);
  return program;
}

/** @throws CannotPreview for a transaction of the system */
function programOf({ kind }: TransactionData): ProgrammableTransaction {
  if (kind.kind !== 'programmable')
    throw new CannotPreview('sui-system-transaction', 'a transaction that only validators make');
  return kind.programmable;
}

export const REPLAY = 'a transaction that no object pays for is good for two epochs at most';

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
  for (const input of inputs) checkInput(input, protocol);
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

function checkInput(input: CallArg, protocol: ProtocolConfig): void {
  if (input.kind === 'pure')
    requireBelow(protocol, 'max_pure_argument_size', input.bytes.length, 'pure argument size');
  if (input.kind !== 'object') return;
  const { object } = input;
  switch (object.kind) {
    case 'receiving':
      ensure(protocol.feature('receive_objects'), 'Unsupported', 'receiving is not supported');
      return;
    case 'immOrOwned':
      ensure(
        !isCoinReservation(object.ref) || protocol.feature('enable_coin_reservation_obj_refs'),
        'Unsupported',
        'reservations that look like coins are not supported',
      );
      return;
    case 'shared':
      if (object.isNonExclusive === true) checkNonExclusive(protocol);
  }
}

function checkNonExclusive(protocol: ProtocolConfig): void {
  const feature = 'User transactions cannot use SharedObjectMutability::NonExclusiveWrite';
  ensure(
    protocol.feature('enable_non_exclusive_writes'),
    { kind: 'Unsupported', feature },
    'only the system writes to an object that others write to at the same time',
  );
  throw new CannotPreview(
    'sui-non-exclusive-write',
    'a transaction that writes to an object which others write to at the same time',
  );
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
