import {
  boolean,
  enums,
  integer,
  max,
  min,
  object,
  optional,
  size,
  string,
} from '@metamask/superstruct';
import { LookaheadError } from '../../chains/chain';
import { endpointHost } from '../../chains/endpoint';
import { readState, type StoredNetwork, updateState } from '../../store';
import { AddNetworkDialog, DIALOG_BUTTONS } from '../../ui';
import { CHAINS, chainOf } from '../chains';
import { DialogWindow } from '../dialogs/window';
import { addedNetwork, allNetworks, requireNetwork, toRpcNetwork, withNetwork } from '../networks';
import { method } from './row';

export const getNetworks = method('wallet_getNetworks', 'connected', object({}), async () => {
  const state = await readState();
  return { networks: allNetworks(state).map((network) => toRpcNetwork(state, network)) };
});

export const addNetwork = method(
  'wallet_addNetwork',
  'connected',
  object({
    chain: enums(CHAINS.map(({ id }) => id)),
    name: size(string(), 1, 60),
    endpoint: size(string(), 1, 2048),
    coin: optional(object({ symbol: size(string(), 1, 12), decimals: max(min(integer(), 0), 18) })),
    isTest: optional(boolean()),
  }),
  async (origin, { chain: id, name, endpoint, coin: named, isTest = false }) => {
    const chain = chainOf(id);
    const coin = named ?? chain.coin;
    const state = await readState();
    const known = state.networks.find((network) => network.endpoint === endpoint);
    if (known?.chain === id && (await chain.genesis(endpoint)) === known.genesis) {
      return { network: toRpcNetwork(state, requireNetwork(state, id, known.id)) };
    }
    const network = await decide(origin, {
      chain: id,
      name,
      coin,
      isTest,
      endpoint,
      genesis: '',
    });
    const after = await updateState((before) => withNetwork(before, network));
    return { network: toRpcNetwork(after, requireNetwork(after, id, network.id)) };
  },
);

/**
 * Asks the node while the window is open, so that a page cannot use the wallet to find out which hosts
 * answer.
 *
 * @throws RequestError `user-rejected`; StateError when the node gave no answer, once the window is closed
 */
async function decide(origin: string, draft: Omit<StoredNetwork, 'id'>): Promise<StoredNetwork> {
  const { endpoint, name, coin } = draft;
  const chain = chainOf(draft.chain);
  const host = endpointHost(endpoint);
  let failure: unknown;
  let network: StoredNetwork | undefined;
  try {
    return await DialogWindow.run<StoredNetwork>(
      origin,
      <AddNetworkDialog stage="asking" origin={origin} host={host} />,
      (window) => {
        const asking = ask();
        async function ask(): Promise<void> {
          try {
            const genesis = await chain.genesis(endpoint);
            network = addedNetwork({ ...draft, genesis });
            await window.show(
              <AddNetworkDialog
                stage="answered"
                origin={origin}
                host={host}
                endpoint={endpoint}
                name={name}
                coin={coin.symbol}
                genesis={genesis}
                genesisLabel={chain.genesisLabel}
              />,
            );
          } catch (error) {
            failure = error;
            const text =
              error instanceof LookaheadError ? error.message : 'Lookahead failed inside.';
            await window.show(
              <AddNetworkDialog stage="failed" origin={origin} host={host} text={text} />,
            );
          }
        }
        return async ({ type, name: button }) => {
          if (type !== 'click') return;
          await asking;
          if (button === DIALOG_BUTTONS.approve && network !== undefined) {
            await window.resolve(network);
          }
          if (button === DIALOG_BUTTONS.reject) await window.reject();
        };
      },
    );
  } catch (error) {
    throw failure ?? error;
  }
}
