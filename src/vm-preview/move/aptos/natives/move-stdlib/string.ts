import { STRING } from '../../../core/natives/string';
import { type Native, nativesOf } from '../../../core/runtime';
import { asBytes, asInteger, asReference, type Value } from '../../../core/values';
import { type Charge, priced, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';

const lengthOf = (bytes: Value | undefined): number => asBytes(asReference(bytes).get()).length;

/** What is paid when the result is known: the place that was searched up to. */
const INDEX_OF = '0x1::string::internal_index_of';

export const stringNatives = (context: NativeContext) => {
  const { base, basePlus, each } = pricesOf(context, 'move_stdlib');
  const subString: Charge = ({ args: [, start, end] }) => {
    base('string.sub_string.base');
    const length = BigInt(asInteger(end)) - BigInt(asInteger(start));
    // What ends before it starts aborts in the native.
    if (length >= 0n) each('string.sub_string.per_byte', length);
  };
  const search = STRING.get(INDEX_OF);
  if (search === undefined) throw new TypeError(`there is no native ${INDEX_OF}`);
  const indexOf: Native = (call) => {
    base('string.index_of.base');
    const length = lengthOf(call.args[1]);
    each('string.index_of.per_byte_pattern', length);
    context.host.charge((length + lengthOf(call.args[0])) * HOST_COST.searchByte);
    const results = search(call);
    if (Array.isArray(results)) each('string.index_of.per_byte_searched', asInteger(results[0]));
    return results;
  };
  return new Map([
    ...priced(STRING, '0x1::string', {
      internal_check_utf8: ({ args: [bytes] }) =>
        basePlus('string.check_utf8.base', 'string.check_utf8.per_byte', lengthOf(bytes)),
      internal_is_char_boundary: () => base('string.is_char_boundary.base'),
      internal_sub_string: subString,
    }),
    ...nativesOf('0x1::string', { internal_index_of: indexOf }),
  ]);
};
