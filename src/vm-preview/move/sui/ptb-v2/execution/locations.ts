/** Places of values while commands run: each holds one until it is taken (execution/context.rs, values.rs). */
import { copyValue, SlotReference, type Slots, type Value } from '../../../core/values';
import { invariantViolation } from '../../execution/error';
import type { Location, PureInput, ReceivingInput } from '../typing/ast';

/** Makes the value of bytes when they are first used. */
export interface ByteInputs {
  pure(input: PureInput): Value;
  receiving(input: ReceivingInput): Value;
}

export interface InitialValues {
  readonly txContext: Value;
  /** Undefined where gas is not paid from a coin. */
  readonly gasCoin: Value | undefined;
  readonly objects: readonly Value[];
  readonly withdrawals: readonly Value[];
  readonly pure: readonly PureInput[];
  readonly receiving: readonly ReceivingInput[];
}

export class Locations {
  readonly #txContext: Slots;
  readonly #gasCoin: Slots;
  readonly #objects: Slots;
  readonly #withdrawals: Slots;
  readonly #pure: Slots;
  readonly #receiving: Slots;
  readonly #results: Slots[] = [];

  constructor(
    private readonly initial: InitialValues,
    private readonly bytes: ByteInputs,
  ) {
    this.#txContext = [initial.txContext];
    this.#gasCoin = [initial.gasCoin];
    this.#objects = [...initial.objects];
    this.#withdrawals = [...initial.withdrawals];
    this.#pure = initial.pure.map(() => undefined);
    this.#receiving = initial.receiving.map(() => undefined);
  }

  /** Results of a command; undefined for one that nothing uses. */
  addResults(results: Slots): void {
    this.#results.push(results);
  }

  move(location: Location): Value {
    const { slots, index } = this.#filled(location);
    const value = present(slots[index]);
    slots[index] = undefined;
    return value;
  }

  copy(location: Location): Value {
    const { slots, index } = this.#filled(location);
    return copyValue(present(slots[index]));
  }

  borrow(location: Location): SlotReference {
    const { slots, index } = this.#filled(location);
    present(slots[index]);
    return new SlotReference(slots, index, undefined);
  }

  /** What an object that is an input is at the end; undefined where it was taken. */
  object(index: number): Value | undefined {
    return this.#objects[index];
  }

  get gasCoin(): Value | undefined {
    return this.#gasCoin[0];
  }

  #filled(location: Location): { readonly slots: Slots; readonly index: number } {
    const place = this.#slots(location);
    const { slots, index } = place;
    if (slots[index] !== undefined) return place;
    if (location.kind === 'pure') {
      const input = this.initial.pure[index];
      if (input !== undefined) slots[index] = this.bytes.pure(input);
    } else if (location.kind === 'receiving') {
      const input = this.initial.receiving[index];
      if (input !== undefined) slots[index] = this.bytes.receiving(input);
    }
    return place;
  }

  #slots(location: Location): { readonly slots: Slots; readonly index: number } {
    switch (location.kind) {
      case 'txContext':
        return { slots: this.#txContext, index: 0 };
      case 'gasCoin':
        return { slots: this.#gasCoin, index: 0 };
      case 'object':
        return { slots: this.#objects, index: location.index };
      case 'withdrawal':
        return { slots: this.#withdrawals, index: location.index };
      case 'pure':
        return { slots: this.#pure, index: location.index };
      case 'receiving':
        return { slots: this.#receiving, index: location.index };
      case 'result':
        return { slots: present(this.#results[location.command]), index: location.index };
    }
  }
}

/** What verification has seen to is there. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw invariantViolation('a place without a value');
  return value;
}
