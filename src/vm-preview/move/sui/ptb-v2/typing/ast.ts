/** A transaction whose arguments are typed: where each value is, and how it is taken (typing/ast.rs). */
import type { ObjectRef, Argument as PlainArgument, Command as PlainCommand } from '../../data';
import type { ValueType } from '../../execution/value';
import type { Id } from '../../linkage';
import type { Conversion } from '../conversions';
import type { LoadedFunction } from '../loading/functions';
import type { LoadedObject } from '../loading/load';
import type { PtbType } from '../loading/ptb-type';
import type { LoadedWithdrawal } from '../loading/withdrawal';

export type { PlainArgument };

/** A place that holds a value. Indices of inputs are those among inputs of their kind. */
export type Location =
  | { readonly kind: 'txContext' | 'gasCoin' }
  | {
      readonly kind: 'object' | 'withdrawal' | 'pure' | 'receiving';
      readonly index: number;
    }
  | { readonly kind: 'result'; readonly command: number; readonly index: number };

export const TX_CONTEXT_LOCATION: Location = { kind: 'txContext' };
export const GAS_COIN_LOCATION: Location = { kind: 'gasCoin' };

/** Equal for equal places. */
export function locationKey(location: Location): string {
  switch (location.kind) {
    case 'txContext':
    case 'gasCoin':
      return location.kind;
    case 'result':
      return `result ${location.command} ${location.index}`;
    default:
      return `${location.kind} ${location.index}`;
  }
}

/** How a value leaves its place. Passes make the last copy a move. */
export class Usage {
  /** Of a copy: whether a reference to the place was there at the time. Found by memory safety. */
  borrowed: boolean | undefined;

  constructor(
    public kind: 'move' | 'copy',
    readonly location: Location,
  ) {}
}

export type ArgumentForm =
  | { readonly kind: 'use'; readonly usage: Usage }
  /** What a reference refers to. */
  | { readonly kind: 'read'; readonly usage: Usage }
  /** A mutable reference as an immutable one. */
  | { readonly kind: 'freeze'; readonly usage: Usage }
  | { readonly kind: 'borrow'; readonly mutable: boolean; readonly location: Location };

export interface TypedArgument {
  /** Among the command's arguments. */
  readonly place: number;
  readonly form: ArgumentForm;
  /** That the command takes it as. */
  readonly type: PtbType;
}

export function locationOf({ form }: TypedArgument): Location {
  return form.kind === 'borrow' ? form.location : form.usage.location;
}

/** The argument that first asked for bytes to be of a type. */
export interface BytesConstraint {
  readonly command: number;
  readonly argument: number;
}

export interface PureInput {
  readonly bytes: Uint8Array;
  readonly type: ValueType;
  readonly constraint: BytesConstraint;
}

export interface ReceivingInput {
  readonly ref: ObjectRef;
  readonly type: ValueType;
  readonly constraint: BytesConstraint;
}

type Plain<K extends PlainCommand['kind']> = Extract<PlainCommand, { readonly kind: K }>;

export type Operation =
  | {
      readonly kind: 'moveCall';
      readonly function: LoadedFunction;
      readonly args: readonly TypedArgument[];
    }
  | {
      readonly kind: 'transferObjects';
      readonly objects: readonly TypedArgument[];
      readonly recipient: TypedArgument;
    }
  | {
      readonly kind: 'splitCoins';
      readonly coin: TypedArgument;
      readonly amounts: readonly TypedArgument[];
    }
  | {
      readonly kind: 'mergeCoins';
      readonly target: TypedArgument;
      readonly coins: readonly TypedArgument[];
    }
  | {
      readonly kind: 'makeMoveVec';
      readonly element: ValueType;
      readonly elements: readonly TypedArgument[];
    }
  | { readonly kind: 'publish'; readonly command: Plain<'publish'> }
  | {
      readonly kind: 'upgrade';
      readonly command: Plain<'upgrade'>;
      readonly ticket: TypedArgument;
    };

export interface TypedCommand {
  readonly operation: Operation;
  readonly results: readonly PtbType[];
  /** By result: whether it can be dropped and nothing uses it. */
  drops: readonly boolean[];
  /** Shared objects that it takes by value. */
  consumedShared: readonly Id[];
}

export interface TypedTransaction {
  readonly objects: readonly LoadedObject[];
  readonly withdrawals: readonly LoadedWithdrawal[];
  readonly pure: readonly PureInput[];
  readonly receiving: readonly ReceivingInput[];
  readonly commands: TypedCommand[];
  /** Commands that come before the transaction's own, in their order. */
  readonly conversions: readonly Conversion[];
}

/** In the order in which they are taken. */
export function argumentsOf(operation: Operation): readonly TypedArgument[] {
  switch (operation.kind) {
    case 'moveCall':
      return operation.args;
    case 'transferObjects':
      return [...operation.objects, operation.recipient];
    case 'splitCoins':
      return [operation.coin, ...operation.amounts];
    case 'mergeCoins':
      return [operation.target, ...operation.coins];
    case 'makeMoveVec':
      return operation.elements;
    case 'publish':
      return [];
    case 'upgrade':
      return [operation.ticket];
  }
}
