import { define, enums, optional, pattern, size, string } from '@metamask/superstruct';
import { base64 } from '@scure/base';

/** Canonical base64, with its padding and no spaces, of 1 to `maxBytes` bytes. */
export function base64Bytes(maxBytes: number) {
  return define<string>('base64', (value) => {
    if (typeof value !== 'string' || value.length === 0) return false;
    if (value.length > Math.ceil(maxBytes / 3) * 4) return false;
    try {
      base64.decode(value);
      return true;
    } catch {
      return false;
    }
  });
}

export const ChainStruct = enums(['solana', 'aptos', 'sui'] as const);

const Base58Address = pattern(string(), /^[1-9A-HJ-NP-Za-km-z]{32,44}$/);

export const OptionalSolanaAddress = optional(Base58Address);

/** All 64 digits, as accounts are known here. */
export const OptionalAptosAddress = optional(pattern(string(), /^0x[0-9a-f]{64}$/));

/** All 64 digits, as Aptos' are. */
export const OptionalSuiAddress = OptionalAptosAddress;

export const OptionalNetwork = optional(size(string(), 1, 120));
