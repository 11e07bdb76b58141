/** 0x2::ed25519 and 0x2::bls12381 (sui-move-natives, crypto/ed25519.rs and crypto/bls12381.rs). */
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { isValid, readG1, readG2, verifyMinPk, verifyMinSig } from '../../../crypto/bls-signature';
import {
  ED25519_PUBLIC_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  verifyZip215,
} from '../../../crypto/ed25519';
import { blocks, charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { bytesAt } from '../values';

const ED25519_BLOCK = 128;
const BLS_BLOCK = 64;
/** Messages are signed in the group of the signature. */
export const DST_G1 = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
export const DST_G2 = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_';

interface Scheme {
  readonly price: string;
  readonly block: number;
  /** Microseconds. */
  readonly cost: number;
  verify(signature: Uint8Array, key: Uint8Array, message: Uint8Array): boolean;
}

const ED25519: Scheme = {
  price: 'ed25519_ed25519_verify',
  block: ED25519_BLOCK,
  cost: HOST_COST.ed25519Verify,
  verify: (signature, key, message) =>
    signature.length === ED25519_SIGNATURE_BYTES &&
    key.length === ED25519_PUBLIC_KEY_BYTES &&
    verifyZip215(key, message, signature),
};

const MIN_SIG: Scheme = {
  price: 'bls12381_bls12381_min_sig_verify',
  block: BLS_BLOCK,
  cost: HOST_COST.blsVerify,
  verify: (signatureBytes, keyBytes, message) => {
    const [signature, key] = [readG1(signatureBytes), readG2(keyBytes)];
    if (signature === undefined || key === undefined || !isValid(key)) return false;
    return verifyMinSig(signature, key, message, DST_G1);
  },
};

const MIN_PK: Scheme = {
  price: 'bls12381_bls12381_min_pk_verify',
  block: BLS_BLOCK,
  cost: HOST_COST.blsVerify,
  verify: (signatureBytes, keyBytes, message) => {
    const [signature, key] = [readG2(signatureBytes), readG1(keyBytes)];
    if (signature === undefined || key === undefined || !isValid(key)) return false;
    return verifyMinPk(signature, [{ key, message }], DST_G2);
  },
};

export function signatureNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const verify =
    ({ price, block, cost, verify: isSigned }: Scheme): Native =>
    ({ args: [signature, key, messageReference] }) => {
      charge({ [`${price}_cost_base`]: 1 });
      const message = bytesAt(messageReference);
      charge({
        [`${price}_msg_cost_per_byte`]: message.length,
        [`${price}_msg_cost_per_block`]: blocks(message.length, block),
      });
      context.host.charge(cost + message.length * HOST_COST.hashByte);
      return [isSigned(bytesAt(signature), bytesAt(key), message)];
    };
  return new Map([
    ...nativesOf('0x2::ed25519', { ed25519_verify: verify(ED25519) }),
    ...nativesOf('0x2::bls12381', {
      bls12381_min_sig_verify: verify(MIN_SIG),
      bls12381_min_pk_verify: verify(MIN_PK),
    }),
  ]);
}
