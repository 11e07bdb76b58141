/** Questions about a network or an address that belong to no transaction. */
import type { Network } from '../chain';
import type { HttpOptions } from '../http';
import { parseAddress, SUI_TYPE } from './address';
import { SuiNode } from './node';

/** Digest of the genesis checkpoint of the network that a node belongs to, base58. */
export async function chainOfNode(endpoint: string, options: HttpOptions = {}): Promise<string> {
  return (await new SuiNode(endpoint, options).service()).chain;
}

/** MIST, in coins and in the address' own balance. */
export async function nativeBalance(
  network: Pick<Network, 'endpoint'>,
  address: string,
  options: HttpOptions = {},
): Promise<bigint> {
  const node = new SuiNode(network.endpoint, options);
  return (await node.balance(parseAddress(address), SUI_TYPE)).total;
}
