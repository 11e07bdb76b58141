/** Questions about a network or an address that belong to no transaction. */
import type { Network } from '../chain';
import type { HttpOptions } from '../http';
import { SolanaRpc } from './rpc';

/** The genesis hash of the network that a node belongs to, base58. */
export function genesisHash(endpoint: string, options: HttpOptions = {}): Promise<string> {
  return new SolanaRpc(endpoint, options).getGenesisHash();
}

/** Lamports. */
export function nativeBalance(
  network: Pick<Network, 'endpoint'>,
  address: string,
  options: HttpOptions = {},
): Promise<bigint> {
  return new SolanaRpc(network.endpoint, options).getBalance(address);
}
