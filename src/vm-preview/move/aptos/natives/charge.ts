import type { Native, NativeCall, NativeRegistry } from '../../core/runtime';
import type { NativeContext } from './context';

/** Charges by the names of one table; what the chain charges in one expression is charged at once. */
export interface Prices {
  base(name: string): void;
  /** `base + each * count` */
  basePlus(base: string, each: string, count: number | bigint): void;
  each(name: string, count: number | bigint): void;
}

/** @param table - of the gas schedule: `move_stdlib`, `aptos_framework`, `table` */
export function pricesOf({ gas }: NativeContext, table: string): Prices {
  const price = (name: string): bigint => gas.price(`${table}.${name}`);
  return {
    base: (name) => gas.charge(price(name)),
    basePlus: (base, each, count) => gas.charge(price(base) + price(each) * BigInt(count)),
    each: (name, count) => gas.charge(price(name) * BigInt(count)),
  };
}

/** Pays for a call before it is carried out. @throws MoveError, also where the chain refuses first */
export type Charge = (call: NativeCall) => void;

/** Natives that know no price, each paid for first. @param charges - by the native's name */
export function priced(
  natives: NativeRegistry,
  module: string,
  charges: Readonly<Record<string, Charge>>,
): NativeRegistry {
  return new Map(
    Object.entries(charges).map(([name, charge]): [string, Native] => {
      const key = `${module}::${name}`;
      const native = natives.get(key);
      if (native === undefined) throw new TypeError(`there is no native ${key}`);
      return [
        key,
        (call) => {
          charge(call);
          return native(call);
        },
      ];
    }),
  );
}
