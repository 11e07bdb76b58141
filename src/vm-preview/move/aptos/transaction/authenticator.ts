/** Who signed, and how. Source: aptos-core `types/src/transaction/authenticator.rs`. */
import type { Address } from '../../core/values';
import { ADDRESS, blob, type Codec, list, sizedBlob, struct, text, union } from './codec';
import {
  ANY_PUBLIC_KEY,
  ANY_SIGNATURE,
  type AnyPublicKey,
  type AnySignature,
  MAX_KEYS,
  MULTI_KEY,
  type MultiKey,
} from './keys';

/** The Move function that says whether an abstract account's signature holds. */
export interface FunctionInfo {
  readonly address: Address;
  readonly module: string;
  readonly function: string;
}

export type AbstractAuthentication =
  | { readonly kind: 'v1'; readonly digest: Uint8Array; readonly signature: Uint8Array }
  /** Of an account whose address follows from the key and the function. */
  | {
      readonly kind: 'derivable';
      readonly digest: Uint8Array;
      readonly signature: Uint8Array;
      readonly publicKey: Uint8Array;
    };

export type AccountAuthenticator =
  | { readonly kind: 'ed25519'; readonly publicKey: Uint8Array; readonly signature: Uint8Array }
  /** Keys of 32 bytes and the threshold; signatures of 64 bytes and a bitmap of four. */
  | {
      readonly kind: 'multiEd25519';
      readonly publicKey: Uint8Array;
      readonly signature: Uint8Array;
    }
  | {
      readonly kind: 'singleKey';
      readonly publicKey: AnyPublicKey;
      readonly signature: AnySignature;
    }
  | {
      readonly kind: 'multiKey';
      readonly publicKeys: MultiKey;
      readonly signatures: readonly AnySignature[];
      /** Whose they are; the first key's bit is the highest of the first byte. */
      readonly bitmap: Uint8Array;
    }
  /** For simulation. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'abstract';
      readonly function: FunctionInfo;
      readonly authentication: AbstractAuthentication;
    };

export type TransactionAuthenticator =
  | { readonly kind: 'ed25519'; readonly publicKey: Uint8Array; readonly signature: Uint8Array }
  | {
      readonly kind: 'multiEd25519';
      readonly publicKey: Uint8Array;
      readonly signature: Uint8Array;
    }
  | {
      readonly kind: 'multiAgent';
      readonly sender: AccountAuthenticator;
      readonly secondaryAddresses: readonly Address[];
      readonly secondarySigners: readonly AccountAuthenticator[];
    }
  | {
      readonly kind: 'feePayer';
      readonly sender: AccountAuthenticator;
      readonly secondaryAddresses: readonly Address[];
      readonly secondarySigners: readonly AccountAuthenticator[];
      readonly feePayerAddress: Address;
      readonly feePayerSigner: AccountAuthenticator;
    }
  | { readonly kind: 'singleSender'; readonly sender: AccountAuthenticator };

const KEY = 32;
const SIGNATURE = 64;
const BITMAP = 4;

const ED25519 = struct<{ readonly publicKey: Uint8Array; readonly signature: Uint8Array }>({
  publicKey: sizedBlob(KEY, 'ed25519 public key'),
  signature: sizedBlob(SIGNATURE, 'ed25519 signature'),
});

const many = (length: number, each: number, extra: number): boolean =>
  length % each === extra && length >= each && length <= MAX_KEYS * each + extra;

const MULTI_ED25519 = struct<{ readonly publicKey: Uint8Array; readonly signature: Uint8Array }>({
  publicKey: blob('multi-ed25519 public key', (length) => many(length, KEY, 1)),
  signature: blob('multi-ed25519 signature', (length) => many(length, SIGNATURE, BITMAP)),
});

export const FUNCTION_INFO: Codec<FunctionInfo> = struct<FunctionInfo>({
  address: ADDRESS,
  module: text('module of a function'),
  function: text('name of a function'),
});

const AUTHENTICATION = union<AbstractAuthentication>('abstract authentication', [
  ['v1', struct({ digest: blob('digest'), signature: blob('signature') })],
  [
    'derivable',
    struct({ digest: blob('digest'), signature: blob('signature'), publicKey: blob('public key') }),
  ],
]);

export const ACCOUNT_AUTHENTICATOR: Codec<AccountAuthenticator> = union<AccountAuthenticator>(
  'account authenticator',
  [
    ['ed25519', ED25519],
    ['multiEd25519', MULTI_ED25519],
    ['singleKey', struct({ publicKey: ANY_PUBLIC_KEY, signature: ANY_SIGNATURE })],
    [
      'multiKey',
      struct({
        publicKeys: MULTI_KEY,
        signatures: list('signatures', ANY_SIGNATURE, MAX_KEYS),
        bitmap: blob('bitmap of signatures', (length) => length <= MAX_KEYS / 8),
      }),
    ],
    ['none', struct({})],
    ['abstract', struct({ function: FUNCTION_INFO, authentication: AUTHENTICATION })],
  ],
);

const ADDRESSES = list('addresses of secondary signers', ADDRESS);
const SIGNERS = list('secondary signers', ACCOUNT_AUTHENTICATOR);

export const TRANSACTION_AUTHENTICATOR: Codec<TransactionAuthenticator> =
  union<TransactionAuthenticator>('authenticator', [
    ['ed25519', ED25519],
    ['multiEd25519', MULTI_ED25519],
    [
      'multiAgent',
      struct({
        sender: ACCOUNT_AUTHENTICATOR,
        secondaryAddresses: ADDRESSES,
        secondarySigners: SIGNERS,
      }),
    ],
    [
      'feePayer',
      struct({
        sender: ACCOUNT_AUTHENTICATOR,
        secondaryAddresses: ADDRESSES,
        secondarySigners: SIGNERS,
        feePayerAddress: ADDRESS,
        feePayerSigner: ACCOUNT_AUTHENTICATOR,
      }),
    ],
    ['singleSender', struct({ sender: ACCOUNT_AUTHENTICATOR })],
  ]);

/** The signers' authenticators by part; secondary ones are as many as their addresses where valid. */
export interface Signers {
  readonly sender: AccountAuthenticator;
  readonly secondaryAddresses: readonly Address[];
  readonly secondarySigners: readonly AccountAuthenticator[];
  readonly feePayerAddress: Address | undefined;
  readonly feePayerSigner: AccountAuthenticator | undefined;
}

export function signersOf(authenticator: TransactionAuthenticator): Signers {
  const noPayer = { feePayerAddress: undefined, feePayerSigner: undefined };
  const alone = { secondaryAddresses: [], secondarySigners: [], ...noPayer };
  switch (authenticator.kind) {
    case 'ed25519':
    case 'multiEd25519':
      return { sender: authenticator, ...alone };
    case 'singleSender':
      return { sender: authenticator.sender, ...alone };
    case 'multiAgent':
      return { ...authenticator, ...noPayer };
    case 'feePayer':
      return authenticator;
  }
}
