import { BcsError } from './errors';

/** A sequence has at most 2^31 - 1 elements (bcs, `MAX_SEQUENCE_LENGTH`). */
export const MAX_SEQUENCE_LENGTH = 0x7fff_ffff;

/** Little-endian, unsigned. */
export function bytesToUnsigned(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** Little-endian two's complement in `size` bytes. */
export function integerToBytes(
  value: bigint,
  size: number,
  signed: boolean,
  what: string,
): Uint8Array {
  const bits = size * 8;
  const wrapped = BigInt.asUintN(bits, value);
  if ((signed ? BigInt.asIntN(bits, value) : wrapped) !== value)
    throw new BcsError('out-of-range', `${what} does not fit ${bits} bits`);
  const bytes = new Uint8Array(size);
  let rest = wrapped;
  for (let i = 0; i < size; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
