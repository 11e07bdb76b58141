/**
 * Inputs and results of commands: each can be copied, taken, or borrowed for one command (sui-adapter,
 * programmable_transactions/context.rs).
 */
import type { Argument, CommandArgumentError } from '../data';
import { argumentError, invariantViolation } from './error';
import { bytesOf, type InputMetadata, isCopyable, type ObjectValue, type PtbValue } from './value';

type Usage = 'borrow' | 'borrowMut' | 'value';

interface Slot {
  /** Of an object that the transaction names; undefined for all others. */
  readonly metadata: InputMetadata | undefined;
  /** Undefined once it is taken. */
  value: PtbValue | undefined;
  lastUsage: Usage | undefined;
}

export interface InputSlot {
  readonly metadata?: InputMetadata;
  readonly value?: PtbValue;
}

export interface ResultSlot {
  readonly value: PtbValue | undefined;
  readonly lastUsage: Usage | undefined;
}

export interface ArgumentRules {
  readonly allowsSharedByValue: boolean;
  /** Whether all arguments of a command are looked up before any is used (`normalize_ptb_arguments`). */
  readonly normalizes: boolean;
}

/** An error of an argument whose place in the command is not said yet. */
class SlotError extends Error {
  constructor(readonly reason: CommandArgumentError) {
    super(reason.kind);
  }
}

const refuse = (kind: Exclude<CommandArgumentError, { index: number }>['kind']): SlotError =>
  new SlotError({ kind });

export type CommandName = 'moveCall' | 'transferObjects' | 'other';

export class ArgumentStore {
  readonly #gas: Slot;
  readonly #inputs: readonly Slot[];
  readonly #results: Slot[][] = [];
  /** By the argument's text, true where mutably. Ends with the command. */
  readonly #borrowed = new Map<string, boolean>();

  constructor(
    gas: InputSlot,
    inputs: readonly InputSlot[],
    private readonly rules: ArgumentRules,
  ) {
    this.#gas = slotOf(gas);
    this.#inputs = inputs.map(slotOf);
  }

