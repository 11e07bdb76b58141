import { array, object, size } from '@metamask/superstruct';
import { base64 } from '@scure/base';
import { attachSignature, submitTransaction } from '../../chains/solana';
import { chainOf } from '../chains';
import { type Decided, decideAndSign, previewForSite, type Target } from '../transaction/request';
import { method } from './row';
import { base64Bytes, OptionalNetwork, OptionalSolanaAddress } from './structs';

/** A transaction of version 1 has at most 4096 bytes; more is refused by the codec, in its own words. */
const MAX_TRANSACTION_BYTES = 16 * 1024;
const MAX_TRANSACTIONS = 20;

const TransactionText = base64Bytes(MAX_TRANSACTION_BYTES);

const One = object({
  transaction: TransactionText,
  account: OptionalSolanaAddress,
  network: OptionalNetwork,
});
const Several = object({
  transactions: size(array(TransactionText), 1, MAX_TRANSACTIONS),
  account: OptionalSolanaAddress,
  network: OptionalNetwork,
});

const decide = (
  origin: string,
  transactions: readonly string[],
  target: Target,
  action: 'sign' | 'send',
): Promise<Decided> => {
  const bytes = transactions.map((text) => base64.decode(text));
  return decideAndSign(origin, chainOf('solana'), bytes, target, action);
};

/** Whole transactions with the account's signature in place. */
function wholeTransactions({ account, signed }: Decided): Uint8Array[] {
  return signed.map(({ transaction, signature }) =>
    attachSignature(transaction, account.address, signature),
  );
}

export const signTransaction = method(
  'solana_signTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const decided = await decide(origin, [transaction], target, 'sign');
    const [bytes = new Uint8Array()] = wholeTransactions(decided);
    return { transaction: base64.encode(bytes) };
  },
);

export const signAllTransactions = method(
  'solana_signAllTransactions',
  'connected',
  Several,
  async (origin, { transactions, ...target }) => {
    const decided = await decide(origin, transactions, target, 'sign');
    return { transactions: wholeTransactions(decided).map((bytes) => base64.encode(bytes)) };
  },
);

export const signAndSendTransaction = method(
  'solana_signAndSendTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const decided = await decide(origin, [transaction], target, 'send');
    const [bytes = new Uint8Array()] = wholeTransactions(decided);
    return { signature: await submitTransaction(decided.network, bytes) };
  },
);

export const preview = method(
  'solana_previewTransaction',
  'connected',
  One,
  async (origin, { transaction, ...target }) => {
    const bytes = base64.decode(transaction);
    const { preview: shown } = await previewForSite(origin, chainOf('solana'), bytes, target);
    return { preview: shown };
  },
);
