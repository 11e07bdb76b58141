import { STRING } from '../../../core/natives/string';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asInteger } from '../../../core/values';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { asU64, bytesAt } from '../values';

const END_BEFORE_START = 1n;

/** The native without a price. */
function unpriced(name: string): Native {
  const native = STRING.get(`0x1::string::${name}`);
  if (native === undefined) throw new TypeError(`there is no native ${name}`);
  return native;
}

/** 0x1::string (move-stdlib-natives, string.rs). */
export function stringNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  const [isUtf8, isBoundary] = ['internal_check_utf8', 'internal_is_char_boundary'].map(unpriced);
  const [subString, indexOf] = ['internal_sub_string', 'internal_index_of'].map(unpriced);
  if (!isUtf8 || !isBoundary || !subString || !indexOf) throw new TypeError('a native is missing');
  return nativesOf('0x1::string', {
    internal_check_utf8: (call) => {
      const { length } = bytesAt(call.args[0]);
      charge({ string_check_utf8_base_cost: 1, string_check_utf8_per_byte_cost: length });
      return isUtf8(call);
    },
    internal_is_char_boundary: (call) => {
      charge({ string_is_char_boundary_base_cost: 1 });
      return isBoundary(call);
    },
    internal_sub_string: (call) => {
      charge({ string_sub_string_base_cost: 1 });
      const length = asU64(call.args[2]) - asU64(call.args[1]);
      if (length < 0n) throw aborted(END_BEFORE_START);
      // The base is charged twice.
      charge({ string_sub_string_base_cost: 1, string_sub_string_per_byte_cost: length });
      return subString(call);
    },
    internal_index_of: (call) => {
      charge({ string_index_of_base_cost: 1 });
      const pattern = bytesAt(call.args[1]).length;
      charge({ string_index_of_per_byte_pattern_cost: pattern });
      context.host.charge((pattern + bytesAt(call.args[0]).length) * HOST_COST.searchByte);
      const results = indexOf(call);
      if (Array.isArray(results))
        charge({ string_index_of_per_byte_searched_cost: asInteger(results[0]) });
      return results;
    },
  });
}
