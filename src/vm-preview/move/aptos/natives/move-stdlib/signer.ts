import { SIGNER } from '../../../core/natives/signer';
import { priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';

export const signerNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'move_stdlib');
  return priced(SIGNER, '0x1::signer', {
    borrow_address: () => base('signer.borrow_address.base'),
  });
};
