/** Offers the wallet to every dapp library on the page, by the protocol of the Wallet Standard. */
import type { Wallet as StandardWallet } from '@wallet-standard/base';
import { watchForMetaMask } from './discovery';
import { Session, type SessionOptions } from './session';

/** A chain's wallet, e.g. `solana`. */
export type Family = (session: Session) => StandardWallet;

export interface Registration {
  readonly session: Session;
  /** Takes the wallets back and stops looking. */
  stop(): void;
}

/**
 * Registers "Lookahead", one wallet for each chain given, as soon as MetaMask announces itself; on a page
 * without MetaMask nothing is listed. Opens no window.
 *
 * @param families - of `solana`, `aptos`, `sui`
 */
export function registerLookahead(
  families: readonly Family[],
  options: SessionOptions = {},
  page: Window = window,
): Registration {
  const touch = watchTouch(page);
  const session = new Session(options, touch.isTouched);
  const ends: (() => void)[] = [];
  let isRegistered = false;

  const stopWatching = watchForMetaMask((wallet) => {
    session.add(wallet);
    if (isRegistered) return;
    isRegistered = true;
    const wallets = families.map((family) => family(session));
    ends.push(offer(wallets, page), lookOnReturn(session, page));
  }, page);

  return {
    session,
    stop: () => {
      stopWatching();
      touch.end();
      for (const end of ends.splice(0)) end();
    },
  };
}

type Register = (...wallets: StandardWallet[]) => () => void;

/** Whether the dapp's library is there already or comes later. */
function offer(wallets: readonly StandardWallet[], page: EventTarget): () => void {
  const takeBack: (() => void)[] = [];
  const give = ({ register }: { register: Register }) => {
    takeBack.push(register(...wallets));
  };
  const onReady = (event: Event) => {
    if ('detail' in event && isApi(event.detail)) give(event.detail);
  };
  page.addEventListener('wallet-standard:app-ready', onReady);
  page.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: give }));
  return () => {
    page.removeEventListener('wallet-standard:app-ready', onReady);
    for (const end of takeBack) end();
  };
}

function isApi(value: unknown): value is { register: Register } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'register' in value &&
    typeof value.register === 'function'
  );
}

function lookOnReturn(session: Session, page: Window): () => void {
  const { document } = page;
  const look = () => {
    if (document.visibilityState !== 'hidden') void session.look();
  };
  page.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    page.removeEventListener('focus', look);
    document.removeEventListener('visibilitychange', look);
  };
}

/**
 * Whether the visitor has done anything in the page since it loaded. The browser's own `hasBeenActive`
 * outlives a reload; its `isActive` is of the last seconds, and knows of a click before this was called.
 */
function watchTouch(page: Window): { isTouched: () => boolean; end: () => void } {
  let isTouched = false;
  const events = ['pointerdown', 'keydown'] as const;
  const capture = { capture: true };
  const onTouch = () => {
    isTouched = true;
    end();
  };
  const end = () => {
    for (const name of events) page.removeEventListener(name, onTouch, capture);
  };
  for (const name of events) page.addEventListener(name, onTouch, capture);
  return {
    isTouched: () => {
      if (globalThis.navigator?.userActivation?.isActive === true) isTouched = true;
      return isTouched;
    },
    end,
  };
}
