/** The commands of a programmable transaction (programmable_transactions/execution.rs). */
import { BcsWriter } from '../../core/bcs';
import type { Argument, Command } from '../data';
import { idOf } from '../linkage';
import { requireElementSize } from './element-size';
import { argumentError, ExecutionError, invariantViolation } from './error';
import { callFunction, requireType } from './move-call';
import { publish } from './publish';
import { idBytes } from './results';
import type { Session } from './session';
import { loadElementType } from './type-argument';
import { upgrade } from './upgrade';
import {
  bytesOf,
  coinBalance,
  coinContents,
  isCoin,
  type ObjectValue,
  type PtbValue,
  type ValueType,
  valueType,
  wasUsedInNonEntry,
} from './value';

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

const MAX_AMOUNT = (1n << 64n) - 1n;
const VECTOR_ABILITIES = 7;

/** @returns its results. @throws ExecutionError and what `Session.failure` makes one of */
export function runCommand(session: Session, command: Command): readonly PtbValue[] {
  const normalized = (args: readonly Argument[]): readonly Argument[] =>
    session.values.normalized(args);
  /** The one, and the others after it. */
  const split = (first: Argument, rest: readonly Argument[]): [Argument, readonly Argument[]] => {
    const [one = first, ...others] = normalized([first, ...rest]);
    return [one, others];
  };
  switch (command.kind) {
    case 'moveCall':
      return callFunction(session, { ...command.call, args: normalized(command.call.args) });
    case 'transferObjects': {
      const args = normalized([...command.objects, command.address]);
      const objects = args.slice(0, -1);
      const address = args.at(-1) ?? command.address;
      return transferObjects(session, { ...command, objects, address });
    }
    case 'splitCoins': {
      const [coin, amounts] = split(command.coin, command.amounts);
      return splitCoins(session, { ...command, coin, amounts });
    }
    case 'mergeCoins': {
      const [destination, sources] = split(command.destination, command.sources);
      return mergeCoins(session, { ...command, destination, sources });
    }
    case 'makeMoveVec':
      return makeMoveVec(session, { ...command, elements: normalized(command.elements) });
    case 'publish':
      return publish(session, command);
    case 'upgrade':
      return upgrade(session, { ...command, ticket: split(command.ticket, [])[0] });
  }
}

function transferObjects(
  { values, transfers }: Session,
  { objects, address }: Of<'transferObjects'>,
): readonly PtbValue[] {
  const taken = objects.map((argument, i) => values.objectByValue('transferObjects', i, argument));
  const to = values.address(taken.length, address);
  for (const object of taken) {
    if (!object.hasPublicTransfer) throw new ExecutionError({ kind: 'InvalidTransferObject' });
    transfers.push({ to, object });
  }
  return [];
}

/** A coin's balance. @throws ExecutionError for another object */
function balanceOf(object: ObjectValue): bigint {
  const balance = isCoin(object) ? coinBalance(object.contents) : undefined;
  if (balance === undefined) throw argumentError({ kind: 'TypeMismatch' }, 0);
  return balance;
}

const withCoin = (object: ObjectValue, contents: Uint8Array): ObjectValue => ({
  ...object,
  contents,
});

function splitCoins(session: Session, { coin, amounts }: Of<'splitCoins'>): readonly PtbValue[] {
  const { values } = session;
  const source = values.borrowObjectMut(0, coin);
  let left = balanceOf(source);
  const made = amounts.map((argument): PtbValue => {
    const amount = values.u64(1, argument);
    const id = idBytes(session.freshId());
    if (amount > left) throw new ExecutionError({ kind: 'InsufficientCoinBalance' });
    left -= amount;
    return {
      kind: 'object',
      type: source.type,
      hasPublicTransfer: true,
      usedInNonEntry: false,
      contents: coinContents(id, amount),
    };
  });
  values.restore(coin, withCoin(source, coinContents(source.contents, left)));
  return made;
}

function mergeCoins(
  session: Session,
  { destination, sources }: Of<'mergeCoins'>,
): readonly PtbValue[] {
  const { values, objects } = session;
  const target = values.borrowObjectMut(0, destination);
  let sum = balanceOf(target);
  const coins = sources.map((argument, i) => values.objectByValue('other', i + 1, argument));
  for (const [i, coin] of coins.entries()) {
    if (coin.type.key !== target.type.key) throw argumentError({ kind: 'TypeMismatch' }, i + 1);
    objects.deleteId(idOf(coin.contents.subarray(0, 32)));
    sum += balanceOf(coin);
    if (sum > MAX_AMOUNT) throw new ExecutionError({ kind: 'CoinBalanceOverflow' });
  }
  values.restore(destination, withCoin(target, coinContents(target.contents, sum)));
  return [];
}

function makeMoveVec(session: Session, { type, elements }: Of<'makeMoveVec'>): readonly PtbValue[] {
  const { values } = session;
  const loaded = type === undefined ? undefined : loadElementType(session, type);
  let element: ValueType | undefined = loaded && valueType(loaded.tag, loaded.abilities);
  let usedInNonEntry = false;
  const writer = new BcsWriter().length(elements.length);
  let size = writer.finish().length;
  for (const [place, argument] of elements.entries()) {
    const value =
      element === undefined
        ? values.objectByValue('other', place, argument)
        : values.byValue('other', place, argument);
    if (element === undefined && value.kind === 'object') element = value.type;
    else if (element !== undefined && loaded !== undefined)
      requireType(value, loaded.context.typeOf(loaded.tag), element.key, place);
    else if (value.kind !== 'object' || value.type.key !== element?.key)
      throw argumentError(
        { kind: value.kind === 'pure' ? 'InvalidUsageOfPureArg' : 'TypeMismatch' },
        place,
      );
    usedInNonEntry ||= wasUsedInNonEntry(value);
    const bytes = bytesOf(value);
    writer.bytes(bytes);
    size += bytes.length;
    requireElementSize(session.protocol, element, size);
  }
  if (element === undefined) throw invariantViolation('a vector of nothing without a type');
  const vector = valueType(
    { kind: 'vector', element: element.tag },
    element.abilities & VECTOR_ABILITIES,
  );
  return [{ kind: 'raw', type: vector, usedInNonEntry, bytes: writer.finish() }];
}
