/** 0x1::secp256k1. Source: aptos-core `natives/cryptography/secp256k1.rs`. */
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, asInteger, ByteVector } from '../../../core/values';
import { SECP256K1 } from '../../../crypto/ecdsa';
import type { NativeContext } from '../context';
import { charger } from './charge';
import { HOST_COST } from './host-cost';

/** `error::invalid_argument(1)` */
const NFE_DESERIALIZE = 0x01_0001n;
const MESSAGE_BYTES = 32;
const RECOVERY_IDS = 4;

export function secp256k1Natives(context: NativeContext): NativeRegistry {
  const charge = charger(context);
  return nativesOf('0x1::secp256k1', {
    ecdsa_recover_internal: ({ args: [messageValue, recoveryValue, signatureValue] }) => {
      const [message, recoveryId] = [asBytes(messageValue), Number(asInteger(recoveryValue))];
      const bytes = asBytes(signatureValue);
      charge({ 'secp256k1.base': 1 });
      const signature = SECP256K1.parseSignature(bytes);
      if (message.length !== MESSAGE_BYTES || recoveryId >= RECOVERY_IDS || signature === undefined)
        throw aborted(NFE_DESERIALIZE);
      charge({ 'secp256k1.ecdsa_recover': 1 });
      context.host.charge(HOST_COST.secp256k1Recover);
      const key = SECP256K1.recover(message, signature, recoveryId)?.toBytes(false).subarray(1);
      return [new ByteVector(key ?? new Uint8Array(0)), key !== undefined];
    },
  });
}
