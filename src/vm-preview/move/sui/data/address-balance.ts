/**
 * What an address has outside of objects: a dynamic field of the accumulator's root for each currency
 * (sui-types, accumulator_root.rs; sui-framework, accumulator.move).
 */
import { BcsReader, BcsWriter } from '../../core/bcs';
import type { StructTag, TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import { dynamicFieldId } from '../natives/object-id';
import type { SuiObject } from '../state';
import { balanceFieldCurrency, balanceFieldOf, balanceOf, sameType } from './object-type';

/** `0xacc`, the object under which all of them are. */
export const ACCUMULATOR_ROOT: Uint8Array = Address.parse('0xacc').bytes;

export interface AddressBalance {
  readonly owner: Uint8Array;
  /** `T` of `0x2::balance::Balance<T>`. */
  readonly currency: TypeTag;
  /** Of the smallest unit; a u128. */
  readonly value: bigint;
}

const keyOf = (type: TypeTag): StructTag => ({
  kind: 'struct',
  address: Address.parse('0x2').bytes,
  module: 'accumulator',
  name: 'Key',
  typeArguments: [type],
});

/**
 * Id of what the accumulator keeps for an address.
 *
 * @param type - what is kept, e.g. `0x2::balance::Balance<0x2::sui::SUI>`, with defining packages
 */
export function accumulatorFieldId(owner: Uint8Array, type: TypeTag): Uint8Array {
  return dynamicFieldId(ACCUMULATOR_ROOT, keyOf(type), owner);
}

export function addressBalanceId(owner: Uint8Array, currency: TypeTag): Uint8Array {
  return accumulatorFieldId(owner, balanceOf(currency));
}

const ID_LENGTH = 32;

/** Undefined for an object that keeps no balance. @throws BcsError */
export function parseAddressBalance({ data, owner }: SuiObject): AddressBalance | undefined {
  if (data.kind !== 'move' || owner.kind !== 'object') return undefined;
  if (!owner.parent.every((byte, i) => byte === ACCUMULATOR_ROOT[i])) return undefined;
  const currency = balanceFieldCurrency(data.type);
  if (currency === undefined) return undefined;
  const reader = new BcsReader(data.contents);
  reader.take(ID_LENGTH, 'id of a field');
  const address = reader.take(ID_LENGTH, 'owner of a balance').slice();
  const value = reader.u128('balance');
  reader.end('balance');
  return { owner: address, currency, value };
}

/** As the field is stored. */
export function addressBalanceObject(
  { owner, currency, value }: AddressBalance,
  stamp: Pick<SuiObject, 'version' | 'previousTransaction' | 'storageRebate'>,
): SuiObject {
  const id = addressBalanceId(owner, currency);
  return {
    ...stamp,
    id,
    data: {
      kind: 'move',
      type: balanceFieldOf(currency),
      hasPublicTransfer: false,
      contents: new BcsWriter().bytes(id).bytes(owner).u128(value).finish(),
    },
    owner: { kind: 'object', parent: ACCUMULATOR_ROOT },
  };
}

/** The currency of a `0x2::balance::Balance`; undefined for any other type. */
export function balanceCurrency(tag: TypeTag): TypeTag | undefined {
  if (tag.kind !== 'struct') return undefined;
  const [currency] = tag.typeArguments;
  return currency !== undefined && sameType(tag, balanceOf(currency)) ? currency : undefined;
}
