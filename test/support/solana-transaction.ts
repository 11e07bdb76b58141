/** Transactions for tests, compiled by @solana/web3.js, with signatures left out. */

import { base58 } from '@scure/base';
import {
  type AddressLookupTableAccount,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { Pubkey } from '../../src/vm-preview/svm/pubkey';
import {
  encodeTransaction,
  type Message,
  parseMessage,
} from '../../src/vm-preview/svm/transaction/message';

/** An address whose 32 bytes are all `fill`, or that the text names. */
export function address(of: number | string): Pubkey {
  return typeof of === 'string' ? Pubkey.fromBase58(of) : Pubkey.from(new Uint8Array(32).fill(of));
}

export const web3Key = (key: Pubkey): PublicKey => new PublicKey(key.bytes);

export interface Meta {
  readonly pubkey: Pubkey;
  readonly isSigner?: boolean;
  readonly isWritable?: boolean;
}

export const signer = (pubkey: Pubkey): Meta => ({ pubkey, isSigner: true });
export const writable = (pubkey: Pubkey): Meta => ({ pubkey, isWritable: true });
export const writableSigner = (pubkey: Pubkey): Meta => ({
  pubkey,
  isSigner: true,
  isWritable: true,
});
export const readonly = (pubkey: Pubkey): Meta => ({ pubkey });

export function instruction(
  programId: Pubkey,
  accounts: readonly Meta[],
  data: Uint8Array | readonly number[] = [],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId.bytes),
    keys: accounts.map(({ pubkey, isSigner, isWritable }) => ({
      pubkey: new PublicKey(pubkey.bytes),
      isSigner: isSigner ?? false,
      isWritable: isWritable ?? false,
    })),
    data: Buffer.from(data),
  });
}

export interface TransactionOptions {
  readonly payer: Pubkey;
  readonly blockhash: Uint8Array;
  readonly instructions: readonly TransactionInstruction[];
  /** Makes it version 0. */
  readonly tables?: readonly AddressLookupTableAccount[];
}

/** The message, for tests that change a field before they encode it. */
export function message(options: TransactionOptions): Message {
  const compiled = new TransactionMessage({
    payerKey: new PublicKey(options.payer.bytes),
    recentBlockhash: base58.encode(options.blockhash),
    instructions: [...options.instructions],
  });
  const bytes =
    options.tables === undefined
      ? compiled.compileToLegacyMessage().serialize()
      : compiled.compileToV0Message([...options.tables]).serialize();
  return parseMessage(Uint8Array.from(bytes));
}

/** With all signatures zero. */
export function unsigned(of: Message): Uint8Array {
  const signatures = Array.from(
    { length: of.header.numRequiredSignatures },
    () => new Uint8Array(64),
  );
  return encodeTransaction(of, signatures);
}

export function transaction(options: TransactionOptions): Uint8Array {
  return unsigned(message(options));
}
