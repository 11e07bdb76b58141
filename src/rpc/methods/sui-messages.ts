import { object } from '@metamask/superstruct';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { serializedSignature, signableMessage } from '../../chains/sui';
import { readState } from '../../store';
import { requireAccount } from '../accounts';
import { confirmMessage, signConfirmed } from '../messages';
import { method } from './row';
import { base64Bytes, OptionalSuiAddress } from './structs';

const MAX_MESSAGE_BYTES = 16 * 1024;

export const signPersonalMessage = method(
  'sui_signPersonalMessage',
  'connected',
  object({ message: base64Bytes(MAX_MESSAGE_BYTES), account: OptionalSuiAddress }),
  async (origin, { message: given, account: address }) => {
    const account = requireAccount(await readState(), origin, 'sui', address);
    const { digest, message, text } = signableMessage(base64.decode(given));
    await confirmMessage({
      origin,
      account: account.address,
      bytes: message.length,
      ...(text === undefined ? { hex: bytesToHex(message) } : { text }),
    });
    const signature = await signConfirmed(origin, account, digest);
    return {
      message: base64.encode(message),
      signature: serializedSignature(signature, hexToBytes(account.publicKey)),
    };
  },
);
