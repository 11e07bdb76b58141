import { object } from '@metamask/superstruct';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base58, base64 } from '@scure/base';
import type { SignInContext } from '../../chains/sign-in';
import {
  checkSignIn,
  completeSignIn,
  parseSignIn,
  signableMessage,
  signInMessage,
} from '../../chains/solana';
import { listEntropySources } from '../../keyring';
import { readState, type State, type StoredAccount } from '../../store';
import { requireAccount, toRpcAccount } from '../accounts';
import {
  confirmMessage,
  confirmSignIn,
  signConfirmed,
  signInStruct,
  withoutAbsent,
} from '../messages';
import { solanaChainIds } from '../networks';
import type { SignedMessage } from '../types';
import { method } from './row';
import { base64Bytes, OptionalSolanaAddress } from './structs';

const MAX_MESSAGE_BYTES = 16 * 1024;

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
    await confirmMessage({
      origin,
      account: account.address,
      bytes: bytes.length,
      ...(text === undefined ? { hex: bytesToHex(bytes) } : { text }),
    });
    return signBytes(origin, account, bytes);
  },
);

export const signIn = method(
  'solana_signIn',
  'connected',
  signInStruct(OptionalSolanaAddress),
  async (origin, { account: chosen, ...input }) => {
    const state = await readState();
    const account = requireAccount(state, origin, 'solana', chosen ?? input.address);
    const fields = completeSignIn(withoutAbsent(input), signInContext(state, origin, account));
    const text = signInMessage(fields);
    const { bytes } = signableMessage(text, account.address);
    await confirmSignIn(origin, account, fields, text);
    return signBytes(origin, account, bytes);
  },
);

function signInContext(state: State, origin: string, account: StoredAccount): SignInContext {
  return { origin, address: account.address, now: Date.now(), chainIds: solanaChainIds(state) };
}

async function signBytes(
  origin: string,
  account: StoredAccount,
  bytes: Uint8Array,
): Promise<SignedMessage> {
  const signature = await signConfirmed(origin, account, bytes);
  return {
    account: toRpcAccount(account, await listEntropySources()),
    signedMessage: base64.encode(bytes),
    signature: base58.encode(signature),
  };
}
