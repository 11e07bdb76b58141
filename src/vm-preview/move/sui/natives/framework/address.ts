import { ADDRESS_LENGTH } from '../../../core/format/limits';
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { Address, asAddress, asBytes, asInteger, integer } from '../../../core/values';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';

const PARSE_ERROR = 0n;

/** 0x2::address (sui-move-natives, address.rs). */
export function addressNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  return nativesOf('0x2::address', {
    from_bytes: ({ args: [bytes] }) => {
      charge({ address_from_bytes_cost_base: 1 });
      const taken = asBytes(bytes);
      if (taken.length !== ADDRESS_LENGTH) throw aborted(PARSE_ERROR);
      return [Address.fromBytes(taken)];
    },
    to_u256: ({ args: [address] }) => {
      charge({ address_to_u256_cost_base: 1 });
      return [integer(BigInt(`0x${asAddress(address).hex}`))];
    },
    from_u256: ({ args: [number] }) => {
      charge({ address_from_u256_cost_base: 1 });
      return [Address.parse(asInteger(number).toString(16))];
    },
  });
}
