/** Aptos' networks between the wallet's words and the standard's. */
import type { Network } from '@aptos-labs/ts-sdk';
import type { NetworkInfo } from '@aptos-labs/wallet-standard';
import type { RpcNetwork } from '../../../src/rpc/types';
import { CODES, NetworkUnknownError, NodeError } from '../errors';
import { isAdded } from '../networks';
import type { Session } from '../session';

const BUILTIN = /^aptos-(mainnet|testnet|devnet)$/;
/** Of the chain that `aptos node run-localnet` starts. */
const LOCALNET_ID = 4;

/**
 * The network that the page is on: the one in use in the wallet, until the page changes to another. Only
 * this page is meant by that, and each dialog names the network.
 */
export class AptosNetworks {
  #chosen: string | undefined;

  constructor(readonly session: Session) {}

  /** The wallet's id of it, where the page chose one. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  async current(): Promise<RpcNetwork> {
    const networks = await this.#all();
    const network =
      networks.find(({ id }) => id === this.#chosen) ?? networks.find(({ current }) => current);
    if (network !== undefined) return network;
    throw new NetworkUnknownError(CODES.invalidParams, 'Lookahead has no network of Aptos.');
  }

  /**
   * Has the page be on a network. One that the wallet does not know is added if it has an address and the
   * user agrees.
   *
   * @throws NetworkUnknownError; WalletError
   */
  async choose({ name, chainId, url }: NetworkInfo): Promise<void> {
    const networks = await this.#all();
    const known =
      networks.find(({ id }) => id === `aptos-${name}`) ??
      networks.find((network) => isAdded(network) && network.genesis === String(chainId));
    this.#chosen = known?.id ?? (await this.#add(name, url));
  }

  /** The wallet's id of a network of that name, where a transaction names one. */
  async idOf(name: Network): Promise<string> {
    const networks = await this.#all();
    const found =
      networks.find(({ id }) => id === `aptos-${name}`) ??
      networks.find((network) => isAdded(network) && nameOf(network) === name);
    return found?.id ?? (await this.#add(name, undefined));
  }

  async #add(name: string, url: string | undefined): Promise<string> {
    const endpoint = url ?? this.endpointOf(name);
    if (endpoint === undefined) {
      throw new NetworkUnknownError(
        CODES.invalidParams,
        `Lookahead does not know the network ${name}; add it there first.`,
      );
    }
    const { network } = await this.session.request('wallet_addNetwork', {
      chain: 'aptos',
      name: name === 'local' ? 'Local chain' : name,
      endpoint,
      isTest: true,
    });
    return network.id;
  }

  /** The site's own node. @param name - as the SDK has it */
  endpointOf(name: string): string | undefined {
    return this.session.options.endpoints?.[`aptos:${name === 'local' ? 'localnet' : name}`];
  }

  async info(network: RpcNetwork): Promise<NetworkInfo> {
    const name = nameOf(network);
    const url = this.endpointOf(name);
    const info = { name, chainId: await chainIdOf(network, url) };
    return url === undefined ? info : { ...info, url };
  }

  async #all(): Promise<readonly RpcNetwork[]> {
    return (await this.session.networks()).filter(({ chain }) => chain === 'aptos');
  }
}

/** The SDK's name of a network. */
export function nameOf({ genesis, id }: Pick<RpcNetwork, 'genesis' | 'id'>): Network {
  const name = BUILTIN.exec(id)?.[1] ?? (Number(genesis) === LOCALNET_ID ? 'local' : 'custom');
  // The enumeration's values; the SDK itself comes later.
  return name as Network;
}

/** Devnet begins anew every week or so, and only a node knows its chain id of today. */
async function chainIdOf({ genesis }: RpcNetwork, url: string | undefined): Promise<number> {
  const pinned = Number(genesis);
  if (Number.isInteger(pinned)) return pinned;
  const node = url ?? 'https://api.devnet.aptoslabs.com/v1';
  const response = await fetch(node).catch(() => undefined);
  const ledger: unknown = response?.ok === true ? await response.json() : undefined;
  if (typeof ledger === 'object' && ledger !== null && 'chain_id' in ledger) {
    if (typeof ledger.chain_id === 'number') return ledger.chain_id;
  }
  throw new NodeError(CODES.internal, `${new URL(node).host} did not tell its chain id.`);
}
