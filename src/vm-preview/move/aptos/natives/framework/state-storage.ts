import { nativesOf } from '../../../core/runtime';
import { integer, Struct } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';

export const stateStorageNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::state_storage', {
    get_state_storage_usage_only_at_epoch_beginning: () => {
      base('state_storage.get_usage.base');
      const { items, bytes } = context.resources.usage();
      return [new Struct([integer(items), integer(bytes)])];
    },
  });
};
