/** 0x2::ecdsa_k1 and 0x2::ecdsa_r1 (sui-move-natives, crypto/ecdsa_k1.rs and crypto/ecdsa_r1.rs). */
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asInteger, ByteVector, type Value } from '../../../core/values';
import { type Ecdsa, type EcdsaPoint, SECP256K1, SECP256R1 } from '../../../crypto/ecdsa';
import { requiredNumber } from '../../object-runtime';
import { abortForArguments, blocks, charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { bytesAt } from '../values';
import { secp256k1Key, secp256r1Key } from './public-key';

const FAIL_TO_RECOVER_PUBKEY = 0n;
const INVALID_SIGNATURE = 1n;
const INVALID_PUBKEY = 2n;

const RECOVERABLE_BYTES = 65;
const RECOVERY_IDS = 4;

interface Hash {
  /** As it is called in prices. */
  readonly name: string;
  readonly block: number;
  digest(message: Uint8Array): Uint8Array;
}

/** By their number. */
const HASHES: readonly Hash[] = [
  { name: 'keccak256', block: 136, digest: keccak_256 },
  { name: 'sha256', block: 64, digest: sha256 },
];

interface Scheme {
  /** Before the names of prices. */
  readonly recoverPrice: string;
  readonly verifyPrice: string;
  readonly ecdsa: Ecdsa;
  readonly readKey: (bytes: Uint8Array) => EcdsaPoint | undefined;
  /** Whether a signature with a zero is none. */
  readonly refusesZero: boolean;
}

const K1: Scheme = {
  recoverPrice: 'ecdsa_k1_ecrecover',
  verifyPrice: 'ecdsa_k1_secp256k1_verify',
  ecdsa: SECP256K1,
  readKey: secp256k1Key,
  refusesZero: false,
};

const R1: Scheme = {
  recoverPrice: 'ecdsa_r1_ecrecover',
  verifyPrice: 'ecdsa_r1_secp256r1_verify',
  ecdsa: SECP256R1,
  readKey: secp256r1Key,
  refusesZero: true,
};

const hashOf = (number: Value | undefined): Hash | undefined => HASHES[Number(asInteger(number))];

export function ecdsaNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { host } = context;

  function chargeMessage(price: string, { name, block }: Hash, message: Uint8Array): void {
    charge({
      [`${price}_${name}_msg_cost_per_byte`]: message.length,
      [`${price}_${name}_msg_cost_per_block`]: blocks(message.length, block),
    });
    host.charge(message.length * HOST_COST.hashByte);
  }

  function parse({ ecdsa, refusesZero }: Scheme, bytes: Uint8Array) {
    const signature = ecdsa.parseSignature(bytes);
    if (signature === undefined) return undefined;
    return refusesZero && (signature.r === 0n || signature.s === 0n) ? undefined : signature;
  }

  const recover =
    (scheme: Scheme): Native =>
    ({ args: [signatureReference, messageReference, hashNumber] }) => {
      const hash = hashOf(hashNumber);
      if (hash === undefined) throw abortForArguments(context, FAIL_TO_RECOVER_PUBKEY);
      charge({ [`${scheme.recoverPrice}_${hash.name}_cost_base`]: 1 });
      const [bytes, message] = [bytesAt(signatureReference), bytesAt(messageReference)];
      chargeMessage(scheme.recoverPrice, hash, message);
      host.charge(HOST_COST.ecdsaRecover);
      const recoveryId = bytes[RECOVERABLE_BYTES - 1] ?? RECOVERY_IDS;
      if (bytes.length !== RECOVERABLE_BYTES || recoveryId >= RECOVERY_IDS)
        throw aborted(INVALID_SIGNATURE);
      const signature = parse(scheme, bytes.subarray(0, RECOVERABLE_BYTES - 1));
      if (signature === undefined) throw aborted(INVALID_SIGNATURE);
      const key = scheme.ecdsa.recover(hash.digest(message), signature, recoveryId);
      if (key === undefined) throw aborted(FAIL_TO_RECOVER_PUBKEY);
      return [new ByteVector(key.toBytes(true))];
    };

  const verify =
    (scheme: Scheme): Native =>
    ({ args: [signatureReference, keyReference, messageReference, hashNumber] }) => {
      const hash = hashOf(hashNumber);
      if (hash === undefined) {
        context.gas.chargeIfEnough(
          requiredNumber(context.protocol, 'crypto_invalid_arguments_cost'),
        );
        return [false];
      }
      charge({ [`${scheme.verifyPrice}_${hash.name}_cost_base`]: 1 });
      const message = bytesAt(messageReference);
      chargeMessage(scheme.verifyPrice, hash, message);
      host.charge(HOST_COST.ecdsaVerify);
      const signature = parse(scheme, bytesAt(signatureReference));
      const key = scheme.readKey(bytesAt(keyReference));
      if (signature === undefined || key === undefined) return [false];
      return [scheme.ecdsa.verify(hash.digest(message), signature, key)];
    };

  const decompress: Native = ({ args: [keyReference] }) => {
    charge({ ecdsa_k1_decompress_pubkey_cost_base: 1 });
    host.charge(HOST_COST.decompress);
    const key = secp256k1Key(bytesAt(keyReference));
    if (key === undefined) throw aborted(INVALID_PUBKEY);
    return [new ByteVector(key.toBytes(false))];
  };

  return new Map([
    ...nativesOf('0x2::ecdsa_k1', {
      secp256k1_ecrecover: recover(K1),
      secp256k1_verify: verify(K1),
      decompress_pubkey: decompress,
    }),
    ...nativesOf('0x2::ecdsa_r1', {
      secp256r1_ecrecover: recover(R1),
      secp256r1_verify: verify(R1),
    }),
  ]);
}
