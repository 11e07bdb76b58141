import { sha3_256 } from '@noble/hashes/sha3.js';
import { nativesOf } from '../../../core/runtime';
import { Address, asAddress } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { layoutOf } from '../layout';
import { typeArgument } from '../values';

/** `Scheme::DeriveObjectAddressFromObject` (authenticator.rs). */
const DERIVED_FROM_OBJECT = 0xfc;

export const objectNatives = (context: NativeContext) => {
  const { base, basePlus } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::object', {
    exists_at: ({ args: [address], typeArguments, loader }) => {
      base('object.exists_at.base');
      const type = typeArgument(typeArguments);
      layoutOf(context, loader.types, type);
      const found = context.resources.exists(asAddress(address), type);
      if (found.loadedBytes !== undefined)
        basePlus(
          'object.exists_at.per_item_loaded',
          'object.exists_at.per_byte_loaded',
          found.loadedBytes,
        );
      return [found.exists];
    },
    create_user_derived_object_address_impl: ({ args: [source, derivedFrom] }) => {
      base('object.user_derived_address.base');
      const parts = [asAddress(source).bytes, asAddress(derivedFrom).bytes];
      const preimage = Uint8Array.from([
        ...parts.flatMap((part) => [...part]),
        DERIVED_FROM_OBJECT,
      ]);
      return [Address.fromBytes(sha3_256(preimage))];
    },
  });
};
