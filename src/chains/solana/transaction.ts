/** What can be said of a transaction before any state is read. */
import { MalformedError } from '../../vm-preview/errors';
import type { Asset } from '../../vm-preview/model/preview';
import { type ParsedTransaction, parseTransaction } from '../../vm-preview/svm/transaction/message';
import type { DecodedTransaction, Network } from '../chain';
import { decodeCalls } from './decode/calls';
import { DEFAULT_COIN } from './networks';

/** The coin that pays fees, as an asset. */
export function coinAsset(coin: Network['coin']): Asset {
  return { kind: 'native', decimals: coin.decimals, symbol: coin.symbol, named: 'builtin' };
}

/** A signature that was not given yet is 64 zero bytes. */
export function isEmptySignature(signature: Uint8Array): boolean {
  return signature.every((byte) => byte === 0);
}

/** Base58 addresses of those who must sign, the fee payer first. */
export function signersOf(transaction: ParsedTransaction): string[] {
  const { numRequiredSignatures } = transaction.header;
  return transaction.staticKeys.slice(0, numRequiredSignatures).map((key) => key.toBase58());
}

/**
 * Decodes a whole transaction: signatures and message.
 *
 * @param network - names the coin; SOL when absent
 * @throws MalformedError when it is no transaction, has no fee payer, or points outside itself
 */
export function decodeTransaction(
  bytes: Uint8Array,
  network?: Pick<Network, 'coin'>,
): DecodedTransaction {
  const transaction = parseTransaction(bytes);
  const keys = transaction.staticKeys.map((key) => key.toBase58());
  const signers = signersOf(transaction);
  const [feePayer] = signers;
  if (feePayer === undefined || signers.length < transaction.header.numRequiredSignatures) {
    throw new MalformedError('fee-payer-missing', 'the transaction names nobody who pays its fee');
  }
  if (transaction.signatures.length !== signers.length) {
    throw new MalformedError(
      'signature-count',
      'the transaction has room for another number of signatures than it needs',
    );
  }
  const words = { coin: coinAsset(network?.coin ?? DEFAULT_COIN), assetOf: () => undefined };
  return {
    feePayer,
    signers,
    signed: signers.filter((_, index) => {
      const signature = transaction.signatures[index];
      return signature !== undefined && !isEmptySignature(signature);
    }),
    calls: decodeCalls(transaction, keys, words),
  };
}
