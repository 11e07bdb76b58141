/**
 * 0x2::zklogin_verified_id and 0x2::zklogin_verified_issuer (sui-move-natives, crypto/zklogin.rs;
 * fastcrypto-zkp, bn254/zk_login.rs and bn254/utils.rs).
 */
import { concatBytes, numberToBytesBE } from '@noble/curves/utils.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { type Address, asAddress } from '../../../core/values';
import { optionalCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { asU64, bytesAt } from '../values';
import { BN254_SCALARS, poseidonHash } from './poseidon-hash';

const INVALID_INPUT = 0n;

const AUTHENTICATOR_FLAG = 0x05;
/** Characters. */
const CLAIM_NAME_MAX = 32;
const CLAIM_VALUE_MAX = 115;
const AUDIENCE_MAX = 145;

/** Of the three hashes of texts of a kind, and of the seed. */
const ZKLOGIN_INPUTS = 11;

const CHARACTER_BITS = 8;
const PACKED_BITS = 248;

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws MoveError an abort for bytes that are no UTF-8 */
function textOf(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw aborted(INVALID_INPUT);
  }
}

/** Its characters, filled up with zeros, hashed in groups; those of more than a byte are refused. */
function hashText(text: string, most: number): bigint {
  const characters = [...text].map((character) => character.codePointAt(0) ?? 0);
  if (characters.length > most || characters.some((code) => code >= 2 ** CHARACTER_BITS))
    throw aborted(INVALID_INPUT);
  let packed = 0n;
  for (let i = 0; i < most; i++)
    packed = (packed << BigInt(CHARACTER_BITS)) | BigInt(characters[i] ?? 0);
  const groups = Math.ceil((most * CHARACTER_BITS) / PACKED_BITS);
  const inputs = Array.from({ length: groups }, (_, i) =>
    BigInt.asUintN(PACKED_BITS, packed >> BigInt(PACKED_BITS * (groups - 1 - i))),
  );
  return poseidonHash(inputs);
}

/** Whether the address is the one that comes from a seed and an issuer. */
function isAddressOf(address: Address, seed: bigint, issuer: Uint8Array): boolean {
  const hash = blake2b(
    concatBytes(
      // The length wraps around.
      Uint8Array.of(AUTHENTICATOR_FLAG, issuer.length & 0xff),
      issuer,
      numberToBytesBE(seed, 32),
    ),
    { dkLen: 32 },
  );
  return address.bytes.every((byte, i) => byte === hash[i]);
}

export function zkLoginNatives(context: SuiNativeContext): NativeRegistry {
  const charge = optionalCharger(context);
  return new Map([
    ...nativesOf('0x2::zklogin_verified_id', {
      check_zklogin_id_internal: ({ args: [address, name, value, issuer, audience, pinHash] }) => {
        charge({ check_zklogin_id_cost_base: 1 });
        context.host.charge(HOST_COST.poseidonPerInput * ZKLOGIN_INPUTS);
        const issuerBytes = bytesAt(issuer);
        const texts = [name, value, audience].map((reference) => textOf(bytesAt(reference)));
        textOf(issuerBytes);
        const [nameHash, valueHash, audienceHash] = [
          hashText(texts[0] ?? '', CLAIM_NAME_MAX),
          hashText(texts[1] ?? '', CLAIM_VALUE_MAX),
          hashText(texts[2] ?? '', AUDIENCE_MAX),
        ];
        const pin = asU64(pinHash) % BN254_SCALARS;
        const seed = poseidonHash([nameHash, valueHash, audienceHash, pin]);
        return [isAddressOf(asAddress(address), seed, issuerBytes)];
      },
    }),
    ...nativesOf('0x2::zklogin_verified_issuer', {
      check_zklogin_issuer_internal: ({ args: [address, seed, issuer] }) => {
        charge({ check_zklogin_issuer_cost_base: 1 });
        const issuerBytes = bytesAt(issuer);
        textOf(issuerBytes);
        return [isAddressOf(asAddress(address), asU64(seed) % BN254_SCALARS, issuerBytes)];
      },
    }),
  ]);
}
