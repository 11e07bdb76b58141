/** What addresses have, asked of the network's node. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Network } from '../../../src/chains/chain';
import { loadLedger } from '../ledger/load';

const KEY = 'ledger';

export function useBalances(network: Network, address: string | undefined) {
  return useQuery({
    queryKey: [KEY, network.endpoint, address, 'balances'],
    enabled: address !== undefined,
    queryFn: async () => (await loadLedger(network.chain)).balances(network, address ?? ''),
  });
}

export function historyQuery(network: Network, address: string) {
  return {
    queryKey: [KEY, network.endpoint, address, 'history'],
    queryFn: async () => (await loadLedger(network.chain)).history(network, address),
  };
}

/** Asks anew for all that is shown of a network. */
export function useRefresh({ endpoint }: Network): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ queryKey: [KEY, endpoint] }),
    [client, endpoint],
  );
}
