import { HASH } from '../../../core/natives/hash';
import { asBytes } from '../../../core/values';
import { type Charge, priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';

export const hashNatives = (context: NativeContext) => {
  const { basePlus } = pricesOf(context, 'move_stdlib');
  const perByte =
    (name: string): Charge =>
    ({ args: [data] }) => {
      const { length } = asBytes(data);
      basePlus(`hash.${name}.base`, `hash.${name}.per_byte`, length);
      context.host.charge(length * HOST_COST.hashByte);
    };
  return priced(HASH, '0x1::hash', {
    sha2_256: perByte('sha2_256'),
    sha3_256: perByte('sha3_256'),
  });
};
