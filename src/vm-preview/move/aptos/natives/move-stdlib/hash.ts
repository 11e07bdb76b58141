import { HASH } from '../../../core/natives/hash';
import { asBytes } from '../../../core/values';
import { type Charge, priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';

export const hashNatives = (context: NativeContext) => {
  const { basePlus } = pricesOf(context, 'move_stdlib');
  const perByte =
    (name: string): Charge =>
    ({ args: [data] }) =>
      basePlus(`hash.${name}.base`, `hash.${name}.per_byte`, asBytes(data).length);
  return priced(HASH, '0x1::hash', {
    sha2_256: perByte('sha2_256'),
    sha3_256: perByte('sha3_256'),
  });
};
