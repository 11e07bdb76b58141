/** Authenticators as a node's JSON has them. Source: aptos-core `api/types/src/transaction.rs`. */
import { toHex } from '../../../src/chains/hex';
import type {
  AccountAuthenticator,
  AnyPublicKey,
  AnySignature,
  TransactionAuthenticator,
} from '../../../src/vm-preview/move/aptos/transaction';
import type { Json } from '../../json';

const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;

export function signatureJson(authenticator: TransactionAuthenticator): Json {
  switch (authenticator.kind) {
    case 'ed25519':
    case 'multiEd25519':
      return accountSignature(authenticator);
    case 'singleSender':
      return accountSignature(authenticator.sender);
    case 'multiAgent':
      return { type: 'multi_agent_signature', ...several(authenticator) };
    case 'feePayer':
      return {
        type: 'fee_payer_signature',
        ...several(authenticator),
        fee_payer_address: authenticator.feePayerAddress.toString(),
        fee_payer_signer: accountSignature(authenticator.feePayerSigner),
      };
  }
}

function several({
  secondaryAddresses,
  secondarySigners,
  sender,
}: Extract<TransactionAuthenticator, { kind: 'multiAgent' | 'feePayer' }>) {
  return {
    sender: accountSignature(sender),
    secondary_signer_addresses: secondaryAddresses.map(String),
    secondary_signers: secondarySigners.map(accountSignature),
  };
}

function accountSignature(authenticator: AccountAuthenticator): Json {
  switch (authenticator.kind) {
    case 'ed25519':
      return {
        type: 'ed25519_signature',
        public_key: hex(authenticator.publicKey),
        signature: hex(authenticator.signature),
      };
    case 'multiEd25519': {
      const { publicKey, signature } = authenticator;
      return {
        type: 'multi_ed25519_signature',
        public_keys: parts(publicKey.subarray(0, -1), 32),
        signatures: parts(signature.subarray(0, -4), 64),
        threshold: publicKey.at(-1) ?? 0,
        bitmap: hex(signature.subarray(-4)),
      };
    }
    case 'singleKey':
      return {
        type: 'single_key_signature',
        public_key: keyJson(authenticator.publicKey),
        signature: oneSignature(authenticator.signature),
      };
    case 'multiKey': {
      const { bitmap, publicKeys, signatures } = authenticator;
      const indices = Array.from({ length: bitmap.length * 8 }, (_, i) => i).filter(
        (i) => ((bitmap[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0,
      );
      return {
        type: 'multi_key_signature',
        public_keys: publicKeys.keys.map(keyJson),
        signatures: signatures.map((signature, i) => ({
          index: indices[i] ?? 0,
          signature: oneSignature(signature),
        })),
        signatures_required: publicKeys.required,
      };
    }
    case 'none':
      return { type: 'no_account_signature' };
    case 'abstract': {
      const { authentication, function: info } = authenticator;
      return {
        type: 'abstract_signature',
        function_info: `${info.address}::${info.module}::${info.function}`,
        auth_data: hex(authentication.signature),
      };
    }
  }
}

function parts(bytes: Uint8Array, length: number): string[] {
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, i) =>
    hex(bytes.subarray(i * length, (i + 1) * length)),
  );
}

const KINDS = {
  ed25519: 'ed25519',
  secp256k1: 'secp256k1_ecdsa',
  secp256r1: 'secp256r1_ecdsa',
  webAuthn: 'web_authn',
  keyless: 'keyless',
  federatedKeyless: 'federated_keyless',
  slhDsa: 'slh_dsa_sha2_128s',
} as const;

function keyJson(key: AnyPublicKey): Json {
  return { type: KINDS[key.kind], value: key.key instanceof Uint8Array ? hex(key.key) : null };
}

function oneSignature({ kind, signature }: AnySignature): Json {
  return { type: KINDS[kind], value: signature instanceof Uint8Array ? hex(signature) : null };
}
