/** One account before and after, read for what it is. */
import type { AccountKind, Asset, Change } from '../../../vm-preview/model/preview';
import type { Account } from '../../../vm-preview/svm';
import { type LookupTable, parseLookupTable } from '../accounts/lookup-table';
import { type Nonce, parseNonce } from '../accounts/nonce';
import { type LoaderState, parseLoaderState } from '../accounts/program';
import { parseStake, type StakeAccount } from '../accounts/stake';
import { type Mint, parseTokenState, type TokenAccount } from '../accounts/token';
import { SYSTEM_PROGRAM } from '../programs';

/** An account's meaning; at most one of the fields is there. */
export interface Meaning {
  readonly token?: TokenAccount;
  readonly mint?: Mint;
  readonly nonce?: Nonce;
  readonly stake?: StakeAccount;
  readonly program?: LoaderState;
  readonly table?: LookupTable;
}

export interface AccountView {
  readonly address: string;
  readonly before: Account | undefined;
  readonly after: Account | undefined;
  readonly meaningBefore: Meaning;
  readonly meaningAfter: Meaning;
}

export interface EffectContext {
  readonly coin: Asset;
  /** The token of a mint. */
  assetOf(mint: string): Asset;
}

/** Makes the changes of one kind of account; none where it is another kind. */
export type EffectReader = (view: AccountView, context: EffectContext) => Change[];

export function meaningOf(account: Account | undefined): Meaning {
  if (account === undefined) return {};
  const token = parseTokenState(account);
  if (token?.kind === 'token-account') return { token };
  if (token?.kind === 'mint') return { mint: token };
  const nonce = parseNonce(account);
  if (nonce !== undefined) return { nonce };
  const stake = parseStake(account);
  if (stake !== undefined) return { stake };
  const program = parseLoaderState(account);
  if (program !== undefined) return { program };
  const table = parseLookupTable(account);
  if (table !== undefined) return { table };
  return {};
}

/** What to call the account in one word. */
export function kindOf(account: Account, meaning: Meaning): AccountKind {
  if (meaning.token !== undefined) return 'token-account';
  if (meaning.mint !== undefined) return 'mint';
  if (meaning.nonce !== undefined) return 'nonce';
  if (meaning.stake !== undefined) return 'stake';
  if (meaning.program !== undefined || account.executable) return 'program';
  if (meaning.table !== undefined) return 'lookup-table';
  const isWallet = account.data.length === 0 && account.owner.toBase58() === SYSTEM_PROGRAM;
  return isWallet ? 'wallet' : 'data';
}

/** The wallet that the account stands for, where its data names one. */
export function walletOf(view: AccountView): string | undefined {
  const { meaningAfter: after, meaningBefore: before } = view;
  return (
    before.token?.holder ??
    after.token?.holder ??
    before.stake?.withdrawer ??
    after.stake?.withdrawer ??
    before.nonce?.authority ??
    after.nonce?.authority
  );
}

/** `{owner}` to spread into a change, where the account belongs to another address than its own. */
export function ownerOf(view: AccountView): { owner?: string } {
  const wallet = walletOf(view);
  return wallet === undefined || wallet === view.address ? {} : { owner: wallet };
}

/** A change of an authority, or nothing where it stays. */
export function authorityChange(
  view: AccountView,
  role: string,
  before: string | null,
  after: string | null,
): Change[] {
  if (before === after) return [];
  return [{ kind: 'authority', address: view.address, ...ownerOf(view), role, before, after }];
}
