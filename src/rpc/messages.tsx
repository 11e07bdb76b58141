/** Messages and sign-ins: what all chains have in common between a site's words and a signature. */
import { array, object, optional, type Struct, size, string } from '@metamask/superstruct';
import type { SignInFields, SignInRequest } from '../chains/sign-in';
import { sign } from '../keyring';
import { readState, type StoredAccount } from '../store';
import {
  MessageDialog,
  type MessageView,
  messageTextLength,
  SignInDialog,
  type SignInView,
} from '../ui';
import { requireAccount } from './accounts';
import { confirm } from './dialogs/confirm';
import { RequestError } from './errors';
import { requireUnlocked } from './unlocked';

/** A message is shown whole or not signed; MetaMask shows at most 50,000 characters. */
const MAX_SHOWN = 40_000;

const Field = optional(size(string(), 1, 2000));

/** @param address - of the chain */
export function signInStruct(address: Struct<string | undefined, null>) {
  return object({
    account: address,
    address,
    domain: Field,
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
}

/** @throws RequestError `message-too-long`, `user-rejected` */
export async function confirmMessage(view: MessageView): Promise<void> {
  if (messageTextLength(view) > MAX_SHOWN) throw new RequestError('message-too-long');
  await confirm(view.origin, <MessageDialog {...view} />);
}

/**
 * @param text - exactly what is signed
 * @throws RequestError `message-too-long`, `user-rejected`
 */
export async function confirmSignIn(
  origin: string,
  account: StoredAccount,
  fields: SignInFields,
  text: string,
): Promise<void> {
  if (2 * text.length > MAX_SHOWN) throw new RequestError('message-too-long');
  const view: SignInView = {
    origin,
    account: account.address,
    ...(fields.statement === undefined ? {} : { statement: fields.statement }),
    fields: signInLines(fields),
    text,
  };
  await confirm(origin, <SignInDialog {...view} />);
}

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

/** Without the keys that the page left out. */
export function withoutAbsent(
  input: {
    readonly [Name in keyof SignInRequest]: SignInRequest[Name] | undefined;
  },
): SignInRequest {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/**
 * Signs what the user has just confirmed.
 *
 * @returns 64 bytes
 * @throws RequestError `wallet-locked`, `not-connected`: both may have changed while the window was open
 */
export async function signConfirmed(
  origin: string,
  account: StoredAccount,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  await requireUnlocked();
  requireAccount(await readState(), origin, account.chain, account.address);
  return sign(account, bytes);
}
