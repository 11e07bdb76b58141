/**
 * A dapp on three chains with each ecosystem's own React components. Lookahead is in their lists because of
 * the one call here; the rest is what any dapp writes.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// In a dapp of yours: 'lookahead-snap/provider', 'lookahead-snap/provider/solana' and so on.
import { registerLookahead } from '../provider';
import { aptos } from '../provider/aptos';
import { solana } from '../provider/solana';
import { sui } from '../provider/sui';
import { AptosPart } from './aptos';
import { SolanaPart } from './solana';
import { SuiPart } from './sui';
import './style.css';

const search = new URLSearchParams(location.search);
const snapId = search.get('snap') ?? undefined;
/** Local chains by their nodes: `?solana=…&aptos=…&sui=…`; the public ones for testing where absent. */
const local = (chain: string) => search.get(chain) ?? undefined;
const chains = ['solana', 'aptos', 'sui'] as const;

registerLookahead([solana, aptos, sui], {
  ...(snapId === undefined ? {} : { snapId }),
  endpoints: Object.fromEntries(
    chains.flatMap((chain) => {
      const endpoint = local(chain);
      return endpoint === undefined ? [] : [[`${chain}:localnet`, endpoint]];
    }),
  ),
});

function Dapp() {
  return (
    <main>
      <h1>A dapp with Lookahead</h1>
      <p>Each part lists the wallets that its own library found.</p>
      <SolanaPart endpoint={local('solana') ?? 'https://api.devnet.solana.com'} />
      <AptosPart isLocal={local('aptos') !== undefined} />
      <SuiPart isLocal={local('sui') !== undefined} />
    </main>
  );
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Dapp />
    </StrictMode>,
  );
}
