/** Networks: built in, with the user's endpoint where there is one, and those that the user added. */
import type { Chain, Network } from '../chains/chain';
import { MAX_NETWORKS, type State, type StoredNetwork } from '../store';
import { CHAINS, chainOf } from './chains';
import { RequestError } from './errors';
import type { RpcNetwork } from './types';

/** A chain's networks, the built-in ones first. */
export function networksOf(state: State, chain: Chain['id']): Network[] {
  const builtin = chainOf(chain).networks.map((network) => {
    const own = state.endpoints.find((entry) => entry.network === network.id);
    return own === undefined ? network : { ...network, endpoint: own.endpoint };
  });
  const added = state.networks
    .filter((network) => network.chain === chain)
    .map((network): Network => ({ ...network, builtin: false }));
  return [...builtin, ...added];
}

/** Of all chains. */
export function allNetworks(state: State): Network[] {
  return CHAINS.flatMap(({ id }) => networksOf(state, id));
}

/** The network of the chain that is in use. */
export function currentNetwork(state: State, chain: Chain['id']): Network {
  const networks = networksOf(state, chain);
  const chosen = state.current.find((entry) => entry.chain === chain)?.network;
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  if (network === undefined) throw new RequestError('network-unknown');
  return network;
}

/**
 * The network of a request.
 *
 * @param wanted - its id, or what it is known by; the one in use where absent
 * @throws RequestError `network-unknown`
 */
export function requireNetwork(
  state: State,
  chain: Chain['id'],
  wanted: string | undefined,
): Network {
  if (wanted === undefined) return currentNetwork(state, chain);
  const networks = networksOf(state, chain);
  const network =
    networks.find(({ id }) => id === wanted) ?? networks.find(({ genesis }) => genesis === wanted);
  if (network === undefined) throw new RequestError('network-unknown');
  return network;
}

/** Puts a network in use on its chain. */
export function withCurrentNetwork(state: State, id: string): State {
  const network = allNetworks(state).find((candidate) => candidate.id === id);
  if (network === undefined) return state;
  const others = state.current.filter(({ chain }) => chain !== network.chain);
  return { ...state, current: [...others, { chain: network.chain, network: id }] };
}

/** @param endpoint - undefined for the built-in one */
export function withEndpoint(state: State, id: string, endpoint: string | undefined): State {
  if (state.networks.some((network) => network.id === id)) {
    if (endpoint === undefined) return state;
    const networks = state.networks.map((network) =>
      network.id === id ? { ...network, endpoint } : network,
    );
    return { ...state, networks };
  }
  const others = state.endpoints.filter(({ network }) => network !== id);
  const own = endpoint === undefined ? [] : [{ network: id, endpoint }];
  return { ...state, endpoints: [...others, ...own] };
}

/** An added network is known by its genesis: adding it again replaces its name and endpoint. */
export function addedNetwork(network: Omit<StoredNetwork, 'id'>): StoredNetwork {
  // Solana's ids came first and are remembered without the chain's name.
  const prefix = network.chain === 'solana' ? 'added' : `added-${network.chain}`;
  return { ...network, id: `${prefix}-${network.genesis}` };
}

/** @throws RequestError `network-exists` when it is a built-in one, or there are too many */
export function withNetwork(state: State, network: StoredNetwork): State {
  if (chainOf(network.chain).networks.some(({ genesis }) => genesis === network.genesis)) {
    throw new RequestError('network-exists', {}, 'This network is built in.');
  }
  // A local chain that started anew keeps its address: the network that was there is gone.
  const others = state.networks.filter(
    ({ id, endpoint }) => id !== network.id && endpoint !== network.endpoint,
  );
  if (others.length >= MAX_NETWORKS) {
    throw new RequestError('network-exists', {}, 'There are too many networks already.');
  }
  return { ...state, networks: [...others, network] };
}

export function withoutNetwork(state: State, id: string): State {
  return {
    ...state,
    networks: state.networks.filter((network) => network.id !== id),
    current: state.current.filter(({ network }) => network !== id),
  };
}

/** What a site learns: no endpoint, which may hold a key of the user's. */
export function toRpcNetwork(state: State, network: Network): RpcNetwork {
  const { chain, id, name, genesis, isTest } = network;
  return { chain, id, name, genesis, isTest, current: id === currentNetwork(state, chain).id };
}

/** Names that sites have for Solana's networks: ours, the wallet standard's and CAIP-2's. */
export function solanaChainIds(state: State): string[] {
  return networksOf(state, 'solana').flatMap(({ id, genesis }) => {
    const short = id.replace(/^solana-/, '');
    return [id, short, `solana:${short}`, `solana:${genesis.slice(0, 32)}`, genesis];
  });
}
