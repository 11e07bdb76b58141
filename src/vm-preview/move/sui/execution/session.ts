/** One run of a transaction's commands: its values, and what goes in and out of the Move VM. */
import type { FunctionInstance, Type } from '../../core/loader';
import type { StructTag } from '../../core/types';
import { SlotReference, type Value } from '../../core/values';
import { coinCurrency } from '../data';
import type { ArgumentStore } from './arguments';
import { invariantViolation } from './error';
import { MoveSession, type SessionParts } from './move-session';
import { coinBalance, type ObjectValue, valueType } from './value';

export type { SessionParts } from './move-session';

/** An object that a command sends away. */
export interface Transfer {
  readonly to: Uint8Array;
  readonly object: ObjectValue;
}

export interface CallOutput {
  /** BCS of what each mutable reference refers to now, by the argument's place. */
  readonly mutated: ReadonlyMap<number, Uint8Array>;
  readonly results: readonly Uint8Array[];
}

export class Session extends MoveSession {
  readonly transfers: Transfer[] = [];

  constructor(
    parts: SessionParts,
    readonly values: ArgumentStore,
  ) {
    super(parts);
  }

  /**
   * Runs a function.
   *
   * @param args - BCS, one for each parameter
   * @throws MoveError, CannotPreview, and where state is missing
   */
  run(
    instance: FunctionInstance,
    parameters: readonly Type[],
    resultTypes: readonly Type[],
    args: readonly Uint8Array[],
  ): CallOutput {
    const { loader } = instance.definition.owner;
    const slots = new Map<number, SlotReference>();
    const values = parameters.map((type, i): Value => {
      const bytes = args[i];
      if (bytes === undefined) throw invariantViolation('a call without all arguments');
      if (type.kind !== 'reference') return loader.codec.decode(bytes, type);
      const slot = new SlotReference([loader.codec.decode(bytes, type.to)], 0, undefined);
      if (type.mutable) slots.set(i, slot);
      return slot;
    });
    const results = this.call(instance, values);
    const encode = (value: Value | undefined, type: Type): Uint8Array => {
      if (value === undefined) throw invariantViolation('a call without all results');
      return loader.codec.encode(value, type);
    };
    return {
      mutated: new Map(
        [...slots].map(([i, slot]) => {
          const type = parameters[i];
          if (type?.kind !== 'reference') throw invariantViolation('lost mutable input');
          return [i, encode(slot.get(), type.to)];
        }),
      ),
      results: resultTypes.map((type, i) => encode(results[i], type)),
    };
  }

  /** An object as commands hand it on. @throws ExecutionError for a coin that is none */
  objectValue(tag: StructTag, usedInNonEntry: boolean, contents: Uint8Array): ObjectValue {
    const { abilities } = coinCurrency(tag) === undefined ? this.linkage.load(tag) : COIN;
    if (coinCurrency(tag) !== undefined && coinBalance(contents) === undefined)
      throw invariantViolation('Could not deserialize a coin');
    return {
      kind: 'object',
      type: { ...valueType(tag, abilities), tag },
      hasPublicTransfer: (abilities & STORE) !== 0,
      usedInNonEntry,
      contents,
    };
  }
}

const STORE = 4;
const KEY = 8;
/** `0x2::coin::Coin` of any currency. */
const COIN = { abilities: STORE | KEY };
