import { Playground } from './playground/playground';
import { WalletPart } from './wallet/wallet';

export function App() {
  return (
    <div className="page">
      <header className="top">
        <div className="brand">
          <img src="./icon.svg" alt="" />
          Lookahead
        </div>
        <nav aria-label="Sections">
          <a href="#playground">Playground</a>
          <a href="#wallet">Wallet</a>
        </nav>
      </header>
      <main>
        <div className="hero">
          <h1>See what a transaction does before you sign it</h1>
          <p>
            Lookahead runs Solana and Aptos transactions itself, in your browser and inside
            MetaMask, with virtual machines of its own. No server is asked what would happen, so no
            server can lie about it.
          </p>
        </div>
        <Playground />
        <WalletPart />
      </main>
      <footer className="foot">
        Open source under the MIT license. The local chains’ coins have no value.
      </footer>
    </div>
  );
}
