import { BCS } from '../../../core/natives/bcs';
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';

const TO_BYTES = '0x1::bcs::to_bytes';

/** 0x1::bcs (move-stdlib-natives, bcs.rs). */
export function bcsNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  const encode = BCS.get(TO_BYTES);
  if (encode === undefined) throw new TypeError(`there is no native ${TO_BYTES}`);
  const toBytes: Native = (call) => {
    const results = encode(call);
    if (!Array.isArray(results)) return results;
    const { length } = asBytes(results[0]);
    const least = Number(context.protocol.number('bcs_legacy_min_output_size_cost') ?? 0n);
    charge({ bcs_per_byte_serialized_cost: Math.max(length, least) });
    context.host.charge(length * HOST_COST.encodeByte);
    return results;
  };
  return nativesOf('0x1::bcs', { to_bytes: toBytes });
}
