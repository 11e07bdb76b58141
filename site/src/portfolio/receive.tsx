import { lazy, type RefObject, Suspense } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { RpcAccount } from '../../../src/rpc/types';
import { Address } from '../parts/address';
import { Dialog } from '../parts/dialog';
import { PublicFaucets } from '../start/money';
import { CHAIN_NAMES } from '../wallet/address-cards';

const Qr = lazy(() => import('../parts/qr'));

export function ReceiveDialog({
  account: { address, chain },
  dialog,
  network,
}: {
  account: RpcAccount;
  dialog: RefObject<HTMLDialogElement | null>;
  network: Network;
}) {
  const name = CHAIN_NAMES[chain];
  return (
    <Dialog dialog={dialog} title={`Receive on ${network.name.replace(/^Local/, 'the local')}`}>
      <div className="stack">
        <div className="qr">
          <Suspense fallback={null}>
            <Qr value={address} label={`QR code of the ${name} address`} />
          </Suspense>
        </div>
        <Address value={address} full />
        <p className="quiet">
          Send only coins and tokens of {name}
          {chain === 'solana' ? ' (or Eclipse)' : ''} to this address.
        </p>
        {network.isTest && network.builtin ? (
          <PublicFaucets chain={chain} address={address} />
        ) : null}
      </div>
    </Dialog>
  );
}
