import { BcsError } from '../../../core/bcs';
import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { layoutOf } from '../layout';
import { typeArgument } from '../values';

const FROM_BYTES = 0x1_0001n;

const fromBytes = (context: NativeContext): Native => {
  const { basePlus } = pricesOf(context, 'aptos_framework');
  return ({ args: [bytes], typeArguments, loader }) => {
    const type = typeArgument(typeArguments);
    const { hasDelayedFields } = layoutOf(context, loader.types, type);
    const data = asBytes(bytes);
    basePlus('util.from_bytes.base', 'util.from_bytes.per_byte', data.length);
    // Neither is ever made from bytes.
    if (hasDelayedFields || type.kind === 'signer') throw aborted(FROM_BYTES);
    try {
      return [loader.codec.decode(data, type)];
    } catch (error) {
      throw error instanceof BcsError ? aborted(FROM_BYTES) : error;
    }
  };
};

/** One native in two modules: 0x1::util is the older. */
export const fromBcsNatives = (context: NativeContext) =>
  new Map(
    ['0x1::util', '0x1::from_bcs'].flatMap((module) => [
      ...nativesOf(module, { from_bytes: fromBytes(context) }),
    ]),
  );
