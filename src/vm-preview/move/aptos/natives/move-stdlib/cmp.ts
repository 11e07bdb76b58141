import { CMP } from '../../../core/natives/cmp';
import { asReference } from '../../../core/values';
import { priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';

export const cmpNatives = (context: NativeContext) => {
  const { basePlus } = pricesOf(context, 'move_stdlib');
  return priced(CMP, '0x1::cmp', {
    compare: ({ args: [left, right] }) =>
      basePlus(
        'cmp.compare.base',
        'cmp.compare.per_abs_val_unit',
        context.gas.valueSize(asReference(left).get()) +
          context.gas.valueSize(asReference(right).get()),
      ),
  });
};
