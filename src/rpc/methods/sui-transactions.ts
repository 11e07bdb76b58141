import { type Infer, object } from '@metamask/superstruct';
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { LookaheadError } from '../../chains/chain';
import {
  completeTransaction,
  decodeTransaction,
  isTransactionKind,
  serializedSignature,
  submitTransaction,
} from '../../chains/sui';
import { readState } from '../../store';
import { requireAccount } from '../accounts';
import { chainOf } from '../chains';
import { RequestError } from '../errors';
import { type Decided, decideAndSign, previewForSite, type Target } from '../transaction/request';
import type { Signed } from '../transaction/sign';
import { method } from './row';
import { base64Bytes, OptionalNetwork, OptionalSuiAddress } from './structs';

/** `max_tx_size_bytes` of the protocol. */
const MAX_TRANSACTION_BYTES = 128 * 1024;

const Transaction = object({
  transaction: base64Bytes(MAX_TRANSACTION_BYTES),
  account: OptionalSuiAddress,
  network: OptionalNetwork,
});

interface Asked {
  readonly bytes: Uint8Array;
  readonly target: Target;
}

/** Inputs and commands alone name no sender: it is the account that is asked for, or the first connected. */
async function askedFor(
  origin: string,
  { transaction, ...target }: Infer<typeof Transaction>,
): Promise<Asked> {
  const bytes = base64.decode(transaction);
  if (!isTransactionKind(bytes)) return { bytes, target };
  const { address } = requireAccount(await readState(), origin, 'sui', target.account);
  return { bytes: completeTransaction(bytes, address), target: { ...target, account: address } };
}

async function decide(
  origin: string,
  { bytes, target }: Asked,
  action: 'sign' | 'send',
): Promise<{ decided: Decided; signed: Signed; signature: string }> {
  const decided = await decideAndSign(origin, chainOf('sui'), [bytes], target, action);
  const [signed] = decided.signed;
  if (signed === undefined) throw new RequestError('preview-failed');
  const publicKey = hexToBytes(decided.account.publicKey);
  return { decided, signed, signature: serializedSignature(signed.signature, publicKey) };
}

export const signTransaction = method(
  'sui_signTransaction',
  'connected',
  Transaction,
  async (origin, params) => {
    const { signature, signed } = await decide(origin, await askedFor(origin, params), 'sign');
    return { transaction: base64.encode(signed.transaction), signature };
  },
);

export const signAndExecuteTransaction = method(
  'sui_signAndExecuteTransaction',
  'connected',
  Transaction,
  async (origin, params) => {
    const asked = await askedFor(origin, params);
    requireOneSigner(asked.bytes);
    const { decided, signature, signed } = await decide(origin, asked, 'send');
    const { exactEffects, transaction } = signed;
    const done = await submitTransaction(decided.network, transaction, [signature], exactEffects);
    return {
      transaction: base64.encode(transaction),
      signature,
      digest: done.digest,
      effects: base64.encode(done.effects),
      ...(done.isAsShown === undefined ? {} : { isAsShown: done.isAsShown }),
    };
  },
);

/**
 * What a sponsor must sign too cannot be sent with one signature: the user is not asked in vain.
 *
 * @throws LookaheadError `signatures-missing`
 */
function requireOneSigner(bytes: Uint8Array): void {
  if (decodeTransaction(bytes).signers.length === 1) return;
  throw new LookaheadError(
    'malformed',
    'signatures-missing',
    'others must sign the transaction before it can be sent',
  );
}

export const preview = method(
  'sui_previewTransaction',
  'connected',
  Transaction,
  async (origin, params) => {
    const { bytes, target } = await askedFor(origin, params);
    const shown = await previewForSite(origin, chainOf('sui'), bytes, target);
    return { preview: shown.preview, transaction: base64.encode(shown.transaction) };
  },
);
