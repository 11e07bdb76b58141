/** No value is used after it was taken, and no reference outlives or overlaps what it must not (verify/memory_safety.rs). */
import type { CommandArgumentError } from '../../data';
import { argumentError, invariantViolation } from '../../execution/error';
import { atCommand } from '../at-command';
import { isReference } from '../loading/ptb-type';
import {
  argumentsOf,
  type Location,
  locationKey,
  type Operation,
  type TypedArgument,
  type TypedCommand,
  type TypedTransaction,
  type Usage,
} from '../typing/ast';
import { BorrowGraph, isSame, type Ref, startsWith } from './borrow-graph';

/** A value at a place or of an argument: a reference by its node, or any other. */
type Held = Ref | 'value';

type PlainError = Exclude<CommandArgumentError, { readonly index: number }>['kind'];

/**
 * Notes of every copy whether its place was borrowed.
 *
 * @param hasGasCoin - false where gas is not paid from a coin
 * @throws ExecutionError CommandArgumentError with the command's index
 */
export function verifyMemorySafety(transaction: TypedTransaction, hasGasCoin: boolean): void {
  const memory = new Memory(transaction, hasGasCoin);
  for (const [i, command] of transaction.commands.entries())
    atCommand(i, () => memory.run(command, i));
}

class Memory {
  readonly #graph = new BorrowGraph();
  /** All places are parts of it. */
  readonly #root = this.#graph.root(true);
  readonly #held = new Map<string, Held>();

  constructor({ objects, withdrawals, pure, receiving }: TypedTransaction, hasGasCoin: boolean) {
    const hold = (location: Location): void => {
      this.#held.set(locationKey(location), 'value');
    };
    hold({ kind: 'txContext' });
    if (hasGasCoin) hold({ kind: 'gasCoin' });
    for (const index of objects.keys()) hold({ kind: 'object', index });
    for (const index of withdrawals.keys()) hold({ kind: 'withdrawal', index });
    for (const index of pure.keys()) hold({ kind: 'pure', index });
    for (const index of receiving.keys()) hold({ kind: 'receiving', index });
  }

  run({ operation, results, drops }: TypedCommand, command: number): void {
    const given = argumentsOf(operation).map((argument) => this.#argument(argument));
    const returned = this.#operation(operation, given);
    for (const index of results.keys()) {
      const held = returned[index] ?? 'value';
      if (drops[index] === true) this.#consume(held);
      else this.#held.set(locationKey({ kind: 'result', command, index }), held);
    }
  }

  /** @returns references among its results, by index */
  #operation(operation: Operation, given: readonly Held[]): readonly Held[] {
    switch (operation.kind) {
      case 'moveCall':
        return this.#call(operation, given);
      case 'splitCoins':
      case 'mergeCoins': {
        const [written, ...others] = given;
        for (const held of others) this.#consume(held);
        if (written === undefined || written === 'value')
          throw invariantViolation('a coin is written through a reference');
        if (!this.#isWritable(written))
          throw argumentError({ kind: 'CannotWriteToExtendedReference' }, 0);
        this.#consume(written);
        return [];
      }
      default:
        for (const held of given) this.#consume(held);
        return [];
    }
  }

  #call(
    { function: called }: Extract<Operation, { readonly kind: 'moveCall' }>,
    given: readonly Held[],
  ): readonly Held[] {
    const sources = [...new Set(given.filter((held) => held !== 'value'))].sort((a, b) => a - b);
    const conflict = this.#notTransferable(sources);
    if (conflict !== undefined) {
      const place = given.findIndex(
        (held, i) => held === conflict && called.parameters[i]?.by === 'mutableReference',
      );
      throw argumentError({ kind: 'InvalidReferenceArgument' }, place);
    }
    const references = called.results.filter(isReference);
    const made = this.#graph.returned(
      sources,
      references.map(({ by }) => by === 'mutableReference'),
    );
    let next = 0;
    const results = called.results.map(
      (type): Held => (isReference(type) ? (made[next++] ?? 'value') : 'value'),
    );
    for (const held of given) this.#consume(held);
    return results;
  }

  #argument({ form, place }: TypedArgument): Held {
    switch (form.kind) {
      case 'use':
        return this.#use(form.usage, place);
      case 'read':
        this.#consume(this.#use(form.usage, place));
        return 'value';
      case 'freeze': {
        const held = this.#use(form.usage, place);
        if (held === 'value') throw invariantViolation('only references are frozen');
        const frozen = this.#graph.alias(held, false);
        this.#consume(held);
        return frozen;
      }
      case 'borrow': {
        const held = this.#at(form.location, place);
        if (held !== 'value') throw invariantViolation('references are not borrowed');
        return this.#graph.part(this.#root, form.mutable, locationKey(form.location));
      }
    }
  }

  #use(usage: Usage, place: number): Held {
    const { location } = usage;
    if (usage.kind === 'copy') {
      usage.borrowed = this.#isBorrowed(location);
      const held = this.#at(location, place);
      return held === 'value' ? held : this.#graph.alias(held, this.#graph.isMutable(held));
    }
    if (this.#isBorrowed(location)) throw refused('CannotMoveBorrowedValue', place);
    const held = this.#at(location, place);
    this.#held.delete(locationKey(location));
    return held;
  }

  #at(location: Location, place: number): Held {
    const held = this.#held.get(locationKey(location));
    if (held === undefined) throw refused('ArgumentWithoutValue', place);
    return held;
  }

  #consume(held: Held): void {
    if (held !== 'value') this.#graph.release(held);
  }

  #isBorrowed(location: Location): boolean {
    const key = locationKey(location);
    return this.#graph
      .borrowedBy(this.#root)
      .some(([, paths]) => paths.some((path) => startsWith(path, key)));
  }

  /** Nothing but references to the very same extends it. */
  #isWritable(ref: Ref): boolean {
    return this.#graph.borrowedBy(ref).every(([, paths]) => paths.every(isSame));
  }

  /** A reference that cannot be given to a call together with the others. */
  #notTransferable(refs: readonly Ref[]): Ref | undefined {
    const given = new Set(refs);
    for (const ref of refs)
      for (const [borrower, paths] of this.#graph.borrowedBy(ref)) {
        if (!this.#graph.isMutable(ref)) {
          if (given.has(borrower) && this.#graph.isMutable(borrower)) return borrower;
        } else if (paths.some((path) => !isSame(path) || given.has(borrower))) return ref;
      }
    return undefined;
  }
}

function refused(kind: PlainError, place: number): Error {
  return argumentError({ kind }, place);
}
