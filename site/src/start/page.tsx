/** From "I have MetaMask" to a first transfer that was previewed: always with the next step in sight. */
import { Path } from './path';
import { Picture } from './picture';
import './start.css';

export default function StartPage() {
  return (
    <div className="page">
      <div className="start">
        <div className="start-head">
          <h1>See what a transaction does before you sign it</h1>
          <p className="lead">
            Lookahead gives your MetaMask accounts on Solana, Aptos and Sui. Before anything is
            signed it runs the transaction on your own machine and shows what would change. No
            server is asked what would happen, so none can lie about it.
          </p>
        </div>
        <Path />
        <Picture />
      </div>
    </div>
  );
}
