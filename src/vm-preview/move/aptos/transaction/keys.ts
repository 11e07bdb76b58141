/** Public keys and signatures of all schemes. Source: aptos-core `types/src/transaction/authenticator.rs`. */
import { type Codec, list, sizedBlob, struct, u8, union } from './codec';
import {
  FEDERATED_KEYLESS_PUBLIC_KEY,
  type FederatedKeylessPublicKey,
  KEYLESS_PUBLIC_KEY,
  KEYLESS_SIGNATURE,
  type KeylessPublicKey,
  type KeylessSignature,
  WEB_AUTHN_SIGNATURE,
  type WebAuthnSignature,
} from './keyless';

export type AnyPublicKey =
  | { readonly kind: 'ed25519'; readonly key: Uint8Array }
  /** Not compressed, 65 bytes. */
  | { readonly kind: 'secp256k1'; readonly key: Uint8Array }
  | { readonly kind: 'secp256r1'; readonly key: Uint8Array }
  | { readonly kind: 'keyless'; readonly key: KeylessPublicKey }
  | { readonly kind: 'federatedKeyless'; readonly key: FederatedKeylessPublicKey }
  | { readonly kind: 'slhDsa'; readonly key: Uint8Array };

export type AnySignature =
  | { readonly kind: 'ed25519'; readonly signature: Uint8Array }
  | { readonly kind: 'secp256k1'; readonly signature: Uint8Array }
  | { readonly kind: 'webAuthn'; readonly signature: WebAuthnSignature }
  | { readonly kind: 'keyless'; readonly signature: KeylessSignature }
  | { readonly kind: 'slhDsa'; readonly signature: Uint8Array };

export interface MultiKey {
  readonly keys: readonly AnyPublicKey[];
  readonly required: number;
}

/** Keys, and signatures, that one authenticator may have (`MAX_NUM_OF_SIGS`). */
export const MAX_KEYS = 32;

/** SLH-DSA-SHA2-128s of FIPS 205. */
const SLH_DSA = { key: 32, signature: 7856 };

export const ANY_PUBLIC_KEY: Codec<AnyPublicKey> = union<AnyPublicKey>('public key', [
  ['ed25519', struct({ key: sizedBlob(32, 'ed25519 public key') })],
  ['secp256k1', struct({ key: sizedBlob(65, 'secp256k1 public key') })],
  ['secp256r1', struct({ key: sizedBlob(65, 'secp256r1 public key') })],
  ['keyless', struct({ key: KEYLESS_PUBLIC_KEY })],
  ['federatedKeyless', struct({ key: FEDERATED_KEYLESS_PUBLIC_KEY })],
  ['slhDsa', struct({ key: sizedBlob(SLH_DSA.key, 'SLH-DSA public key') })],
]);

export const ANY_SIGNATURE: Codec<AnySignature> = union<AnySignature>('signature', [
  ['ed25519', struct({ signature: sizedBlob(64, 'ed25519 signature') })],
  ['secp256k1', struct({ signature: sizedBlob(64, 'secp256k1 signature') })],
  ['webAuthn', struct({ signature: WEB_AUTHN_SIGNATURE })],
  ['keyless', struct({ signature: KEYLESS_SIGNATURE })],
  ['slhDsa', struct({ signature: sizedBlob(SLH_DSA.signature, 'SLH-DSA signature') })],
]);

export const MULTI_KEY: Codec<MultiKey> = struct<MultiKey>({
  keys: list('public keys', ANY_PUBLIC_KEY, MAX_KEYS),
  required: u8('signatures required'),
});
