/**
 * 0x1::bls12381, signatures with keys in G1. Source: aptos-core `natives/cryptography/bls12381.rs`,
 * `aptos-crypto/src/bls12381`.
 */
import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asBytes, asStruct, ByteVector, type Value } from '../../../core/values';
import {
  aggregate,
  isValid,
  readG1,
  readG2,
  type SignedMessage,
  verifyMinPk,
  writeG1,
  writeG2,
} from '../../../crypto/bls-signature';
import type { G1Point, G2Point } from '../../../crypto/curve-field';
import type { NativeContext } from '../context';
import { asItems } from '../values';
import { charger } from './charge';
import { HOST_COST } from './host-cost';

const DST_SIGNATURE = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const DST_POSSESSION = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

/** The bytes in structs that have them as their first field. */
const bytesIn = (vector: Value | undefined): readonly Uint8Array[] =>
  asItems(vector).map((item) => asBytes(asStruct(item).fields[0]));

export function bls12381Natives(context: NativeContext): NativeRegistry {
  const charge = charger(context);
  const { host } = context;

  function readKey(bytes: Uint8Array): G1Point | undefined {
    charge({ 'bls12381.per_pubkey_deserialize': 1 });
    host.charge(HOST_COST.bls12381G1Decode);
    return readG1(bytes);
  }

  function readSignature(bytes: Uint8Array): G2Point | undefined {
    charge({ 'bls12381.per_sig_deserialize': 1 });
    host.charge(HOST_COST.bls12381G2Decode);
    return readG2(bytes);
  }

  /** All of them; undefined at the first that is none. */
  function readAll<P>(
    encoded: readonly Uint8Array[],
    read: (bytes: Uint8Array) => P | undefined,
  ): P[] | undefined {
    const points: P[] = [];
    for (const bytes of encoded) {
      const point = read(bytes);
      if (point === undefined) return undefined;
      points.push(point);
    }
    return points;
  }

  function isValidKey(key: G1Point): boolean {
    // The price of decoding is what the chain charges for the check.
    charge({ 'bls12381.per_pubkey_deserialize': 1 });
    host.charge(HOST_COST.bls12381G1Subgroup);
    return isValid(key);
  }

  function verify(signature: G2Point, signed: readonly SignedMessage[], dst: string): boolean {
    host.charge(
      HOST_COST.pairingBase +
        HOST_COST.pairingPerPair * (signed.length + 1) +
        HOST_COST.hashToG2 * signed.length,
    );
    for (const { message } of signed) host.charge(message.length * HOST_COST.hashByte);
    return verifyMinPk(signature, signed, dst);
  }

  const verifyOne =
    (checksKey: boolean): Native =>
    ({ args: [signatureValue, keyValue, messageValue] }) => {
      charge({ 'bls12381.base': 1 });
      const message = asBytes(messageValue);
      const key = readKey(asBytes(keyValue));
      if (key === undefined || (checksKey && !isValidKey(key))) return [false];
      const signature = readSignature(asBytes(signatureValue));
      if (signature === undefined) return [false];
      charge({
        'bls12381.per_sig_verify': 1,
        'bls12381.per_msg_hashing': 1,
        'bls12381.per_byte_hashing': message.length,
      });
      return [verify(signature, [{ key, message }], DST_SIGNATURE)];
    };

  const none: readonly Value[] = [new ByteVector(), false];

  return nativesOf('0x1::bls12381', {
    aggregate_pubkeys_internal: ({ args: [keys] }) => {
      const encoded = bytesIn(keys);
      charge({ 'bls12381.base': 1 });
      if (encoded.length === 0) return none;
      const points = readAll(encoded, readKey);
      if (points === undefined) return none;
      charge({ 'bls12381.per_pubkey_aggregate': encoded.length });
      return [new ByteVector(writeG1(aggregate(points))), true];
    },

    aggregate_signatures_internal: ({ args: [signatures] }) => {
      const encoded = bytesIn(signatures);
      charge({ 'bls12381.base': 1 });
      if (encoded.length === 0) return none;
      const points = readAll(encoded, readSignature);
      if (points === undefined) return none;
      charge({ 'bls12381.per_sig_aggregate': encoded.length });
      return [new ByteVector(writeG2(aggregate(points))), true];
    },

    signature_subgroup_check_internal: ({ args: [value] }) => {
      charge({ 'bls12381.base': 1 });
      const signature = readSignature(asBytes(value));
      if (signature === undefined) return [false];
      charge({ 'bls12381.per_sig_subgroup_check': 1 });
      host.charge(HOST_COST.bls12381G2Subgroup);
      return [isValid(signature)];
    },

    validate_pubkey_internal: ({ args: [value] }) => {
      charge({ 'bls12381.base': 1 });
      const key = readKey(asBytes(value));
      return [key !== undefined && isValidKey(key)];
    },

    verify_aggregate_signature_internal: ({ args: [signatureValue, keyValues, messageValues] }) => {
      charge({ 'bls12381.base': 1 });
      const messages = asItems(messageValues).map(asBytes);
      const encoded = bytesIn(keyValues);
      if (encoded.length !== messages.length) return [false];
      const keys = readAll(encoded, readKey);
      if (keys === undefined) return [false];
      const signature = readSignature(asBytes(signatureValue));
      if (signature === undefined) return [false];
      charge({
        'bls12381.per_pairing': messages.length + 1,
        'bls12381.per_msg_hashing': messages.length,
        'bls12381.per_byte_hashing': messages.reduce((sum, { length }) => sum + length, 0),
      });
      const signed = messages.flatMap((message, i): SignedMessage[] => {
        const key = keys[i];
        return key === undefined ? [] : [{ key, message }];
      });
      return [verify(signature, signed, DST_SIGNATURE)];
    },

    verify_multisignature_internal: verifyOne(false),
    verify_normal_signature_internal: verifyOne(true),
    verify_signature_share_internal: verifyOne(false),

    verify_proof_of_possession_internal: ({ args: [keyValue, proofValue] }) => {
      charge({ 'bls12381.base': 1 });
      const key = readKey(asBytes(keyValue));
      if (key === undefined) return [false];
      const proof = readSignature(asBytes(proofValue));
      if (proof === undefined) return [false];
      charge({ 'bls12381.per_pop_verify': 1 });
      host.charge(HOST_COST.bls12381G1Subgroup);
      const signed = [{ key, message: writeG1(key) }];
      return [isValid(key) && verify(proof, signed, DST_POSSESSION)];
    },
  });
}
