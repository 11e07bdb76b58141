/** Scalars of 0x1::ristretto255. Source: aptos-core `natives/cryptography/ristretto255_scalar.rs`. */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Native } from '../../../core/runtime';
import { asBytes, asInteger, ByteVector, type Value } from '../../../core/values';
import { RISTRETTO_ORDER, scalarBytes, scalarModOrder } from '../../../crypto/ristretto';
import { type Charge, unforeseen } from './charge';

const { Fn } = ristretto255.Point;
const SCALAR_BYTES = 32;
const UNIFORM_BYTES = 64;

/** `pop_scalar_from_bytes`: the highest bit is ignored; the rest is canonical in any Scalar. */
export function scalarOf(value: Value | undefined): bigint {
  const bytes = asBytes(value);
  if (bytes.length !== SCALAR_BYTES) throw unforeseen('a scalar of another length');
  const scalar = bytesToNumberLE(bytes) & ((1n << 255n) - 1n);
  if (scalar >= RISTRETTO_ORDER) throw unforeseen('a scalar that is not reduced');
  return scalar;
}

const result = (scalar: bigint): readonly Value[] => [new ByteVector(scalarBytes(scalar))];

function sized(value: Value | undefined, length: number): Uint8Array {
  const bytes = asBytes(value);
  if (bytes.length !== length) throw unforeseen(`bytes that are not ${length}`);
  return bytes;
}

export function scalarNatives(charge: Charge): Readonly<Record<string, Native>> {
  const binary =
    (name: string, compute: (a: bigint, b: bigint) => bigint): Native =>
    ({ args: [a, b] }) => {
      charge({ [`ristretto255.scalar_${name}`]: 1 });
      return result(compute(scalarOf(a), scalarOf(b)));
    };
  const fromInteger =
    (name: string): Native =>
    ({ args: [value] }) => {
      charge({ [`ristretto255.scalar_from_${name}`]: 1 });
      return result(BigInt(asInteger(value)));
    };
  const reduced =
    (name: string, length: number): Native =>
    ({ args: [value] }) => {
      const bytes = sized(value, length);
      charge({ [`ristretto255.scalar_${name}`]: 1 });
      return result(scalarModOrder(bytes));
    };
  return {
    scalar_is_canonical_internal: ({ args: [value] }) => {
      charge({ 'ristretto255.scalar_is_canonical': 1 });
      const bytes = asBytes(value);
      return [bytes.length === SCALAR_BYTES && bytesToNumberLE(bytes) < RISTRETTO_ORDER];
    },
    /** 0 has itself for its inverse. */
    scalar_invert_internal: ({ args: [value] }) => {
      charge({ 'ristretto255.scalar_invert': 1 });
      const scalar = scalarOf(value);
      return result(scalar === 0n ? 0n : Fn.inv(scalar));
    },
    scalar_from_sha512_internal: ({ args: [value] }) => {
      const bytes = asBytes(value);
      charge({
        'ristretto255.scalar_uniform_from_64_bytes': 1,
        'ristretto255.scalar_sha512_per_hash': 1,
        'ristretto255.scalar_sha512_per_byte': bytes.length,
      });
      return result(scalarModOrder(sha512(bytes)));
    },
    scalar_mul_internal: binary('mul', (a, b) => Fn.mul(a, b)),
    scalar_add_internal: binary('add', (a, b) => Fn.add(a, b)),
    scalar_sub_internal: binary('sub', (a, b) => Fn.sub(a, b)),
    scalar_neg_internal: ({ args: [value] }) => {
      const scalar = scalarOf(value);
      charge({ 'ristretto255.scalar_neg': 1 });
      return result(Fn.neg(scalar));
    },
    scalar_from_u64_internal: fromInteger('u64'),
    scalar_from_u128_internal: fromInteger('u128'),
    scalar_reduced_from_32_bytes_internal: reduced('reduced_from_32_bytes', SCALAR_BYTES),
    scalar_uniform_from_64_bytes_internal: reduced('uniform_from_64_bytes', UNIFORM_BYTES),
  };
}
