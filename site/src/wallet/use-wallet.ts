/** MetaMask and the snap in it, as the page knows them. */
import { useCallback, useEffect, useState } from 'react';
import type { RpcAccount } from '../../../src/rpc/types';
import { LookaheadSnap, sortWallets, type Wallet, watchForMetaMask } from '../../provider';

export interface WalletState {
  /** MetaMasks of this browser, Flask first. */
  readonly wallets: readonly Wallet[];
  readonly snap: LookaheadSnap | undefined;
  readonly accounts: readonly RpcAccount[];
  connect(wallet: Wallet): Promise<void>;
  disconnect(): Promise<void>;
}

export function useWallet(): WalletState {
  const [wallets, setWallets] = useState<readonly Wallet[]>([]);
  const [snap, setSnap] = useState<LookaheadSnap>();
  const [accounts, setAccounts] = useState<readonly RpcAccount[]>([]);

  useEffect(
    () => watchForMetaMask((wallet) => setWallets((known) => sortWallets([...known, wallet]))),
    [],
  );

  // A snap cannot tell the page that the user disconnected it: look again when the page is looked at.
  useEffect(() => {
    if (snap === undefined) return undefined;
    const look = () => {
      snap
        .request('wallet_getAccounts', {})
        .then((answer) => setAccounts(answer.accounts))
        .catch(() => setAccounts([]));
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [snap]);

  const connect = useCallback(async (wallet: Wallet) => {
    const found = new LookaheadSnap(wallet.provider, __SNAP_ID__);
    await found.install();
    const answer = await found.request('wallet_connect', { chains: ['solana', 'aptos', 'sui'] });
    setSnap(found);
    setAccounts(answer.accounts);
  }, []);

  const disconnect = useCallback(async () => {
    await snap?.request('wallet_disconnect', {});
    setAccounts([]);
    setSnap(undefined);
  }, [snap]);

  return { wallets, snap, accounts, connect, disconnect };
}
