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
const localnet = search.get('solana') ?? undefined;

registerLookahead([solana, aptos, sui], {
  ...(snapId === undefined ? {} : { snapId }),
  ...(localnet === undefined ? {} : { endpoints: { 'solana:localnet': localnet } }),
});

function Dapp() {
  return (
    <main>
      <h1>A dapp with Lookahead</h1>
      <p>Each part lists the wallets that its own library found.</p>
      <SolanaPart endpoint={localnet ?? 'https://api.devnet.solana.com'} />
      <AptosPart />
      <SuiPart />
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
