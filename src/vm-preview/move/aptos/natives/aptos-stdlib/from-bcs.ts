import { BcsError } from '../../../core/bcs';
import { aborted, MoveError, type Native, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { layoutOf } from '../layout';
import { typeArgument } from '../values';

const FROM_BYTES = 0x1_0001n;

/** Function values can be nested deeper than their type says. */
function isTooDeep(error: unknown): boolean {
  return error instanceof MoveError && error.status === 'VM_MAX_VALUE_DEPTH_REACHED';
}

const fromBytes = (context: NativeContext): Native => {
  const { basePlus } = pricesOf(context, 'aptos_framework');
  return ({ args: [bytes], typeArguments, loader }) => {
    const type = typeArgument(typeArguments);
    const { hasDelayedFields } = layoutOf(context, loader.types, type);
    const data = asBytes(bytes);
    basePlus('util.from_bytes.base', 'util.from_bytes.per_byte', data.length);
    context.host.charge(data.length * HOST_COST.decodeByte);
    // Neither is ever made from bytes.
    if (hasDelayedFields || type.kind === 'signer') throw aborted(FROM_BYTES);
    try {
      return [loader.codec.decode(data, type)];
    } catch (error) {
      throw error instanceof BcsError || isTooDeep(error) ? aborted(FROM_BYTES) : error;
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
