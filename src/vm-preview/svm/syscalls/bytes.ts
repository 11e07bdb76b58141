/** Integers and runs of bytes as the chain's curve syscalls write them. */
export type Endianness = 'big' | 'little';

export function reversed(bytes: Uint8Array): Uint8Array {
  return bytes.slice().reverse();
}

/** Reverses each `size` bytes. */
export function reversedChunks(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let offset = 0; offset < bytes.length; offset += size) {
    result.set(reversed(bytes.subarray(offset, offset + size)), offset);
  }
  return result;
}

export function bytesToInteger(bytes: Uint8Array, endianness: Endianness): bigint {
  let digits = '';
  for (const byte of bytes) {
    const digit = byte.toString(16).padStart(2, '0');
    digits = endianness === 'big' ? digits + digit : digit + digits;
  }
  return digits === '' ? 0n : BigInt(`0x${digits}`);
}

export function integerToBytes(value: bigint, size: number, endianness: Endianness): Uint8Array {
  const digits = value.toString(16).padStart(size * 2, '0');
  const bytes = Uint8Array.from({ length: size }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  return endianness === 'big' ? bytes : bytes.reverse();
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
