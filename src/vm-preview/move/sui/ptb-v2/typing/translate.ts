/** Finds the place and type of every argument (typing/translate.rs). */

import { ExecutionError, invariantViolation } from '../../execution/error';
import type { ValueType } from '../../execution/value';
import { atCommand } from '../at-command';
import { type Converting, convert } from '../conversions';
import type { LoadedFunction } from '../loading/functions';
import type { LoadedCommand, LoadedTransaction } from '../loading/load';
import {
  ADDRESS,
  byValue,
  hasAbility,
  KEY,
  type PtbType,
  STORE,
  txContextKind,
  U64,
  UPGRADE_CAP,
  UPGRADE_RECEIPT,
  UPGRADE_TICKET,
  vectorType,
} from '../loading/ptb-type';
import {
  argument,
  argumentsOfType,
  coinArgument,
  fittingArgument,
  type NamedArgument,
} from './arguments';
import {
  type Operation,
  type PlainArgument,
  TX_CONTEXT_LOCATION,
  type TypedArgument,
  type TypedCommand,
  type TypedTransaction,
} from './ast';
import { Places } from './places';
import { moveLastReferences, noteConsumedShared, noteUnusedResults } from './usage';

export interface TypingOptions {
  /** Of the coin that pays. */
  readonly gasCoin: ValueType;
  /** Withdrawals that are named as coins. */
  readonly converting: Converting;
  /** `flexible_tx_context_positions`: the context may be any parameter, and not only the last. */
  readonly contextAnywhere: boolean;
  /** `fix_ptb_generated_reads` */
  readonly countsReads: boolean;
}

/** @throws ExecutionError with the command's index */
export function typeTransaction(
  { inputs, commands }: LoadedTransaction,
  options: TypingOptions,
): TypedTransaction {
  const places = new Places(inputs, options.gasCoin);
  const { commands: redeeming, conversions } = convert(places, options.converting);
  const typed = commands.map((command, i): TypedCommand => {
    places.command = i;
    return atCommand(i, () => {
      const { operation, results } = new CommandTyping(places, options).type(command);
      places.addResults(results);
      return { operation, results, drops: [], consumedShared: [] };
    });
  });
  const { objects, withdrawals, pure, receiving } = places;
  const transaction = {
    objects,
    withdrawals,
    pure,
    receiving,
    commands: [...redeeming, ...typed],
    conversions,
  };
  moveLastReferences(transaction, options.countsReads);
  noteUnusedResults(transaction);
  noteConsumedShared(transaction);
  return transaction;
}

interface Typed {
  readonly operation: Operation;
  readonly results: readonly PtbType[];
}

class CommandTyping {
  constructor(
    private readonly places: Places,
    private readonly options: TypingOptions,
  ) {}

  type(command: LoadedCommand): Typed {
    switch (command.kind) {
      case 'moveCall': {
        const args = this.#callArguments(command.function, this.#named(0, command.args));
        return {
          operation: { kind: 'moveCall', function: command.function, args },
          results: command.function.results,
        };
      }
      case 'transferObjects': {
        const objects = this.#named(0, command.objects);
        const recipient = this.#one(objects.length, command.address);
        const taken = objects.map((each) =>
          fittingArgument(
            each,
            (type) => hasAbility(type, STORE) && hasAbility(type, KEY),
            'InvalidTransferObject',
          ),
        );
        const address = argument(this.places, recipient, byValue(ADDRESS));
        return {
          operation: { kind: 'transferObjects', objects: taken, recipient: address },
          results: [],
        };
      }
      case 'splitCoins': {
        const source = this.#one(0, command.coin);
        const named = this.#named(1, command.amounts);
        const { argument: coin, coin: type } = coinArgument(source);
        const amounts = argumentsOfType(this.places, named, U64);
        return {
          operation: { kind: 'splitCoins', coin, amounts },
          results: amounts.map(() => byValue(type)),
        };
      }
      case 'mergeCoins': {
        const destination = this.#one(0, command.destination);
        const named = this.#named(1, command.sources);
        const { argument: target, coin: type } = coinArgument(destination);
        const coins = argumentsOfType(this.places, named, type);
        return { operation: { kind: 'mergeCoins', target, coins }, results: [] };
      }
      case 'makeMoveVec':
        return this.#vector(command.type, command.elements);
      case 'publish':
        return { operation: { kind: 'publish', command }, results: [byValue(UPGRADE_CAP)] };
      case 'upgrade': {
        const named = this.#one(0, command.ticket);
        const ticket = argument(this.places, named, byValue(UPGRADE_TICKET));
        return {
          operation: { kind: 'upgrade', command, ticket },
          results: [byValue(UPGRADE_RECEIPT)],
        };
      }
    }
  }

  #vector(type: ValueType | undefined, given: readonly PlainArgument[]): Typed {
    if (type !== undefined) {
      const elements = argumentsOfType(this.places, this.#named(0, given), type);
      return vector(type, elements);
    }
    const [first, ...more] = given;
    if (first === undefined) throw invariantViolation('a vector of nothing without a type');
    const object = fittingArgument(
      this.#one(0, first),
      (each) => hasAbility(each, KEY),
      'InvalidMakeMoveVecNonObjectArgument',
    );
    const element = object.type.of;
    const others = argumentsOfType(this.places, this.#named(1, more), element);
    return vector(element, [object, ...others]);
  }

  /** The context is given by the chain: it stands for no argument. */
  #callArguments(
    { parameters, called, instance }: LoadedFunction,
    given: readonly NamedArgument[],
  ): readonly TypedArgument[] {
    const isContext = parameters.map(
      (type, i) =>
        txContextKind(type) !== 'none' &&
        (this.options.contextAnywhere || i === parameters.length - 1),
    );
    const expected = isContext.filter((is) => !is).length;
    if (given.length !== expected)
      throw new ExecutionError(
        { kind: 'ArityMismatch' },
        `Expected ${expected} argument${expected === 1 ? '' : 's'} calling function ` +
          `'0x${called.id}::${instance.module?.name}::${instance.name}', but found ${given.length}`,
      );
    let next = 0;
    return parameters.map((type, i): TypedArgument => {
      if (isContext[i] === true) {
        const mutable = type.by === 'mutableReference';
        return { place: i, form: { kind: 'borrow', mutable, location: TX_CONTEXT_LOCATION }, type };
      }
      const named = given[next++];
      if (named === undefined) throw invariantViolation('a parameter without an argument');
      return argument(this.places, named, type);
    });
  }

  #named(start: number, args: readonly PlainArgument[]): readonly NamedArgument[] {
    return args.map((each, i) => this.#one(start + i, each));
  }

  #one(place: number, plain: PlainArgument): NamedArgument {
    return { named: this.places.named(plain, place), place };
  }
}

function vector(element: ValueType, elements: readonly TypedArgument[]): Typed {
  return {
    operation: { kind: 'makeMoveVec', element, elements },
    results: [byValue(vectorType(element))],
  };
}
