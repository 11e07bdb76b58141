import { array, object, optional, size, string } from '@metamask/superstruct';
import { base58, base64 } from '@scure/base';
import { signableMessage, signInMessage } from '../../chains/solana';
import { listEntropySources, sign } from '../../keyring';
import { readState, type StoredAccount } from '../../store';
import { MessageDialog, messageTextLength, SignInDialog } from '../../ui';
import { requireAccount, toRpcAccount } from '../accounts';
import { confirm } from '../dialogs/confirm';
import { RequestError } from '../errors';
import { checkSignIn } from '../sign-in';
import type { SignedMessage } from '../types';
import { requireUnlocked } from '../unlocked';
import { method } from './row';
import { base64Bytes, OptionalAccount } from './structs';

const MAX_MESSAGE_BYTES = 16 * 1024;
/** A message is shown whole or not signed; MetaMask shows at most 50,000 characters. */
const MAX_SHOWN = 40_000;

export const signMessage = method(
  'solana_signMessage',
  'connected',
  object({ message: base64Bytes(MAX_MESSAGE_BYTES), account: OptionalAccount }),
  async (origin, { message, account: address }) => {
    const account = requireAccount(await readState(), origin, 'solana', address);
    const given = base64.decode(message);
    const bytes = signableMessage(given);
    const text = readableText(bytes);
    const view = {
      origin,
      account: account.address,
      bytes: bytes.length,
      ...(text === undefined ? { hex: hexOf(bytes) } : { text }),
    };
    if (messageTextLength(view) > MAX_SHOWN) throw new RequestError('message-too-long');
    await confirm(origin, <MessageDialog {...view} />);
    return signBytes(origin, account, bytes);
  },
);

const Field = optional(size(string(), 1, 2000));

export const signIn = method(
  'solana_signIn',
  'connected',
  object({
    account: OptionalAccount,
    domain: Field,
    address: OptionalAccount,
    statement: Field,
    uri: Field,
    version: Field,
    chainId: Field,
    nonce: Field,
    issuedAt: Field,
    expirationTime: Field,
    notBefore: Field,
    requestId: Field,
    resources: optional(size(array(size(string(), 1, 2000)), 0, 20)),
  }),
  async (origin, { account: chosen, ...input }) => {
    const account = requireAccount(await readState(), origin, 'solana', chosen ?? input.address);
    const fields = checkSignIn(origin, account.address, input, Date.now());
    const text = signInMessage(fields);
    const bytes = signableMessage(new TextEncoder().encode(text));
    const { domain: _, address: __, statement, resources = [], ...rest } = fields;
    const view = {
      origin,
      account: account.address,
      ...(statement === undefined ? {} : { statement }),
      fields: [
        ...Object.entries(rest).map(([label, value]) => ({
          label: LABELS[label] ?? label,
          value: String(value),
        })),
        ...resources.map((value) => ({ label: 'Resource', value })),
      ],
      text,
    };
    if (2 * text.length > MAX_SHOWN) throw new RequestError('message-too-long');
    await confirm(origin, <SignInDialog {...view} />);
    return signBytes(origin, account, bytes);
  },
);

const LABELS: Readonly<Record<string, string>> = {
  uri: 'Page',
  version: 'Version',
  chainId: 'Network',
  nonce: 'Nonce',
  issuedAt: 'Asked at',
  expirationTime: 'Ends at',
  notBefore: 'Begins at',
  requestId: 'Request',
};

/** The text, where the bytes are UTF-8 and read the same when written again. */
function readableText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function signBytes(
  origin: string,
  account: StoredAccount,
  bytes: Uint8Array,
): Promise<SignedMessage> {
  await requireUnlocked();
  // The user may have disconnected the site while the window was open.
  requireAccount(await readState(), origin, account.chain, account.address);
  const signature = await sign(account, bytes);
  return {
    account: toRpcAccount(account, await listEntropySources()),
    signedMessage: base64.encode(bytes),
    signature: base58.encode(signature),
  };
}
