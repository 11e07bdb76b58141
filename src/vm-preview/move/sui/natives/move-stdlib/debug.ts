import { type NativeRegistry, nativesOf } from '../../../core/runtime';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';

/** 0x1::debug, which validators do not print (move-stdlib-natives, debug.rs). */
export function debugNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  return nativesOf('0x1::debug', {
    print: () => {
      charge({ debug_print_base_cost: 1 });
      return [];
    },
    print_stack_trace: () => {
      charge({ debug_print_stack_trace_base_cost: 1 });
      return [];
    },
  });
}
