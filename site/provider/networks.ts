/** From the standards' names of chains, e.g. `solana:devnet`, to the wallet's ids of networks. */
import type { RpcChain, RpcNetwork } from '../../src/rpc/types';
import { CODES, NetworkUnknownError } from './errors';
import type { Session } from './session';

/**
 * The wallet's id of a network.
 *
 * @param name - as the standard of the chain has it; the network in use where absent
 * @returns `undefined` for the one in use
 * @throws NetworkUnknownError; WalletError when a local chain is to be added and the user says no
 */
export async function networkOf(
  session: Session,
  chain: RpcChain,
  chains: readonly string[],
  name: string | undefined,
): Promise<string | undefined> {
  if (name === undefined) return undefined;
  if (!chains.includes(name)) {
    throw new NetworkUnknownError(
      CODES.invalidParams,
      `Lookahead has no network ${name}; it has ${chains.join(', ')}.`,
    );
  }
  return name.endsWith(':localnet') ? localNetwork(session, chain, name) : name.replace(':', '-');
}

async function localNetwork(session: Session, chain: RpcChain, name: string): Promise<string> {
  const endpoint = session.options.endpoints?.[name];
  if (endpoint !== undefined) {
    // Known networks are found by their address; the user is asked for new ones.
    const { network } = await session.request('wallet_addNetwork', {
      chain,
      name: 'Local chain',
      endpoint,
      isTest: true,
    });
    return network.id;
  }
  const added = (await session.networks()).filter(
    (network) => network.chain === chain && isAdded(network),
  );
  const [first, second] = added;
  const chosen = added.find(({ current }) => current) ?? (second === undefined ? first : undefined);
  if (chosen !== undefined) return chosen.id;
  throw new NetworkUnknownError(
    CODES.invalidParams,
    first === undefined
      ? 'Lookahead knows no local chain yet; add it there first.'
      : 'Lookahead knows several local chains; choose one there first.',
  );
}

/** Did the user add it? */
export function isAdded({ id }: RpcNetwork): boolean {
  return id.startsWith('added-');
}
