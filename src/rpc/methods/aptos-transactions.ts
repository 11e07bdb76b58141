import { object } from '@metamask/superstruct';
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import {
  accountAuthenticator,
  decodeTransaction,
  signTransaction as signedTransaction,
  submitTransaction,
} from '../../chains/aptos';
import { LookaheadError } from '../../chains/chain';
import { chainOf } from '../chains';
import { RequestError } from '../errors';
import { decideAndSign, previewForSite } from '../transaction/request';
import { method } from './row';
import { base64Bytes, OptionalAptosAddress, OptionalNetwork } from './structs';

/** The chain takes 64 KiB, and more only where code is published by governance. */
const MAX_TRANSACTION_BYTES = 64 * 1024 + 8 * 1024;

const Transaction = object({
  transaction: base64Bytes(MAX_TRANSACTION_BYTES),
  account: OptionalAptosAddress,
  network: OptionalNetwork,
});

export const signTransaction = method(
  'aptos_signTransaction',
  'connected',
  Transaction,
  async (origin, { transaction, ...target }) => {
    const bytes = base64.decode(transaction);
    const decided = await decideAndSign(origin, chainOf('aptos'), [bytes], target, 'sign');
    const [signed] = decided.signed;
    if (signed === undefined) throw new RequestError('preview-failed');
    const publicKey = hexToBytes(decided.account.publicKey);
    const authenticator = accountAuthenticator(publicKey, signed.signature);
    return { authenticator: base64.encode(authenticator) };
  },
);

export const signAndSubmitTransaction = method(
  'aptos_signAndSubmitTransaction',
  'connected',
  Transaction,
  async (origin, { transaction, ...target }) => {
    const bytes = base64.decode(transaction);
    requireOneSignature(bytes);
    const decided = await decideAndSign(origin, chainOf('aptos'), [bytes], target, 'send');
    const [signed] = decided.signed;
    if (signed === undefined) throw new RequestError('preview-failed');
    const { account, network } = decided;
    const whole = signedTransaction(
      signed.transaction,
      account.address,
      hexToBytes(account.publicKey),
      signed.signature,
    );
    return { hash: await submitTransaction(network, whole) };
  },
);

/**
 * What others must sign too cannot be sent yet: the user is not asked in vain.
 *
 * @throws LookaheadError `signatures-missing`
 */
function requireOneSignature(bytes: Uint8Array): void {
  const { feePayer, signed, signers } = decodeTransaction(bytes);
  const missing = signers.filter((signer) => !signed.includes(signer));
  // A payer who is not settled yet is no signer yet.
  if (missing.length <= 1 && signers.includes(feePayer)) return;
  throw new LookaheadError(
    'malformed',
    'signatures-missing',
    'others must sign the transaction before it can be sent',
  );
}

export const preview = method(
  'aptos_previewTransaction',
  'connected',
  Transaction,
  async (origin, { transaction, ...target }) => {
    const bytes = base64.decode(transaction);
    const { preview: shown } = await previewForSite(origin, chainOf('aptos'), bytes, target);
    return { preview: shown };
  },
);
