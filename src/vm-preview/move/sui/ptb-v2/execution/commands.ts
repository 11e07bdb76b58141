/** Commands, once all is verified (execution/interpreter.rs). */

import type { TypeTag } from '../../../core/types';
import {
  Address,
  asAddress,
  asInteger,
  asReference,
  ByteVector,
  ItemVector,
  isIntegerKind,
  itemVector,
  type Reference,
  type Value,
} from '../../../core/values';
import { ExecutionError } from '../../execution/error';
import { argumentsOf, type Operation, type TypedArgument, type TypedCommand } from '../typing/ast';
import { balanceOf, coinId, coinValue, setBalance } from './coin-value';
import { takesGasCoin } from './gas-coin';
import type { Machine } from './machine';
import { publish, upgrade } from './packages';
import { structTag } from './shapes';

type Of<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>;

const MAX_AMOUNT = (1n << 64n) - 1n;

/** Runs a command, and puts its results where later ones find them. @throws as its parts */
export function runCommand(machine: Machine, command: TypedCommand): void {
  const { operation, drops } = command;
  const results = resultsOf(machine, operation);
  const isCall = operation.kind === 'moveCall';
  machine.charges.end(argumentsOf(operation).length + (isCall ? results.length : 0));
  machine.locations.addResults(results.map((value, i) => (drops[i] === true ? undefined : value)));
}

function resultsOf(machine: Machine, operation: Operation): readonly Value[] {
  switch (operation.kind) {
    case 'moveCall':
      return callFunction(machine, operation);
    case 'transferObjects':
      return transferObjects(machine, operation);
    case 'splitCoins':
      return splitCoins(machine, operation);
    case 'mergeCoins':
      return mergeCoins(machine, operation);
    case 'makeMoveVec':
      return [vectorOf(operation.element.tag, machine.arguments(operation.elements))];
    case 'publish':
      return publish(machine, operation.command);
    case 'upgrade':
      return upgrade(machine, operation);
  }
}

function callFunction(machine: Machine, operation: Of<'moveCall'>): readonly Value[] {
  const { function: called, args } = operation;
  const { session } = machine;
  const takesGas = takesGasCoin(operation);
  const given = machine.arguments(args);
  if (takesGas) machine.gasCoinTransfer = { kind: 'funds', recipient: asAddress(given[1]).bytes };
  session.enter(called.context);
  const results = session.call(called.instance, given);
  session.takeEvents(called.instance, Address.parse(called.called.id).bytes);
  return results;
}

function transferObjects(machine: Machine, operation: Of<'transferObjects'>): readonly Value[] {
  const { objects, recipient } = operation;
  if (takesGasCoin(operation)) machine.gasCoinTransfer = { kind: 'object' };
  const values = machine.arguments(objects);
  const address = asAddress(machine.argument(recipient)).bytes;
  for (const [i, value] of values.entries()) {
    const type = objects[i]?.type.of;
    if (type === undefined) continue;
    const tag = structTag(type);
    const owner = { kind: 'address', address } as const;
    machine.session.objects.transfer({ ...machine.shapes.of(tag), tag, value, owner });
  }
  return [];
}

function splitCoins(machine: Machine, { coin, amounts }: Of<'splitCoins'>): readonly Value[] {
  const source = asReference(machine.argument(coin));
  const parts = machine.arguments(amounts).map((amount) => BigInt(asInteger(amount)));
  const total = sum(parts);
  const balance = look(machine, source, coin);
  if (balance < total)
    throw new ExecutionError(
      { kind: 'InsufficientCoinBalance' },
      `balance: ${balance} required: ${total}`,
    );
  setBalance(source, balance - total);
  return parts.map((amount) => coinValue(machine.session.freshId(), amount));
}

function mergeCoins(machine: Machine, { target, coins }: Of<'mergeCoins'>): readonly Value[] {
  const destination = asReference(machine.argument(target));
  const amounts = machine.arguments(coins).map((coin) => {
    machine.session.objects.deleteId(coinId(coin));
    return balanceOf(coin);
  });
  const additional = sum(amounts);
  const balance = look(machine, destination, target);
  if (balance + additional > MAX_AMOUNT) throw overflow();
  setBalance(destination, balance + additional);
  return [];
}

/** The chain copies the reference to look at what it refers to. */
function look({ charges }: Machine, coin: Reference, { type }: TypedArgument): bigint {
  charges.look(coin, type);
  return balanceOf(coin.get());
}

function sum(amounts: readonly bigint[]): bigint {
  const total = amounts.reduce((left, right) => left + right, 0n);
  if (total > MAX_AMOUNT) throw overflow();
  return total;
}

function overflow(): ExecutionError {
  return new ExecutionError({ kind: 'CoinBalanceOverflow' });
}

function vectorOf({ kind }: TypeTag, items: readonly Value[]): Value {
  if (kind === 'u8')
    return new ByteVector(Uint8Array.from(items, (item) => Number(asInteger(item))));
  if (kind !== 'function' && kind !== 'struct' && kind !== 'vector' && isIntegerKind(kind))
    return itemVector([...items], kind);
  return new ItemVector([...items]);
}
