/**
 * The SDK, whose classes AIP-62 answers with. It is half a megabyte, so it comes with the first question
 * that needs it; a dapp for Aptos has it anyway.
 */
import * as sdk from '@aptos-labs/ts-sdk';
import { AccountInfo, UserResponseStatus } from '@aptos-labs/wallet-standard';
import type { RpcAccount } from '../../../src/rpc/types';
import { bytesOfBase64, bytesOfHex } from '../bytes';

export { UserResponseStatus };

export function accountInfo({ address, publicKey }: RpcAccount): AccountInfo {
  return new AccountInfo({ address, publicKey: new sdk.Ed25519PublicKey(bytesOfHex(publicKey)) });
}

/** @param text - hex of 64 bytes */
export function signatureOf(text: string): sdk.Ed25519Signature {
  return new sdk.Ed25519Signature(bytesOfHex(text));
}

/** @param text - base64 of BCS */
export function authenticatorOf(text: string): sdk.AccountAuthenticator {
  return sdk.AccountAuthenticator.deserialize(new sdk.Deserializer(bytesOfBase64(text)));
}

/** The account's address where the payer is left open, as the SDK's own signer does it. */
export function payAs(transaction: sdk.AnyRawTransaction, address: string): void {
  const payer = sdk.AccountAddress.from(address);
  const open = transaction.feePayerAddress;
  if (open === undefined || open.equals(sdk.AccountAddress.ZERO)) {
    transaction.feePayerAddress = payer;
  }
}
