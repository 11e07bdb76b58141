/** The connected addresses: to read, to copy, and for another device to see. */
import { lazy, Suspense } from 'react';
import type { RpcAccount, RpcChain } from '../../../src/rpc/types';
import { Address } from '../parts/address';
import { plain } from '../parts/text';
import { useLookahead } from './wallet';

const Qr = lazy(() => import('../parts/qr'));

export const CHAIN_NAMES: Readonly<Record<RpcChain, string>> = {
  solana: 'Solana',
  aptos: 'Aptos',
  sui: 'Sui',
};

export function AddressCards() {
  const { accounts } = useLookahead();
  return (
    <ul className="addresses">
      {accounts.map((account) => (
        <li key={`${account.chain} ${account.address}`}>
          <AddressCard account={account} />
        </li>
      ))}
    </ul>
  );
}

function AddressCard({ account: { address, chain, label } }: { account: RpcAccount }) {
  const name = CHAIN_NAMES[chain];
  return (
    <article className="address-card">
      <div className="qr">
        <Suspense fallback={null}>
          <Qr value={address} label={`QR code of the ${name} address`} />
        </Suspense>
      </div>
      <div className="address-words">
        <h3>
          {name} <span className="quiet">{plain(label, 80)}</span>
        </h3>
        <Address value={address} full />
        {chain === 'solana' ? <p className="quiet">The same address is yours on Eclipse.</p> : null}
      </div>
    </article>
  );
}
