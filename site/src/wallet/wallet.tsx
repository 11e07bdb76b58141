/**
 * MetaMask and the snap in it, as the page knows them: asked for when the page is opened and whenever it
 * gets the focus, since nothing pushes. Looking opens no window.
 */
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { RpcAccount, RpcChain } from '../../../src/rpc/types';
import { LookaheadSnap, NotConnectedError, type Wallet } from '../../provider';
import { type Advice, adviceFor } from './advice';
import { setReturning } from './memory';
import { isFlask, useMetaMasks } from './metamask';
import { type Fit, fitOf } from './version';

export const CHAINS: readonly RpcChain[] = ['solana', 'aptos', 'sui'];

/** How far the visitor has come. */
export type Stage =
  | { readonly at: 'searching' }
  | { readonly at: 'none' }
  /** Several have no snap yet: which one is to have it? */
  | { readonly at: 'choose' }
  /** The only one is ordinary MetaMask, which installs only what is on its list. */
  | { readonly at: 'ordinary'; readonly wallet: Wallet }
  | { readonly at: 'install'; readonly wallet: Wallet; readonly installed?: string }
  | { readonly at: 'connect'; readonly wallet: Wallet }
  | { readonly at: 'connected'; readonly wallet: Wallet };

/** Something that MetaMask's windows, or a network, take their time over. */
export interface Work {
  readonly isRunning: boolean;
  /** Milliseconds since 1970, while it runs. */
  readonly since: number;
  readonly advice: Advice | undefined;
  start(): void;
}

export interface Lookahead {
  readonly stage: Stage;
  readonly wallets: readonly Wallet[];
  /** Undefined until there is a MetaMask to ask. */
  readonly snap: LookaheadSnap | undefined;
  readonly version: string | undefined;
  readonly fit: Fit | undefined;
  readonly accounts: readonly RpcAccount[];
  /** What kept it from looking, e.g. that MetaMask is locked. */
  readonly looking: Advice | undefined;
  choose(wallet: Wallet): void;
  look(): void;
  readonly install: Work;
  readonly connect: Work;
  readonly disconnect: Work;
}

const Context = createContext<Lookahead | undefined>(undefined);

/** @throws outside of `WalletProvider` */
export function useLookahead(): Lookahead {
  const lookahead = use(Context);
  if (lookahead === undefined) throw new Error('there is no wallet around this part of the page');
  return lookahead;
}

export function WalletProvider({ children }: { children: ReactNode }) {
  return <Context value={useWallet()}>{children}</Context>;
}

const KEY = 'wallet';

function useWallet(): Lookahead {
  const client = useQueryClient();
  const { wallets, isSearching } = useMetaMasks();
  const [chosen, choose] = useState<Wallet>();
  const snaps = useMemo(
    () =>
      wallets.map((wallet) => ({ wallet, snap: new LookaheadSnap(wallet.provider, __SNAP_ID__) })),
    [wallets],
  );
  const versions = useQueries({
    queries: snaps.map(({ snap, wallet }) => ({
      queryKey: [KEY, wallet.info.uuid, 'version'],
      queryFn: async () => (await snap.installedVersion()) ?? null,
    })),
  });
  const withSnap = snaps.find((_, index) => typeof versions[index]?.data === 'string');
  const chosenOne = snaps.find(({ wallet }) => wallet === chosen);
  const used = chosenOne ?? withSnap ?? (snaps.length === 1 ? snaps[0] : undefined);
  const looked = used === undefined ? undefined : versions[snaps.indexOf(used)];
  const version = looked?.data ?? undefined;
  const fit = version === undefined ? undefined : fitOf(version);

  const accounts = useQuery({
    queryKey: [KEY, used?.wallet.info.uuid, 'accounts'],
    enabled: used !== undefined && fit !== undefined && fit !== 'too-old',
    queryFn: () => readAccounts(used?.snap),
  });
  const known = accounts.data ?? NOBODY;

  const look = useCallback(() => void client.invalidateQueries({ queryKey: [KEY] }), [client]);
  const install = useWork('install', async () => {
    await used?.snap.install();
    await client.invalidateQueries({ queryKey: [KEY] });
  });
  const connect = useWork('connect', async () => {
    const answer = await used?.snap.request('wallet_connect', { chains: CHAINS });
    client.setQueryData([KEY, used?.wallet.info.uuid, 'accounts'], answer?.accounts ?? NOBODY);
  });
  const disconnect = useWork('disconnect', async () => {
    await used?.snap.request('wallet_disconnect', {});
    setReturning(false);
    client.setQueryData([KEY, used?.wallet.info.uuid, 'accounts'], NOBODY);
  });

  const isLooking =
    isSearching || versions.some(({ isPending }) => isPending) || accounts.isLoading;
  const stage = stageOf(isLooking, wallets, used?.wallet, chosen, version, fit, known);
  const failure = looked?.error ?? accounts.error;

  return {
    stage,
    wallets,
    snap: used?.snap,
    version,
    fit,
    accounts: known,
    looking: failure === null || failure === undefined ? undefined : adviceFor(failure, 'read'),
    choose,
    look,
    install,
    connect,
    disconnect,
  };
}

const NOBODY: readonly RpcAccount[] = [];

function stageOf(
  isLooking: boolean,
  wallets: readonly Wallet[],
  used: Wallet | undefined,
  chosen: Wallet | undefined,
  version: string | undefined,
  fit: Fit | undefined,
  accounts: readonly RpcAccount[],
): Stage {
  if (isLooking) return { at: 'searching' };
  if (wallets.length === 0) return { at: 'none' };
  if (used === undefined) return { at: 'choose' };
  if (version === undefined) {
    const isOrdinary = !isFlask(used) && chosen === undefined;
    return isOrdinary ? { at: 'ordinary', wallet: used } : { at: 'install', wallet: used };
  }
  if (fit === 'too-old') return { at: 'install', wallet: used, installed: version };
  return { at: accounts.length === 0 ? 'connect' : 'connected', wallet: used };
}

/** @returns none where the site is not connected */
async function readAccounts(snap: LookaheadSnap | undefined): Promise<readonly RpcAccount[]> {
  if (snap === undefined) return NOBODY;
  try {
    return (await snap.request('wallet_getAccounts', {})).accounts;
  } catch (thrown) {
    if (thrown instanceof NotConnectedError) return NOBODY;
    throw thrown;
  }
}

/** One at a time; the advice stays until it is started again. */
export function useWork(doing: Parameters<typeof adviceFor>[1], work: () => Promise<void>): Work {
  const { error, isPending, mutate, submittedAt } = useMutation({ mutationFn: work });
  const advice = useMemo(
    () => (error === null ? undefined : adviceFor(error, doing)),
    [error, doing],
  );
  return { isRunning: isPending, since: submittedAt, advice, start: mutate };
}

/** Whether something has been going on for longer than some milliseconds. */
export function useIsLong({ isRunning, since }: Work, milliseconds: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isRunning) return undefined;
    const timer = setTimeout(() => setLong(true), since + milliseconds - Date.now());
    return () => clearTimeout(timer);
  }, [isRunning, since, milliseconds]);
  return isLong;
}
