import { array, type Infer, object, size } from '@metamask/superstruct';
import { base64 } from '@scure/base';
import { previewTransaction, submitTransaction } from '../../chains/solana';
import { readState, type State } from '../../store';
import { connectedAccounts, requireAccount } from '../accounts';
import { solanaCache } from '../cache';
import { requireNetwork } from '../networks';
import { readItem } from '../transaction/run';
import { decideTransactions } from '../transaction/session';
import { signApproved } from '../transaction/sign';
import { method } from './row';
import { base64Bytes, OptionalAccount, OptionalNetwork } from './structs';

/** A transaction of version 1 has at most 4096 bytes; more is refused by the codec, in its own words. */
const MAX_TRANSACTION_BYTES = 16 * 1024;
const MAX_TRANSACTIONS = 20;

const TransactionText = base64Bytes(MAX_TRANSACTION_BYTES);

const One = object({
  transaction: TransactionText,
  account: OptionalAccount,
  network: OptionalNetwork,
});
const Several = object({
  transactions: size(array(TransactionText), 1, MAX_TRANSACTIONS),
  account: OptionalAccount,
  network: OptionalNetwork,
});

type Target = Pick<Infer<typeof One>, 'account' | 'network'>;

/** Reads the bytes and finds whose signature they want, before anything is shown or fetched. */
function prepare(
  state: State,
  origin: string,
  transactions: readonly Uint8Array[],
  target: Target,
  sends: boolean,
) {
  const network = requireNetwork(state, target.network);
  // Read once without an account, to learn who signs.
  const signers = transactions.map((bytes) => readItem(bytes, network, '', sends).decoded.signers);
  const account = requireAccount(state, origin, 'solana', target.account, (address) =>
    signers.every((addresses) => addresses.includes(address)),
  );
  const items = transactions.map((bytes) => readItem(bytes, network, account.address, sends));
  return { network, account, items };
}

async function decideAndSign(
  origin: string,
  transactions: readonly Uint8Array[],
  target: Target,
  action: 'sign' | 'send',
) {
  const state = await readState();
  const { network, account, items } = prepare(
    state,
    origin,
    transactions,
    target,
    action === 'send',
  );
  const approved = await decideTransactions({
    header: { origin, action, network, account: account.address },
    items,
    context: {
      network,
      account: account.address,
      knownAccounts: state.accounts
        .filter(({ chain }) => chain === 'solana')
        .map(({ address }) => address),
    },
    blindSigning: state.settings.blindSigning,
    toleranceBasisPoints: state.settings.toleranceBasisPoints,
  });
  return { network, signed: await signApproved(origin, account, approved) };
}

export const signTransaction = method(
  'solana_signTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const { signed } = await decideAndSign(origin, [base64.decode(transaction)], target, 'sign');
    const [bytes = new Uint8Array()] = signed;
    return { transaction: base64.encode(bytes) };
  },
);

export const signAllTransactions = method(
  'solana_signAllTransactions',
  'connected',
  Several,
  async (origin, { transactions, ...target }) => {
    const all = transactions.map((text) => base64.decode(text));
    const { signed } = await decideAndSign(origin, all, target, 'sign');
    return { transactions: signed.map((bytes) => base64.encode(bytes)) };
  },
);

export const signAndSendTransaction = method(
  'solana_signAndSendTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const { network, signed } = await decideAndSign(
      origin,
      [base64.decode(transaction)],
      target,
      'send',
    );
    const [bytes = new Uint8Array()] = signed;
    return { signature: await submitTransaction(network, bytes) };
  },
);

export const preview = method(
  'solana_previewTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const state = await readState();
    const { network, account, items } = prepare(
      state,
      origin,
      [base64.decode(transaction)],
      target,
      false,
    );
    const [item] = items;
    const result = await previewTransaction({
      network,
      transaction: item?.given ?? new Uint8Array(),
      account: account.address,
      // Only what the site may know: naming another account as the user's would tell it.
      knownAccounts: connectedAccounts(state, origin)
        .filter(({ chain }) => chain === 'solana')
        .map(({ address }) => address),
      cache: solanaCache,
    });
    return { preview: result.preview };
  },
);
