/** 0x1::ed25519. Source: aptos-core `natives/cryptography/ed25519.rs`, `aptos-crypto/src/ed25519`. */
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import {
  decompressEdwards,
  ED25519_PUBLIC_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  hasCanonicalScalar,
  verifyStrict,
} from '../../../crypto/ed25519';
import type { NativeContext } from '../context';
import { charger } from './charge';
import { HOST_COST } from './host-cost';

const E_WRONG_PUBKEY_SIZE = 1n;
/** ED25519_PUBKEY_VALIDATE_RETURN_FALSE_WRONG_LENGTH */
const WRONG_LENGTH_IS_FALSE = 14;

export function ed25519Natives(context: NativeContext): NativeRegistry {
  const charge = charger(context);
  return nativesOf('0x1::ed25519', {
    public_key_validate_internal: ({ args: [key] }) => {
      const bytes = asBytes(key);
      charge({ 'signature.base': 1, 'signature.per_pubkey_deserialize': 1 });
      if (bytes.length !== ED25519_PUBLIC_KEY_BYTES) {
        if (context.features.isEnabled(WRONG_LENGTH_IS_FALSE)) return [false];
        throw aborted(E_WRONG_PUBKEY_SIZE);
      }
      context.host.charge(HOST_COST.ed25519Decompress);
      const point = decompressEdwards(bytes);
      if (point === undefined) return [false];
      charge({ 'signature.per_pubkey_small_order_check': 1 });
      context.host.charge(HOST_COST.ed25519SmallOrder);
      return [!point.isSmallOrder()];
    },

    signature_verify_strict_internal: ({ args: [signatureValue, keyValue, messageValue] }) => {
      const [signature, key, message] = [
        asBytes(signatureValue),
        asBytes(keyValue),
        asBytes(messageValue),
      ];
      charge({ 'signature.base': 1 });
      charge({ 'signature.per_pubkey_deserialize': 1 });
      if (key.length !== ED25519_PUBLIC_KEY_BYTES) return [false];
      context.host.charge(HOST_COST.ed25519Decompress);
      const point = decompressEdwards(key);
      if (point === undefined) return [false];
      charge({ 'signature.per_sig_deserialize': 1 });
      if (signature.length !== ED25519_SIGNATURE_BYTES || !hasCanonicalScalar(signature))
        return [false];
      charge({
        'signature.per_sig_strict_verify': 1,
        'signature.per_msg_hashing_base': 1,
        'signature.per_msg_byte_hashing': message.length,
      });
      context.host.charge(HOST_COST.ed25519Verify + message.length * HOST_COST.hashByte);
      return [verifyStrict(key, point, message, signature)];
    },
  });
}
