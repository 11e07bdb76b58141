/** The same preview in the page, for comparison: its code is loaded when it is asked for. */

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { Transfer } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { toBase64 } from '../parts/base64';
import { usePreviewer } from '../playground/previewer';
import { PreviewResult } from '../playground/result';

export default function PreviewHere({
  network,
  transfer,
}: {
  network: Network;
  transfer: Transfer;
}) {
  const [state, run] = usePreviewer();
  const { data } = useQuery({
    queryKey: ['transfer', network.id, transfer.from, transfer.to],
    queryFn: async () =>
      toBase64(await (await loadLedger(network.chain)).transfer(network, transfer)),
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (data !== undefined) run(data, network, transfer.from);
  }, [data, network, run, transfer.from]);
  return (
    <div className="card">
      <PreviewResult state={state} empty="Building the transaction…" />
    </div>
  );
}
