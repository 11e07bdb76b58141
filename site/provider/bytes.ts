/** Text forms of bytes, as the snap and the standards want them. */
import { base58, base64, hex } from '@scure/base';

export const base64Of = (bytes: Uint8Array): string => base64.encode(bytes);
export const bytesOfBase64 = (text: string): Uint8Array => base64.decode(text);
export const bytesOfBase58 = (text: string): Uint8Array => base58.decode(text);
export const bytesOfHex = (text: string): Uint8Array => hex.decode(text.replace(/^0x/, ''));
