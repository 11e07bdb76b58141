import { base58 } from '@scure/base';
import { nonceAddressIndex } from '../nonce';
import { evidence, type WarningCheck } from './context';

/** A durable nonce: the signature can be used at any later time, when the state is another one. */
export const durableNonce: WarningCheck = ({ outcome, transaction }) => {
  const index = nonceAddressIndex(transaction);
  if (index === undefined) return [];
  const nonce = outcome.accounts[index]?.address ?? transaction.staticKeys[index];
  return [
    {
      code: 'durable-nonce',
      severity: 'high',
      text: 'This signature never expires: whoever has it can send the transaction at any later time, when it may do something else.',
      evidence: nonce === undefined ? [] : [evidence('nonce account', nonce.toBase58())],
    },
  ];
};

/** A signature names no network: only the blockhash ties it to one. */
export const foreignBlockhash: WarningCheck = ({ blockhash, networkName, transaction }) =>
  blockhash.kind !== 'unknown'
    ? []
    : [
        {
          code: 'blockhash-unknown',
          severity: 'high',
          text: `${networkName} does not know this transaction's blockhash: it has expired, or the transaction is meant for another network, where your signature would count.`,
          evidence: [evidence('blockhash', base58.encode(transaction.recentBlockhash))],
        },
      ];
