/** Keys and signatures of accounts without a key of their own. Source: `types/src/keyless`. */
import type { Address } from '../../core/values';
import {
  ADDRESS,
  blob,
  type Codec,
  fixed,
  option,
  sizedBlob,
  struct,
  text,
  u64,
  union,
} from './codec';

export interface KeylessPublicKey {
  readonly issuer: string;
  /** Commitment to the identity, 32 bytes as a rule. */
  readonly identityCommitment: Uint8Array;
}

export interface FederatedKeylessPublicKey {
  /** Where the issuer's keys are published. */
  readonly jwkAddress: Address;
  readonly key: KeylessPublicKey;
}

export interface WebAuthnSignature {
  readonly signature: AssertionSignature;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJson: Uint8Array;
}

export interface AssertionSignature {
  readonly kind: 'secp256r1';
  readonly signature: Uint8Array;
}

export type EphemeralPublicKey =
  | { readonly kind: 'ed25519'; readonly key: Uint8Array }
  | { readonly kind: 'secp256r1'; readonly key: Uint8Array };

export type EphemeralSignature =
  | { readonly kind: 'ed25519'; readonly signature: Uint8Array }
  | { readonly kind: 'webAuthn'; readonly assertion: WebAuthnSignature };

export interface Groth16Proof {
  readonly kind: 'groth16';
  /** Compressed points of BN254. */
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly c: Uint8Array;
}

export type EphemeralCertificate =
  | {
      readonly kind: 'zeroKnowledge';
      readonly proof: Groth16Proof;
      readonly expiryHorizonSecs: bigint;
      readonly extraField: string | undefined;
      readonly overrideAudience: string | undefined;
      readonly trainingWheelsSignature: EphemeralSignature | undefined;
    }
  | {
      readonly kind: 'openId';
      readonly jwtSignature: Uint8Array;
      readonly jwtPayloadJson: string;
      readonly uidKey: string;
      readonly ephemeralKeyBlinder: Uint8Array;
      readonly pepper: Uint8Array;
      readonly audience: string | undefined;
    };

export interface KeylessSignature {
  readonly certificate: EphemeralCertificate;
  readonly jwtHeaderJson: string;
  readonly expirySecs: bigint;
  readonly ephemeralPublicKey: EphemeralPublicKey;
  readonly ephemeralSignature: EphemeralSignature;
}

const PEPPER_LENGTH = 31;

export const KEYLESS_PUBLIC_KEY: Codec<KeylessPublicKey> = struct<KeylessPublicKey>({
  issuer: text('issuer'),
  identityCommitment: blob('identity commitment'),
});

export const FEDERATED_KEYLESS_PUBLIC_KEY: Codec<FederatedKeylessPublicKey> =
  struct<FederatedKeylessPublicKey>({ jwkAddress: ADDRESS, key: KEYLESS_PUBLIC_KEY });

export const WEB_AUTHN_SIGNATURE: Codec<WebAuthnSignature> = struct<WebAuthnSignature>({
  signature: union<AssertionSignature>('assertion signature', [
    ['secp256r1', struct({ signature: sizedBlob(64, 'secp256r1 signature') })],
  ]),
  authenticatorData: blob('authenticator data'),
  clientDataJson: blob('client data'),
});

const EPHEMERAL_PUBLIC_KEY = union<EphemeralPublicKey>('ephemeral public key', [
  ['ed25519', struct({ key: sizedBlob(32, 'ed25519 public key') })],
  ['secp256r1', struct({ key: sizedBlob(65, 'secp256r1 public key') })],
]);

const EPHEMERAL_SIGNATURE = union<EphemeralSignature>('ephemeral signature', [
  ['ed25519', struct({ signature: sizedBlob(64, 'ed25519 signature') })],
  ['webAuthn', struct({ assertion: WEB_AUTHN_SIGNATURE })],
]);

const PROOF = union<Groth16Proof>('proof', [
  [
    'groth16',
    struct({
      a: fixed(32, 'point of G1'),
      b: fixed(64, 'point of G2'),
      c: fixed(32, 'point of G1'),
    }),
  ],
]);

const CERTIFICATE = union<EphemeralCertificate>('ephemeral certificate', [
  [
    'zeroKnowledge',
    struct({
      proof: PROOF,
      expiryHorizonSecs: u64('expiry horizon'),
      extraField: option('extra field', text('extra field')),
      overrideAudience: option('audience', text('audience')),
      trainingWheelsSignature: option('training wheels signature', EPHEMERAL_SIGNATURE),
    }),
  ],
  [
    'openId',
    struct({
      jwtSignature: blob('JWT signature'),
      jwtPayloadJson: text('JWT payload'),
      uidKey: text('uid key'),
      ephemeralKeyBlinder: blob('blinder'),
      pepper: fixed(PEPPER_LENGTH, 'pepper'),
      audience: option('audience', text('audience')),
    }),
  ],
]);

export const KEYLESS_SIGNATURE: Codec<KeylessSignature> = struct<KeylessSignature>({
  certificate: CERTIFICATE,
  jwtHeaderJson: text('JWT header'),
  expirySecs: u64('expiry'),
  ephemeralPublicKey: EPHEMERAL_PUBLIC_KEY,
  ephemeralSignature: EPHEMERAL_SIGNATURE,
});
