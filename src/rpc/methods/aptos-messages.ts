import { assign, object, size, string } from '@metamask/superstruct';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  checkSignIn,
  completeSignIn,
  networkNames,
  parseSignIn,
  signableMessage,
  signInBytes,
  signInMessage,
} from '../../chains/aptos';
import type { Network } from '../../chains/chain';
import type { SignInContext } from '../../chains/sign-in';
import { listEntropySources } from '../../keyring';
import { readState, type StoredAccount } from '../../store';
import { requireAccount, toRpcAccount } from '../accounts';
import { chainOf } from '../chains';
import {
  confirmMessage,
  confirmSignIn,
  signConfirmed,
  signInStruct,
  withoutAbsent,
} from '../messages';
import { requireNetwork } from '../networks';
import { method } from './row';
import { OptionalAptosAddress, OptionalNetwork } from './structs';

const MAX_MESSAGE = 16 * 1024;
const MAX_NONCE = 200;

/** The chain id that a message is bound to; of a network that changes its own, the node's. */
async function chainIdOf(network: Network): Promise<number> {
  const pinned = Number(network.genesis);
  if (Number.isInteger(pinned)) return pinned;
  return Number(await chainOf('aptos').genesis(network.endpoint));
}

export const signMessage = method(
  'aptos_signMessage',
  'connected',
  object({
    message: size(string(), 1, MAX_MESSAGE),
    nonce: size(string(), 1, MAX_NONCE),
    account: OptionalAptosAddress,
    network: OptionalNetwork,
  }),
  async (origin, { message, nonce, account: address, network: wanted }) => {
    const state = await readState();
    const account = requireAccount(state, origin, 'aptos', address);
    const network = requireNetwork(state, 'aptos', wanted);
    // A sign-in is one however it is asked for, and must belong to this site.
    const signInFields = parseSignIn(message);
    if (signInFields !== undefined) {
      checkSignIn(signInFields, signInContext(network, origin, account));
    }
    const context = {
      application: origin,
      address: account.address,
      chainId: await chainIdOf(network),
    };
    const { bytes, ...signable } = signableMessage({ message, nonce }, context);
    await confirmMessage({
      origin,
      account: account.address,
      bytes: bytes.length,
      text: signable.fullMessage,
    });
    const signature = await signConfirmed(origin, account, bytes);
    return {
      ...signable,
      account: toRpcAccount(account, await listEntropySources()),
      signature: bytesToHex(signature),
    };
  },
);

export const signIn = method(
  'aptos_signIn',
  'connected',
  assign(signInStruct(OptionalAptosAddress), object({ network: OptionalNetwork })),
  async (origin, { account: chosen, network: wanted, ...input }) => {
    const state = await readState();
    const account = requireAccount(state, origin, 'aptos', chosen ?? input.address);
    const network = requireNetwork(state, 'aptos', wanted);
    const context = signInContext(network, origin, account);
    const fields = completeSignIn(withoutAbsent(input), context);
    const text = signInMessage(fields);
    await confirmSignIn(origin, account, fields, text);
    const signature = await signConfirmed(origin, account, signInBytes(text));
    return {
      account: toRpcAccount(account, await listEntropySources()),
      input: fields,
      message: text,
      signature: bytesToHex(signature),
    };
  },
);

function signInContext(network: Network, origin: string, account: StoredAccount): SignInContext {
  return {
    origin,
    address: account.address,
    now: Date.now(),
    chainIds: networkNames(network),
  };
}
