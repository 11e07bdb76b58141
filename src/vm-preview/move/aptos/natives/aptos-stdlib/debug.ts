import { nativesOf } from '../../../core/runtime';
import { stringValue } from '../values';

/** A node prints nothing: these do something in unit tests only, and cost nothing (debug.rs). */
export const debugNatives = () =>
  nativesOf('0x1::debug', {
    native_print: () => [],
    native_stack_trace: () => [stringValue('')],
    print: () => [],
    print_stack_trace: () => [],
  });
