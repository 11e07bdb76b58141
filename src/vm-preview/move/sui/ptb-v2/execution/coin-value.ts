/** `0x2::coin::Coin<T>` as a value: `{ id: UID { id: ID { bytes } }, balance: Balance { value } }`. */
import { Datatype, Loader, moduleId, primitive, type Type } from '../../../core/loader';
import { SUI_VM } from '../../../core/runtime';
import {
  Address,
  asAddress,
  asInteger,
  asStruct,
  integer,
  type Reference,
  Struct,
  type Value,
} from '../../../core/values';
import type { Id } from '../../linkage';
import type { Shape } from './shapes';

const BALANCE = 1;

export function coinValue(id: Id, balance: bigint): Value {
  const uid = new Struct([new Struct([Address.parse(id)])]);
  return new Struct([uid, new Struct([integer(balance)])]);
}

export function coinId(coin: Value): Id {
  return asAddress(asStruct(asStruct(asStruct(coin).fields[0]).fields[0]).fields[0]).hex;
}

export function balanceOf(coin: Value): bigint {
  return BigInt(asInteger(asStruct(asStruct(coin).fields[BALANCE]).fields[0]));
}

/** Through a reference, as the Move function would. */
export function setBalance(coin: Reference, balance: bigint): void {
  asStruct(asStruct(coin.get()).fields[BALANCE]).fields[0] = integer(balance);
  coin.touch();
}

/**
 * Stands for a coin of any currency, of which the type says nothing about its values: so a coin is paid with
 * without the framework being loaded.
 */
export const COIN_SHAPE: Shape = coinShape();

function coinShape(): Shape {
  const loader = new Loader({ module: () => null }, SUI_VM);
  const struct = (module: string, name: string, fields: Readonly<Record<string, Type>>) => {
    const id = moduleId(Address.parse('0x2'), module);
    const datatype = new Datatype(`${id.key}::${name}`, id, name, () => ({
      kind: 'struct',
      fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
    }));
    return loader.types.datatype(datatype, []);
  };
  const uid = struct('object', 'UID', {
    id: struct('object', 'ID', { bytes: primitive('address') }),
  });
  const balance = struct('balance', 'Balance', { value: primitive('u64') });
  return { loader, type: struct('coin', 'Coin', { id: uid, balance }) };
}
