/**
 * Private entry functions take nothing that other functions had in their hands: as it was before cliques
 * took its place (verify/move_functions.rs of mid 2025, which no public network ran).
 */
import { argumentError } from '../../execution/error';
import {
  argumentsOf,
  type Location,
  locationKey,
  locationOf,
  type Operation,
  type TypedArgument,
  type TypedCommand,
} from '../typing/ast';

export class EntryTaint {
  readonly #dirty = new Set<string>();

  /** @throws ExecutionError CommandArgumentError */
  use(command: TypedCommand, index: number): void {
    if (!this.#taints(command)) return;
    for (const j of command.results.keys())
      this.#mark({ kind: 'result', command: index, index: j });
  }

  /** Whether the results are dirty. */
  #taints({ operation }: TypedCommand): boolean {
    switch (operation.kind) {
      case 'moveCall':
        this.#call(operation);
        return true;
      case 'splitCoins': {
        const isDirty = this.#any(argumentsOf(operation));
        if (isDirty) this.#markBorrowed(operation.coin);
        return isDirty;
      }
      case 'mergeCoins':
        if (this.#any(operation.coins)) this.#markBorrowed(operation.target);
        return false;
      case 'makeMoveVec':
        return this.#any(operation.elements);
      default:
        return false;
    }
  }

  #call({ function: called, args }: Extract<Operation, { readonly kind: 'moveCall' }>): void {
    const { isEntry, visibility } = called.instance.definition;
    if (!isEntry) for (const argument of args) this.#markBorrowed(argument);
    if (!isEntry || visibility !== 'private') return;
    const place = args.findIndex((argument) => this.#isDirty(argument));
    if (place >= 0) throw argumentError({ kind: 'InvalidArgumentToPrivateEntryFunction' }, place);
  }

  #any(args: readonly TypedArgument[]): boolean {
    return args.some((argument) => this.#isDirty(argument));
  }

  #isDirty(argument: TypedArgument): boolean {
    return this.#dirty.has(locationKey(locationOf(argument)));
  }

  #markBorrowed({ form }: TypedArgument): void {
    if (form.kind === 'borrow' && form.mutable && form.location.kind !== 'txContext')
      this.#mark(form.location);
  }

  #mark(location: Location): void {
    this.#dirty.add(locationKey(location));
  }
}
