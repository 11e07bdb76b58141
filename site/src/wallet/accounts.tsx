import type { RpcAccount } from '../../../src/rpc/types';
import { Address } from '../parts/address';
import { plain } from '../parts/text';
import type { Task } from './use-task';
import type { WalletState } from './use-wallet';

const CHAINS: Readonly<Record<RpcAccount['chain'], string>> = {
  // The same key and address on both.
  solana: 'Solana and Eclipse',
  aptos: 'Aptos',
  sui: 'Sui',
};

export function Accounts({ wallet, task }: { wallet: WalletState; task: Task }) {
  return (
    <div className="card">
      <h3>Your addresses</h3>
      {wallet.accounts.length === 0 ? (
        <p className="quiet">No account is connected to this site any more.</p>
      ) : (
        <ul className="accounts">
          {wallet.accounts.map(({ chain, address, label }) => (
            <li key={`${chain} ${address}`} className="entry">
              <span>
                {CHAINS[chain]} <span className="quiet">{plain(label, 40)}</span>
              </span>
              <Address value={address} />
            </li>
          ))}
        </ul>
      )}
      <div className="row field">
        <button
          type="button"
          className="button"
          disabled={task.running !== undefined}
          onClick={() => task.start('Disconnecting', wallet.disconnect)}
        >
          Disconnect
        </button>
      </div>
    </div>
  );
}
