import { MEM } from '../../../core/natives/mem';
import { aborted } from '../../../core/runtime';
import { priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { FEATURE } from '../versions';

/** `error::unavailable(EFEATURE_NOT_ENABLED)` */
const FEATURE_NOT_ENABLED = 0xd_0001n;

export const memNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'move_stdlib');
  return priced(MEM, '0x1::mem', {
    swap: () => {
      if (!context.features.isEnabled(FEATURE.nativeMemoryOperations))
        throw aborted(FEATURE_NOT_ENABLED);
      base('mem.swap.base');
    },
  });
};
