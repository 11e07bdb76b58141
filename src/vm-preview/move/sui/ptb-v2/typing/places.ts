/** Where arguments find their values, and of what types those are (typing/translate.rs `Context`). */
import type { CommandArgumentError } from '../../data';
import { argumentError, invariantViolation } from '../../execution/error';
import type { ValueType } from '../../execution/value';
import type { LoadedInput, LoadedObject } from '../loading/load';
import { byValue, type PtbType } from '../loading/ptb-type';
import type { LoadedWithdrawal } from '../loading/withdrawal';
import {
  type BytesConstraint,
  GAS_COIN_LOCATION,
  type Location,
  type PlainArgument,
  type PureInput,
  type ReceivingInput,
} from './ast';

export interface Place {
  readonly location: Location;
  readonly type: PtbType;
}

/** What an argument names: bytes have no place before they have a type. */
export type Named =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'bytes'; readonly input: number };

/** An input, of which bytes are given a place for each type that is asked of them. */
type Input =
  | { readonly kind: 'place'; readonly place: Place }
  | {
      readonly kind: 'bytes';
      readonly given: Extract<LoadedInput, { kind: 'pure' | 'receiving' }>;
    };

export class Places {
  readonly objects: LoadedObject[] = [];
  readonly withdrawals: LoadedWithdrawal[] = [];
  readonly pure: PureInput[] = [];
  readonly receiving: ReceivingInput[] = [];
  /** Index of the command whose arguments are looked at. */
  command = 0;
  /** Commands before the transaction's own, whose results it does not know. */
  shift = 0;
  readonly #inputs: Input[];
  readonly #results: (readonly PtbType[])[] = [];
  readonly #typed = new Map<string, Place>();

  constructor(
    inputs: readonly LoadedInput[],
    private readonly gasCoin: ValueType,
  ) {
    this.#inputs = inputs.map((input): Input => {
      if (input.kind === 'pure' || input.kind === 'receiving')
        return { kind: 'bytes', given: input };
      const inputsOfKind: (LoadedObject | LoadedWithdrawal)[] =
        input.kind === 'object' ? this.objects : this.withdrawals;
      inputsOfKind.push(input);
      const location = { kind: input.kind, index: inputsOfKind.length - 1 } as const;
      return { kind: 'place', place: { location, type: byValue(input.type) } };
    });
  }

  /** Where an input that withdraws is. */
  withdrawal(input: number): {
    readonly location: Location;
    readonly withdrawal: LoadedWithdrawal;
  } {
    const found = this.#inputs[input];
    const location = found?.kind === 'place' ? found.place.location : undefined;
    const withdrawal =
      location?.kind === 'withdrawal' ? this.withdrawals[location.index] : undefined;
    if (location === undefined || withdrawal === undefined)
      throw invariantViolation(`input ${input} does not withdraw`);
    return { location, withdrawal };
  }

  /** Has arguments that name an input find something else. */
  replace(input: number, place: Place): void {
    this.#inputs[input] = { kind: 'place', place };
  }

  /** Bytes that are no input. */
  addPure(bytes: Uint8Array, type: ValueType): Location {
    this.pure.push({ bytes, type, constraint: { command: 0, argument: 0 } });
    return { kind: 'pure', index: this.pure.length - 1 };
  }

  addResults(types: readonly PtbType[]): void {
    this.#results.push(types);
  }

  /** @param place - of the argument in its command. @throws ExecutionError CommandArgumentError */
  named(argument: PlainArgument, place: number): Named {
    const refuse = (error: CommandArgumentError): Error => argumentError(error, place);
    switch (argument.kind) {
      case 'gasCoin':
        return named(GAS_COIN_LOCATION, byValue(this.gasCoin));
      case 'input': {
        const { index } = argument;
        const input = this.#inputs[index];
        if (input === undefined) throw refuse({ kind: 'IndexOutOfBounds', index });
        return input.kind === 'place' ? input : { kind: 'bytes', input: index };
      }
      case 'nestedResult': {
        const { index, nested } = argument;
        const command = index + this.shift;
        const results = this.#results[command];
        if (results === undefined) throw refuse({ kind: 'IndexOutOfBounds', index });
        const type = results[nested];
        if (type === undefined) throw refuse({ kind: 'SecondaryIndexOutOfBounds', index, nested });
        return named({ kind: 'result', command, index: nested }, type);
      }
      case 'result': {
        const { index } = argument;
        const command = index + this.shift;
        const results = this.#results[command];
        if (results === undefined) throw refuse({ kind: 'IndexOutOfBounds', index });
        const [only, more] = results;
        if (only === undefined || more !== undefined)
          throw refuse({ kind: 'InvalidResultArity', index });
        return named({ kind: 'result', command, index: 0 }, only);
      }
    }
  }

  /** @param asked - type that bytes are taken for */
  resolve(found: Named, asked: ValueType, argument: number): Place {
    if (found.kind === 'place') return found.place;
    const key = `${found.input} ${asked.key}`;
    const known = this.#typed.get(key);
    if (known !== undefined) return known;
    const place = this.#place(found.input, asked, { command: this.command, argument });
    this.#typed.set(key, place);
    return place;
  }

  #place(input: number, type: ValueType, constraint: BytesConstraint): Place {
    const found = this.#inputs[input];
    if (found?.kind !== 'bytes') throw invariantViolation(`input ${input} is not bytes`);
    const { given } = found;
    if (given.kind === 'pure') {
      this.pure.push({ bytes: given.bytes, type, constraint });
      return { location: { kind: 'pure', index: this.pure.length - 1 }, type: byValue(type) };
    }
    this.receiving.push({ ref: given.ref, type, constraint });
    const index = this.receiving.length - 1;
    return { location: { kind: 'receiving', index }, type: byValue(type) };
  }
}

function named(location: Location, type: PtbType): Named {
  return { kind: 'place', place: { location, type } };
}
