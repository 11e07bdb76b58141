/** Types of objects, which the chain writes short where they are common (base_types.rs, `MoveObjectType`). */

import type { StructTag, TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import { type Codec, STRUCT_TAG, TYPE_TAG } from './codec';

function named(
  address: string,
  module: string,
  name: string,
  ...typeArguments: TypeTag[]
): StructTag {
  return { kind: 'struct', address: Address.parse(address).bytes, module, name, typeArguments };
}

export const SUI: StructTag = named('0x2', 'sui', 'SUI');
const STAKED_SUI = named('0x3', 'staking_pool', 'StakedSui');

export const coinOf = (currency: TypeTag): StructTag => named('0x2', 'coin', 'Coin', currency);

export const GAS_COIN: StructTag = coinOf(SUI);

export const balanceOf = (currency: TypeTag): StructTag =>
  named('0x2', 'balance', 'Balance', currency);

export const balanceFieldOf = (currency: TypeTag): StructTag =>
  named(
    '0x2',
    'dynamic_field',
    'Field',
    named('0x2', 'accumulator', 'Key', balanceOf(currency)),
    named('0x2', 'accumulator', 'U128'),
  );

export function sameType(left: TypeTag, right: TypeTag): boolean {
  if (left.kind === 'vector')
    return right.kind === 'vector' && sameType(left.element, right.element);
  if (left.kind !== 'struct' || right.kind !== 'struct') return left.kind === right.kind;
  return (
    left.name === right.name &&
    left.module === right.module &&
    left.address.every((byte, i) => byte === right.address[i]) &&
    left.typeArguments.length === right.typeArguments.length &&
    left.typeArguments.every((argument, i) => {
      const other = right.typeArguments[i];
      return other !== undefined && sameType(argument, other);
    })
  );
}

/** The currency of a `0x2::coin::Coin`; undefined for any other type. */
export function coinCurrency(tag: TypeTag): TypeTag | undefined {
  if (tag.kind !== 'struct') return undefined;
  const [currency] = tag.typeArguments;
  return currency !== undefined && sameType(tag, coinOf(currency)) ? currency : undefined;
}

/** The currency of an accumulator's field that keeps an address' balance. */
export function balanceFieldCurrency(tag: StructTag): TypeTag | undefined {
  const [key] = tag.typeArguments;
  const balance = key?.kind === 'struct' ? key.typeArguments[0] : undefined;
  const currency = balance?.kind === 'struct' ? balance.typeArguments[0] : undefined;
  return currency !== undefined && sameType(tag, balanceFieldOf(currency)) ? currency : undefined;
}

const OTHER = 0;
const GAS = 1;
const STAKED = 2;
const COIN = 3;
const SUI_BALANCE = 4;
const BALANCE = 5;
const VARIANTS = 6;

function variantOf(tag: StructTag): { readonly variant: number; readonly currency?: TypeTag } {
  const coin = coinCurrency(tag);
  if (coin !== undefined)
    return sameType(coin, SUI) ? { variant: GAS } : { variant: COIN, currency: coin };
  if (sameType(tag, STAKED_SUI)) return { variant: STAKED };
  const balance = balanceFieldCurrency(tag);
  if (balance === undefined) return { variant: OTHER };
  return sameType(balance, SUI)
    ? { variant: SUI_BALANCE }
    : { variant: BALANCE, currency: balance };
}

export const OBJECT_TYPE: Codec<StructTag> = {
  read: (reader) => {
    const at = reader.position;
    const variant = reader.variant(VARIANTS, 'type of an object');
    const tag =
      variant === OTHER
        ? STRUCT_TAG.read(reader)
        : variant === GAS
          ? GAS_COIN
          : variant === STAKED
            ? STAKED_SUI
            : variant === COIN
              ? coinOf(TYPE_TAG.read(reader))
              : balanceFieldOf(variant === SUI_BALANCE ? SUI : TYPE_TAG.read(reader));
    if (variantOf(tag).variant !== variant)
      throw reader.fail('variant', 'type of an object that has a shorter form', at);
    return tag;
  },
  write: (writer, tag) => {
    const { variant, currency } = variantOf(tag);
    writer.uleb32(variant);
    if (variant === OTHER) STRUCT_TAG.write(writer, tag);
    else if (currency !== undefined) TYPE_TAG.write(writer, currency);
  },
};
