/** Values as commands hand them on: BCS and a type (sui-adapter, execution_value.rs). */
import type { StructTag, TypeTag } from '../../core/types';
import { typeTagText } from '../../core/types';
import { coinCurrency } from '../data';
import type { SuiOwner } from '../state';

export interface ValueType {
  /** With the packages that defined each part. */
  readonly tag: TypeTag;
  /** Text of the tag: equal for equal types. */
  readonly key: string;
  /** Sum of copy 1, drop 2, store 4, key 8. */
  readonly abilities: number;
}

export function valueType(tag: TypeTag, abilities: number): ValueType {
  return { tag, key: typeTagText(tag, 'full'), abilities };
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly type: ValueType & { readonly tag: StructTag };
  readonly hasPublicTransfer: boolean;
  /** Whether a function that is no entry function had it. */
  readonly usedInNonEntry: boolean;
  readonly contents: Uint8Array;
}

export type RawValue =
  /** As the transaction gives it: BCS of whatever it is taken for. */
  | { readonly kind: 'pure'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'raw';
      readonly type: ValueType;
      readonly usedInNonEntry: boolean;
      readonly bytes: Uint8Array;
    };

export interface ReceivingValue {
  readonly kind: 'receiving';
  readonly id: Uint8Array;
  readonly version: bigint;
  /** Key of the type that it was first borrowed as. */
  readonly assigned: string | undefined;
}

export type PtbValue = ObjectValue | RawValue | ReceivingValue;

export interface InputMetadata {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly isMutable: boolean;
  readonly owner: SuiOwner;
  readonly version: bigint;
}

const COPY = 1;

export function isCopyable(value: PtbValue): boolean {
  return value.kind === 'pure' || (value.kind === 'raw' && (value.type.abilities & COPY) !== 0);
}

export function wasUsedInNonEntry(value: PtbValue): boolean {
  return (value.kind === 'object' || value.kind === 'raw') && value.usedInNonEntry;
}

/** BCS; of what is to be received a `0x2::transfer::Receiving`. */
export function bytesOf(value: PtbValue): Uint8Array {
  if (value.kind === 'object') return value.contents;
  if (value.kind !== 'receiving') return value.bytes;
  const bytes = new Uint8Array(ID_LENGTH + AMOUNT_LENGTH);
  bytes.set(value.id);
  new DataView(bytes.buffer).setBigUint64(ID_LENGTH, value.version, true);
  return bytes;
}

const ID_LENGTH = 32;
const AMOUNT_LENGTH = 8;
const COIN_LENGTH = ID_LENGTH + AMOUNT_LENGTH;

export function isCoin({ type }: ObjectValue): boolean {
  return coinCurrency(type.tag) !== undefined;
}

/** Of the contents of a coin, in its smallest unit. Undefined where they are not of a coin's size. */
export function coinBalance(contents: Uint8Array): bigint | undefined {
  if (contents.length !== COIN_LENGTH) return undefined;
  return new DataView(contents.buffer, contents.byteOffset, contents.byteLength).getBigUint64(
    ID_LENGTH,
    true,
  );
}

export function coinContents(id: Uint8Array, balance: bigint): Uint8Array {
  const bytes = new Uint8Array(COIN_LENGTH);
  bytes.set(id.subarray(0, ID_LENGTH));
  new DataView(bytes.buffer).setBigUint64(ID_LENGTH, balance, true);
  return bytes;
}
