/** A site's request for signatures, from its bytes to what the user approved. */
import type { Chain, Network, PreviewedTransaction } from '../../chains/chain';
import { readState, type State, type StoredAccount } from '../../store';
import { connectedAccounts, requireAccount } from '../accounts';
import { requireNetwork } from '../networks';
import type { Item } from './run';
import { decideTransactions } from './session';
import { type Signed, signApproved } from './sign';

/** Which account and network a request is for. */
export interface Target {
  readonly account?: string | undefined;
  readonly network?: string | undefined;
}

interface Prepared {
  readonly network: Network;
  readonly account: StoredAccount;
  readonly items: readonly Item[];
}

/** Reads the bytes and finds whose signature they want, before anything is shown or fetched. */
function prepare(
  state: State,
  origin: string,
  chain: Chain,
  transactions: readonly Uint8Array[],
  target: Target,
  sends: boolean,
): Prepared {
  const network = requireNetwork(state, chain.id, target.network);
  const decoded = transactions.map((bytes) => chain.decode(bytes, network));
  const account = requireAccount(state, origin, chain.id, target.account, (address) =>
    decoded.every(({ signers }) => signers.includes(address)),
  );
  const items = transactions.map((given, index): Item => {
    const words = decoded[index] ?? chain.decode(given, network);
    return { given, decoded: words, fresh: sends && chain.mayRenew(words, account.address) };
  });
  return { network, account, items };
}

/** What the user approved, signed. */
export interface Decided {
  readonly network: Network;
  readonly account: StoredAccount;
  readonly signed: readonly Signed[];
}

/**
 * Shows the transactions, waits for the user, and signs.
 *
 * @param action - `send`: the snap submits them too
 * @throws MalformedError, RequestError `not-connected`, `account-not-signer`, `network-unknown`, and those
 *   of `decideTransactions`
 */
export async function decideAndSign(
  origin: string,
  chain: Chain,
  transactions: readonly Uint8Array[],
  target: Target,
  action: 'sign' | 'send',
): Promise<Decided> {
  const state = await readState();
  const prepared = prepare(state, origin, chain, transactions, target, action === 'send');
  const { network, account, items } = prepared;
  const approved = await decideTransactions({
    header: { origin, action, network, account: account.address },
    items,
    context: {
      chain,
      network,
      account,
      knownAccounts: addresses(state.accounts, chain),
    },
    blindSigning: state.settings.blindSigning,
    toleranceBasisPoints: state.settings.toleranceBasisPoints,
  });
  return { network, account, signed: await signApproved(origin, chain, account, approved) };
}

/** The preview that the dialog would show. */
export async function previewForSite(
  origin: string,
  chain: Chain,
  transaction: Uint8Array,
  target: Target,
): Promise<PreviewedTransaction> {
  const state = await readState();
  const { network, account } = prepare(state, origin, chain, [transaction], target, false);
  return chain.preview({
    network,
    transaction,
    account: account.address,
    publicKey: account.publicKey,
    // Only what the site may know: naming another account as the user's would tell it.
    knownAccounts: addresses(connectedAccounts(state, origin), chain),
  });
}

function addresses(accounts: readonly StoredAccount[], { id }: Chain): string[] {
  return accounts.filter(({ chain }) => chain === id).map(({ address }) => address);
}
