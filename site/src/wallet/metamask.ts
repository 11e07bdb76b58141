/** The MetaMasks of this browser, as they announce themselves. */
import { useEffect, useState } from 'react';
import { sortWallets, type Wallet, watchForMetaMask } from '../../provider';

/** An extension may come a little after the page. */
const PATIENCE_MS = 1_000;
/** Of several, the second follows the first at once. */
const SETTLE_MS = 100;

export interface Found {
  /** Flask first. */
  readonly wallets: readonly Wallet[];
  readonly isSearching: boolean;
}

/** Looks until the page is left: whoever comes late is found too. */
export function useMetaMasks(): Found {
  const [wallets, setWallets] = useState<readonly Wallet[]>([]);
  const [isSearching, setSearching] = useState(true);
  const none = wallets.length === 0;

  useEffect(
    () => watchForMetaMask((wallet) => setWallets((known) => sortWallets([...known, wallet]))),
    [],
  );
  useEffect(() => {
    const timer = setTimeout(() => setSearching(false), none ? PATIENCE_MS : SETTLE_MS);
    return () => clearTimeout(timer);
  }, [none]);

  return { wallets, isSearching };
}

export const isFlask = ({ info }: Wallet): boolean => info.rdns === 'io.metamask.flask';

/** Pictures come from the wallet: only such as are data are shown. */
export function iconOf({ info }: Wallet): string | undefined {
  return /^data:image\/(?:svg\+xml|png|webp|jpeg)[;,]/.test(info.icon) ? info.icon : undefined;
}

export type Device = 'phone' | 'without-extensions' | 'desktop';

/** Where MetaMask's extension can be. @param agent - what the browser calls itself */
export function deviceOf(agent: string): Device {
  if (/android|iphone|ipad|ipod|mobile/i.test(agent)) return 'phone';
  const isSafari = /safari/i.test(agent) && !/chrom(?:e|ium)|edg\//i.test(agent);
  return isSafari ? 'without-extensions' : 'desktop';
}
