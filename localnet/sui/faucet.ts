/** Money for the asking, sent by transactions of the account that has all of it. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { addressBytes, digestText, fullAddress } from '../../src/chains/sui/address';
import { signedDigest } from '../../src/chains/sui/transaction';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import {
  type CallArg,
  type Command,
  encodeTransaction,
  objectRef,
} from '../../src/vm-preview/move/sui/data';
import type { LocalAccount } from './accounts';
import { FAUCET } from './accounts';
import { type Chain, type Executed, GAS_PRICE } from './chain';
import { isSui } from './ledger';

/** MIST: 10 SUI at once, as the local faucet of Sui gives. */
const AMOUNT = 10_000_000_000n;
const BUDGET = 500_000_000n;

/** A coin that the faucet gave. */
export interface Sent {
  /** MIST. */
  readonly amount: bigint;
  /** 0x and 64 digits. */
  readonly id: string;
  /** Of the transaction, base58. */
  readonly digest: string;
}

/** @param recipient - 0x and 64 digits. @throws Error when the faucet is empty */
export function fund(chain: Chain, recipient: string, amount: bigint = AMOUNT): Sent {
  const inputs: CallArg[] = [
    { kind: 'pure', bytes: new BcsWriter().u64(amount).finish() },
    { kind: 'pure', bytes: addressBytes(recipient) },
  ];
  const executed = send(chain, FAUCET, inputs, [
    { kind: 'splitCoins', coin: { kind: 'gasCoin' }, amounts: [{ kind: 'input', index: 0 }] },
    {
      kind: 'transferObjects',
      objects: [{ kind: 'nestedResult', index: 0, nested: 0 }],
      address: { kind: 'input', index: 1 },
    },
  ]);
  const made = executed.outcome.changes.find(({ kind }) => kind === 'created');
  if (made === undefined) throw new Error('the faucet is empty');
  return { amount, id: fullAddress(made.id), digest: digestText(executed.digest) };
}

/** Runs commands of a local account, which pays with its richest coin. @throws as `Chain.submit` */
export function send(
  chain: Chain,
  account: LocalAccount,
  inputs: readonly CallArg[],
  commands: readonly Command[],
): Executed {
  const sender = addressBytes(account.address);
  const coin = chain.ledger.ownedBy(sender, chain.ledger.checkpoint).find(isSui);
  if (coin === undefined) throw new Error(`${account.name} has no SUI`);
  const bytes = encodeTransaction({
    kind: { kind: 'programmable', programmable: { inputs, commands } },
    sender,
    gas: { payment: [objectRef(coin)], owner: sender, price: GAS_PRICE, budget: BUDGET },
    expiration: { kind: 'none' },
  });
  const signature = ed25519.sign(signedDigest(bytes), account.privateKey);
  return chain.submit(bytes, [Uint8Array.of(0, ...signature, ...account.publicKey)]);
}
