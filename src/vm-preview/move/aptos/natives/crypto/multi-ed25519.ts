/**
 * 0x1::multi_ed25519. Source: aptos-core `natives/cryptography/multi_ed25519.rs`,
 * `aptos-crypto/src/multi_ed25519.rs`.
 */
import { type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';
import {
  decompressEdwards,
  ED25519_PUBLIC_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  type EdwardsPoint,
  hasCanonicalScalar,
  verifyStrict,
} from '../../../crypto/ed25519';
import type { NativeContext } from '../context';
import { type Charge, charger } from './charge';
import { HOST_COST } from './host-cost';

const MAX_KEYS = 32;
const BITMAP_BYTES = 4;

/** As many whole chunks as there are. */
function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

/** `check_and_get_threshold`: the keys of `k1 … kn ‖ threshold`. */
function parseKeys(
  bytes: Uint8Array,
): { readonly keys: readonly Uint8Array[]; readonly threshold: number } | undefined {
  const keys = chunks(bytes, ED25519_PUBLIC_KEY_BYTES);
  const threshold = bytes[bytes.length - 1] ?? 0;
  const isWhole = bytes.length % ED25519_PUBLIC_KEY_BYTES === 1;
  if (!isWhole || keys.length === 0 || keys.length > MAX_KEYS) return undefined;
  return threshold === 0 || threshold > keys.length ? undefined : { keys, threshold };
}

/** `s1 … sn ‖ bitmap`, the places of the signers, the highest bit of the first byte for key 0. */
function parseSignatures(
  bytes: Uint8Array,
): { readonly signatures: readonly Uint8Array[]; readonly signers: readonly number[] } | undefined {
  const signatures = chunks(bytes, ED25519_SIGNATURE_BYTES);
  const isWhole = bytes.length % ED25519_SIGNATURE_BYTES === BITMAP_BYTES;
  if (!isWhole || signatures.length === 0 || signatures.length > MAX_KEYS) return undefined;
  const bitmap = bytes.subarray(bytes.length - BITMAP_BYTES);
  const signers = Array.from({ length: MAX_KEYS }, (_, place) => place).filter(
    (place) => ((bitmap[place >> 3] ?? 0) & (0x80 >> (place & 7))) !== 0,
  );
  if (signers.length !== signatures.length) return undefined;
  return signatures.every(hasCanonicalScalar) ? { signatures, signers } : undefined;
}

/** How many are valid before the first that is not. */
function countValid(keys: readonly Uint8Array[], context: NativeContext, charge: Charge): number {
  let valid = 0;
  for (const key of keys) {
    charge({
      'signature.per_pubkey_deserialize': 1,
      'signature.per_pubkey_small_order_check': 1,
    });
    context.host.charge(HOST_COST.ed25519Decompress + HOST_COST.ed25519SmallOrder);
    const point = decompressEdwards(key);
    if (point === undefined || point.isSmallOrder()) break;
    valid++;
  }
  return valid;
}

export function multiEd25519Natives(context: NativeContext): NativeRegistry {
  const charge = charger(context);

  function decompressAll(keys: readonly Uint8Array[]): EdwardsPoint[] | undefined {
    context.host.charge(keys.length * HOST_COST.ed25519Decompress);
    const points = keys.flatMap((key) => decompressEdwards(key) ?? []);
    return points.length === keys.length ? points : undefined;
  }

  return nativesOf('0x1::multi_ed25519', {
    /** Looks at no threshold; kept for its old behaviour. */
    public_key_validate_internal: ({ args: [value] }) => {
      const keys = chunks(asBytes(value), ED25519_PUBLIC_KEY_BYTES);
      charge({ 'signature.base': 1 });
      if (keys.length > MAX_KEYS) return [false];
      return [countValid(keys, context, charge) === keys.length];
    },

    public_key_validate_v2_internal: ({ args: [value] }) => {
      const bytes = asBytes(value);
      charge({ 'signature.base': 1 });
      const parsed = parseKeys(bytes);
      if (parsed === undefined) return [false];
      return [countValid(parsed.keys, context, charge) === parsed.keys.length];
    },

    signature_verify_strict_internal: ({ args: [signatureValue, keyValue, messageValue] }) => {
      const [signature, key, message] = [
        asBytes(signatureValue),
        asBytes(keyValue),
        asBytes(messageValue),
      ];
      charge({ 'signature.base': 1 });
      const keyCount = Math.floor(key.length / ED25519_PUBLIC_KEY_BYTES);
      const signatureCount = Math.floor(signature.length / ED25519_SIGNATURE_BYTES);
      charge({ 'signature.per_pubkey_deserialize': keyCount });
      const parsed = parseKeys(key);
      const points = parsed && decompressAll(parsed.keys);
      if (parsed === undefined || points === undefined) return [false];
      charge({ 'signature.per_sig_deserialize': signatureCount });
      const signed = parseSignatures(signature);
      if (signed === undefined) return [false];
      charge({
        'signature.per_sig_strict_verify': signatureCount,
        'signature.per_msg_hashing_base': signatureCount,
        'signature.per_msg_byte_hashing': message.length * signatureCount,
      });
      const { signatures, signers } = signed;
      if (signers.some((place) => place >= points.length)) return [false];
      if (signers.length < parsed.threshold) return [false];
      return [
        signers.every((place, i) => {
          const [keyBytes, point, one] = [parsed.keys[place], points[place], signatures[i]];
          if (keyBytes === undefined || point === undefined || one === undefined) return false;
          context.host.charge(HOST_COST.ed25519Verify + message.length * HOST_COST.hashByte);
          return verifyStrict(keyBytes, point, message, one);
        }),
      ];
    },
  });
}
