/** Questions about a network or an address that belong to no transaction. */

import { MalformedError } from '../../vm-preview/errors';
import { encodeRawTransaction } from '../../vm-preview/move/aptos/transaction';
import type { Network } from '../chain';
import type { HttpOptions } from '../http';
import { APTOS_COIN, fullAddress, parseAddress } from './address';
import { AptosRest } from './rest';
import { parseTransaction } from './transaction';

/** Seconds that a transaction with a new lifetime is valid. */
const LIFETIME_SECONDS = 60n;
const MICROS = 1_000_000n;

/** The chain id of the network that a node belongs to, in digits. */
export async function chainIdOf(endpoint: string, options: HttpOptions = {}): Promise<string> {
  return String((await new AptosRest(endpoint, options).ledger()).chainId);
}

/** Octas, in whatever form they are held. */
export function nativeBalance(
  network: Pick<Network, 'endpoint'>,
  address: string,
  options: HttpOptions = {},
): Promise<bigint> {
  return new AptosRest(network.endpoint, options).balance(parseAddress(address), APTOS_COIN);
}

/** What a transaction of the account needs to be built: it has 0 while the chain does not know it. */
export async function accountSequenceNumber(
  network: Pick<Network, 'endpoint'>,
  address: string,
  options: HttpOptions = {},
): Promise<bigint> {
  const account = await new AptosRest(network.endpoint, options).account(parseAddress(address));
  return account?.sequenceNumber ?? 0n;
}

/** Octas for a gas unit that usually suffice. */
export function gasUnitPrice(
  network: Pick<Network, 'endpoint'>,
  options: HttpOptions = {},
): Promise<bigint> {
  return new AptosRest(network.endpoint, options).gasUnitPrice();
}

/**
 * The same transaction, as a raw one without signatures, with a sequence number that is not used yet and
 * an expiry that leaves time; what it has already of both stays.
 *
 * @throws MalformedError `signed-by-others` when others sign it too, who would have to sign again
 */
export async function renewTransaction(
  network: Pick<Network, 'endpoint'>,
  transaction: Uint8Array,
  options: HttpOptions = {},
): Promise<Uint8Array> {
  const { feePayerAddress, raw, replayProtectionNonce, secondaryAddresses } =
    parseTransaction(transaction);
  if (feePayerAddress !== undefined || secondaryAddresses !== undefined) {
    throw new MalformedError('signed-by-others', 'others sign the transaction as it is');
  }
  const rest = new AptosRest(network.endpoint, options);
  const { timestampMicros } = await rest.ledger();
  const account = await rest.account(fullAddress(raw.sender));
  const expirationTimestampSecs = later(
    raw.expirationTimestampSecs,
    timestampMicros / MICROS + LIFETIME_SECONDS,
  );
  const sequenceNumber =
    replayProtectionNonce === undefined
      ? later(raw.sequenceNumber, account?.sequenceNumber ?? 0n)
      : raw.sequenceNumber;
  return encodeRawTransaction({ ...raw, sequenceNumber, expirationTimestampSecs });
}

function later(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