  /**
   * A command's arguments as they are looked up: a result that is one value is the same as its first part.
   * Before the protocol had this each was looked up when it was used.
   *
   * @throws ExecutionError CommandArgumentError
   */
  normalized(args: readonly Argument[]): readonly Argument[] {
    if (!this.rules.normalizes) return args;
    return args.map((argument, place) => {
      located(place, () => this.#slot(argument));
      return argument.kind === 'result'
        ? { kind: 'nestedResult', index: argument.index, nested: 0 }
        : argument;
    });
  }

  /** Copies what can be copied, takes what cannot. @throws ExecutionError CommandArgumentError */
  byValue(command: CommandName, place: number, argument: Argument): PtbValue {
    return located(place, () => this.#byValue(command, argument));
  }

  objectByValue(command: CommandName, place: number, argument: Argument): ObjectValue {
    return located(place, () => asObject(this.#byValue(command, argument)));
  }

  u64(place: number, argument: Argument): bigint {
    return located(place, () => {
      const bytes = primitive(this.#byValue('other', argument), 'u64', 8);
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
    });
  }

  address(place: number, argument: Argument): Uint8Array {
    return located(place, () =>
      primitive(this.#byValue('transferObjects', argument), 'address', 32),
    );
  }

  /** To be given back by `restore` before the command ends. */
  borrowMut(place: number, argument: Argument): PtbValue {
    return located(place, () => this.#borrowMut(argument));
  }

  borrowObjectMut(place: number, argument: Argument): ObjectValue {
    return located(place, () => asObject(this.#borrowMut(argument)));
  }

  /** @param type - key of what the parameter refers to */
  borrow(place: number, argument: Argument, type: string): PtbValue {
    return located(place, () => {
      const key = keyOf(argument);
      if (this.#borrowed.get(key) === true) throw refuse('InvalidValueUsage');
      this.#borrowed.set(key, false);
      const slot = this.#use(argument, 'borrow');
      if (slot.value === undefined) throw refuse('InvalidValueUsage');
      // What is to be received gets its type from how it is first used.
      if (slot.value.kind === 'receiving' && slot.value.assigned === undefined)
        slot.value = { ...slot.value, assigned: type };
      return slot.value;
    });
  }

  restore(argument: Argument, value: PtbValue): void {
    const key = keyOf(argument);
    if (this.#borrowed.get(key) !== true)
      throw invariantViolation('restores what was not borrowed');
    this.#borrowed.delete(key);
    const slot = this.#slot(argument);
    if (slot.value !== undefined && !isCopyable(slot.value))
      throw invariantViolation('restores what was not taken');
    slot.value = value;
  }

  endCommand(results: readonly PtbValue[]): void {
    if ([...this.#borrowed.values()].includes(true))
      throw invariantViolation('all mut borrows should be restored');
    this.#borrowed.clear();
    this.#results.push(
      results.map((value) => ({ metadata: undefined, value, lastUsage: undefined })),
    );
  }

  /** Inputs, then the gas coin. */
  get inputs(): readonly Slot[] {
    return [...this.#inputs, this.#gas];
  }

  get results(): readonly (readonly ResultSlot[])[] {
    return this.#results;
  }

  #byValue(command: CommandName, argument: Argument): PtbValue {
    const isBorrowed = this.#borrowed.has(keyOf(argument));
    const slot = this.#use(argument, 'value');
    const { value, metadata } = slot;
    if (value === undefined) throw refuse('InvalidValueUsage');
    const copies = isCopyable(value);
    if (!copies && isBorrowed) throw refuse('InvalidValueUsage');
    if (argument.kind === 'gasCoin' && command !== 'transferObjects')
      throw refuse('InvalidGasCoinUsage');
    if (metadata !== undefined && !this.#mayBeTaken(metadata)) throw refuse('InvalidObjectByValue');
    if (!copies) slot.value = undefined;
    return value;
  }

  #mayBeTaken({ owner, isMutable }: InputMetadata): boolean {
    if (owner.kind === 'immutable') return false;
    if (owner.kind === 'shared' && !this.rules.allowsSharedByValue) return false;
    return isMutable;
  }

  #borrowMut(argument: Argument): PtbValue {
    const key = keyOf(argument);
    if (this.#borrowed.has(key)) throw refuse('InvalidValueUsage');
    this.#borrowed.set(key, true);
    const slot = this.#use(argument, 'borrowMut');
    const { value, metadata } = slot;
    if (value === undefined) throw refuse('InvalidValueUsage');
    if (metadata !== undefined && !metadata.isMutable) throw refuse('InvalidObjectByMutRef');
    if (!isCopyable(value)) slot.value = undefined;
    return value;
  }

  #use(argument: Argument, usage: Usage): Slot {
    const slot = this.#slot(argument);
    slot.lastUsage = usage;
    return slot;
  }

  #slot(argument: Argument): Slot {
    switch (argument.kind) {
      case 'gasCoin':
        return this.#gas;
      case 'input':
        return needed(this.#inputs[argument.index], argument.index);
      case 'result': {
        const [only, more] = needed(this.#results[argument.index], argument.index);
        if (only === undefined || more !== undefined)
          throw new SlotError({ kind: 'InvalidResultArity', index: argument.index });
        return only;
      }
      case 'nestedResult': {
        const { index, nested } = argument;
        const slot = needed(this.#results[index], index)[nested];
        if (slot === undefined)
          throw new SlotError({ kind: 'SecondaryIndexOutOfBounds', index, nested });
        return slot;
      }
    }
  }
}

function slotOf({ metadata, value }: InputSlot): Slot {
  return { metadata, value, lastUsage: undefined };
}

/** A result and the same one by its nested index are two, as on the chain. */
function keyOf(argument: Argument): string {
  switch (argument.kind) {
    case 'gasCoin':
      return 'gas';
    case 'nestedResult':
      return `nested ${argument.index} ${argument.nested}`;
    default:
      return `${argument.kind} ${argument.index}`;
  }
}

function needed<T>(entry: T | undefined, index: number): T {
  if (entry === undefined) throw new SlotError({ kind: 'IndexOutOfBounds', index });
  return entry;
}

function asObject(value: PtbValue): ObjectValue {
  if (value.kind !== 'object') throw refuse('TypeMismatch');
  return value;
}

/** BCS of a value of a primitive type, which for these two has one length. */
function primitive(value: PtbValue, type: string, length: number): Uint8Array {
  if (value.kind !== 'pure' && (value.kind !== 'raw' || value.type.key !== type))
    throw refuse('TypeMismatch');
  const bytes = bytesOf(value);
  if (bytes.length !== length) throw refuse('InvalidBCSBytes');
  return bytes;
}

function located<T>(place: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SlotError) throw argumentError(error.reason, place);
    throw error;
  }
}
