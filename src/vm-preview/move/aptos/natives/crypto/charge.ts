import { CannotPreview } from '../../../../errors';
import type { NativeContext } from '../context';

/**
 * Charges prices at once, each so many times. Names are those of the on-chain schedule under
 * `aptos_framework`, or begin with `move_stdlib.`.
 *
 * @throws MoveError OUT_OF_GAS
 */
export type Charge = (costs: Readonly<Record<string, number>>) => void;

export function charger({ gas }: NativeContext): Charge {
  return (costs) => {
    let amount = 0n;
    for (const [name, count] of Object.entries(costs)) {
      const full = name.startsWith('move_stdlib.') ? name : `aptos_framework.${name}`;
      amount += gas.price(full) * BigInt(count);
    }
    gas.charge(amount);
  };
}

/** What the framework's own code rules out, and the chain would end with an internal error or a panic. */
export function unforeseen(what: string): CannotPreview {
  return new CannotPreview('aptos-crypto-invariant', `${what} that the framework never passes`);
}
