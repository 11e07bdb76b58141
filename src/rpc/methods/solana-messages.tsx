import { array, object, optional, size, string } from '@metamask/superstruct';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base58, base64 } from '@scure/base';
import {
  checkSignIn,
  completeSignIn,
  parseSignIn,
  type SignInContext,
  type SignInFields,
  type SignInRequest,
  signableMessage,
  signInMessage,
} from '../../chains/solana';
import { listEntropySources, sign } from '../../keyring';
import { readState, type State, type StoredAccount } from '../../store';
import { MessageDialog, messageTextLength, SignInDialog } from '../../ui';
import { requireAccount, toRpcAccount } from '../accounts';
import { confirm } from '../dialogs/confirm';
import { RequestError } from '../errors';
import { solanaChainIds } from '../networks';
import type { SignedMessage } from '../types';
import { requireUnlocked } from '../unlocked';
import { method } from './row';
import { base64Bytes, OptionalSolanaAddress } from './structs';

const MAX_MESSAGE_BYTES = 16 * 1024;
/** A message is shown whole or not signed; MetaMask shows at most 50,000 characters. */
const MAX_SHOWN = 40_000;

export const signMessage = method(
  'solana_signMessage',
  'connected',
  object({ message: base64Bytes(MAX_MESSAGE_BYTES), account: OptionalSolanaAddress }),
  async (origin, { message, account: address }) => {
    const state = await readState();
    const account = requireAccount(state, origin, 'solana', address);
    const { bytes, text } = signableMessage(base64.decode(message), account.address);
    // A sign-in is one however it is asked for, and must belong to this site.
    const signInFields = text === undefined ? undefined : parseSignIn(text);
    if (signInFields !== undefined) {
      checkSignIn(signInFields, signInContext(state, origin, account));
    }
    const view = {
      origin,
      account: account.address,
      bytes: bytes.length,
      ...(text === undefined ? { hex: bytesToHex(bytes) } : { text }),
    };
    if (messageTextLength(view) > MAX_SHOWN) throw new RequestError('message-too-long');
    await confirm(origin, <MessageDialog {...view} />);
    return signBytes(origin, account, bytes);
  },
);

const Field = optional(size(string(), 1, 2000));

const SignInStruct = object({
  account: OptionalSolanaAddress,
  domain: Field,
  address: OptionalSolanaAddress,
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
});

export const signIn = method(
  'solana_signIn',
  'connected',
  SignInStruct,
  async (origin, { account: chosen, ...input }) => {
    const state = await readState();
    const account = requireAccount(state, origin, 'solana', chosen ?? input.address);
    const fields = completeSignIn(withoutAbsent(input), signInContext(state, origin, account));
    const text = signInMessage(fields);
    const { bytes } = signableMessage(text, account.address);
    const view = {
      origin,
      account: account.address,
      ...(fields.statement === undefined ? {} : { statement: fields.statement }),
      fields: signInLines(fields),
      text,
    };
    if (2 * text.length > MAX_SHOWN) throw new RequestError('message-too-long');
    await confirm(origin, <SignInDialog {...view} />);
    return signBytes(origin, account, bytes);
  },
);

/** Lines of the dialog, in the order of the text that is signed. */
function signInLines(fields: SignInFields): { label: string; value: string }[] {
  const lines = SIGN_IN_LABELS.flatMap(([name, label]) => {
    const value = fields[name];
    return value === undefined ? [] : [{ label, value }];
  });
  const resources = fields.resources ?? [];
  return [...lines, ...resources.map((value) => ({ label: 'Resource', value }))];
}

const SIGN_IN_LABELS = [
  ['domain', 'Domain'],
  ['uri', 'Page'],
  ['version', 'Version'],
  ['chainId', 'Network'],
  ['nonce', 'Nonce'],
  ['issuedAt', 'Asked at'],
  ['expirationTime', 'Ends at'],
  ['notBefore', 'Begins at'],
  ['requestId', 'Request'],
] as const;

function signInContext(state: State, origin: string, account: StoredAccount): SignInContext {
  return { origin, address: account.address, now: Date.now(), chainIds: solanaChainIds(state) };
}

/** Without the keys that the page left out. */
function withoutAbsent(
  input: {
    readonly [Name in keyof SignInRequest]: SignInRequest[Name] | undefined;
  },
): SignInRequest {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
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
