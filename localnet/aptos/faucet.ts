/** Money for the asking, minted by transactions of the account that may. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { addressBytes } from '../../src/chains/aptos/address';
import {
  encodeSignedTransaction,
  type RawTransaction,
  signingMessage,
} from '../../src/vm-preview/move/aptos';
import { BcsReader, BcsWriter } from '../../src/vm-preview/move/core/bcs';
import { Address } from '../../src/vm-preview/move/core/values';
import { FAUCET } from './accounts';
import type { Chain, Executed } from './chain';
import { accountResource } from './keys';

/** Octas: 1,000 APT at once. */
const MAX_OCTAS = 100_000_000_000n;
const FUND_OCTAS = 100_000_000n;
const LIFETIME_SECONDS = 600n;
const MICROS = 1_000_000n;

/** Why the faucet gave nothing. */
export class FaucetError extends Error {
  override readonly name = 'FaucetError';
}

/** @returns the transaction that minted. @throws FaucetError */
export function fund(chain: Chain, address: string, octas: bigint = FUND_OCTAS): Executed {
  if (octas <= 0n || octas > MAX_OCTAS)
    throw new FaucetError(`the faucet gives 1 to ${MAX_OCTAS} octas at once`);
  const raw: RawTransaction = {
    sender: Address.parse(FAUCET.address),
    sequenceNumber: sequenceNumber(chain),
    payload: {
      kind: 'entryFunction',
      call: {
        address: Address.parse('0x1'),
        module: 'aptos_coin',
        function: 'mint',
        typeArguments: [],
        args: [addressBytes(address), new BcsWriter().u64(octas).finish()],
      },
    },
    maxGasAmount: 100_000n,
    gasUnitPrice: 100n,
    expirationTimestampSecs: chain.head.timestampMicros / MICROS + LIFETIME_SECONDS,
    chainId: chain.chainId,
  };
  const signature = ed25519.sign(signingMessage(raw), FAUCET.privateKey);
  const authenticator = { kind: 'ed25519', publicKey: FAUCET.publicKey, signature } as const;
  const landed = chain.submit(encodeSignedTransaction({ raw, authenticator }));
  if (!('outcome' in landed) || landed.outcome.status.kind !== 'success')
    throw new FaucetError(`the faucet's transaction failed: ${landed.hash}`);
  return landed;
}

function sequenceNumber(chain: Chain): bigint {
  const bytes = chain.ledger.newest.read(accountResource(FAUCET.address))?.bytes;
  if (bytes === undefined) return 0n;
  const reader = new BcsReader(bytes);
  reader.blob('key');
  return reader.u64('sequence number');
}
