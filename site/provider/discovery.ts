/**
 * Finds MetaMask by EIP-6963 and never by `window.ethereum`, which other wallets take over.
 *
 * A wallet answers `eip6963:requestProvider` with `eip6963:announceProvider`, at once or later.
 */
import type { Eip1193Provider, Wallet, WalletInfo } from './eip1193';

/** MetaMask's own names, Flask first: a snap that is not on the allow list installs only there. */
const METAMASK = ['io.metamask.flask', 'io.metamask'];

/**
 * Calls `onFound` with each MetaMask that announces itself, now or later, Flask or not.
 *
 * @param target - the window
 * @returns a function that stops the search
 */
export function watchForMetaMask(
  onFound: (wallet: Wallet) => void,
  target: EventTarget = window,
): () => void {
  const listener = (event: Event): void => {
    const wallet = walletOf(event);
    if (wallet !== undefined && METAMASK.includes(wallet.info.rdns)) onFound(wallet);
  };
  target.addEventListener('eip6963:announceProvider', listener);
  target.dispatchEvent(new Event('eip6963:requestProvider'));
  return () => target.removeEventListener('eip6963:announceProvider', listener);
}

/** Flask before MetaMask; each once. */
export function sortWallets(wallets: readonly Wallet[]): Wallet[] {
  const once = new Map(wallets.map((wallet) => [wallet.info.uuid, wallet]));
  const rank = ({ info }: Wallet) => METAMASK.indexOf(info.rdns);
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

function walletOf(event: Event): Wallet | undefined {
  if (!('detail' in event) || !isRecord(event.detail)) return undefined;
  const { info, provider } = event.detail;
  return isInfo(info) && isProvider(provider) ? { info, provider } : undefined;
}

function isInfo(value: unknown): value is WalletInfo {
  return (
    isRecord(value) &&
    ['uuid', 'name', 'icon', 'rdns'].every((field) => typeof value[field] === 'string')
  );
}

function isProvider(value: unknown): value is Eip1193Provider {
  return isRecord(value) && typeof value['request'] === 'function';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
