/** For those with a dapp of their own: how it gets Lookahead. */
import { hrefOf } from '../frame/route';
import { Code } from './code';
import './developers.css';

const INSTALL = 'npm install lookahead-snap';

const REGISTER = `import { registerLookahead } from 'lookahead-snap/provider';
import { solana } from 'lookahead-snap/provider/solana';
import { aptos } from 'lookahead-snap/provider/aptos';
import { sui } from 'lookahead-snap/provider/sui';

registerLookahead([solana, aptos, sui]);`;

const ASK = `import { LookaheadSnap, watchForMetaMask } from 'lookahead-snap/provider';

watchForMetaMask(async ({ provider }) => {
  const lookahead = new LookaheadSnap(provider);
  await lookahead.install();
  await lookahead.request('wallet_connect', { chains: ['solana'] });
  const { preview } = await lookahead.request('solana_previewTransaction', {
    transaction, // base64, unsigned
  });
});`;

const LISTS = [
  ['Solana', '@solana/wallet-adapter-react', 'by the Wallet Standard; leave “wallets” empty'],
  ['Aptos', '@aptos-labs/wallet-adapter-react', 'by AIP-62'],
  ['Sui', '@mysten/dapp-kit', 'by the Sui Wallet Standard'],
] as const;

export default function DevelopersPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Offer Lookahead in your dapp</h1>
        <p className="lead">
          One call puts it in the wallet list that you have already. There is no code of Lookahead’s
          to sign with: your adapter goes on as it does.
        </p>
      </div>
      <div className="developers">
        <div className="stack">
          <section className="card">
            <h2>1. Install the page’s side</h2>
            <Code text={INSTALL} />
          </section>
          <section className="card">
            <h2>2. Register the chains you use</h2>
            <Code text={REGISTER} />
            <p>
              Call it once, before or after your wallet library. What you do not import is not in
              your bundle. Nothing is listed where there is no MetaMask, and registering asks
              MetaMask nothing.
            </p>
          </section>
          <section className="card">
            <h2>3. There is no third step</h2>
            <p>These list it by themselves:</p>
            <ul>
              {LISTS.map(([chain, name, how]) => (
                <li key={chain} className="entry">
                  <span>
                    {chain} <code>{name}</code>
                  </span>
                  <span className="quiet">{how}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="stack">
          <section className="card">
            <h2>Previews without a signature</h2>
            <p>Ask for the preview that MetaMask would show, and show it in your own page:</p>
            <Code text={ASK} />
          </section>
          <section className="card">
            <h2>Good to know</h2>
            <ul className="dev-points">
              <li>
                Until Lookahead is on MetaMask’s list your users need MetaMask Flask. Where it is
                missing, errors have classes and sentences that you can show.
              </li>
              <li>
                Connecting installs the snap, or updates one that is older than the package.
                Reloading a page never opens a window.
              </li>
              <li>
                Nobody can sign what was not run: a transaction that cannot be previewed faithfully
                is refused with <code>CannotPreviewError</code>.
              </li>
            </ul>
            <div className="row">
              <a className="button main" href="./docs/dapps.txt">
                All methods, options and errors
              </a>
              <a className="button" href={hrefOf('playground')}>
                Try a transaction of yours
              </a>
            </div>
          </section>
        </div>
      </div>
    </div>
  );
}
