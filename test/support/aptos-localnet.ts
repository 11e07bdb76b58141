/** The local Aptos chain in tests, and the SDK as a dapp uses it there, without its HTTP client. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AptosLocalnet, startAptosLocalnet } from '../../localnet/aptos';
import { accountSequenceNumber } from '../../src/chains/aptos';
import { addressBytes, parseAddress } from '../../src/chains/aptos/address';
import { moduleKey, resourceKey } from '../../src/chains/aptos/load/keys';
import { fromHex } from '../../src/chains/hex';
import type { Preview, ValueDiff } from '../../src/vm-preview/model/preview';
import type { StateKey } from '../../src/vm-preview/move/aptos/state';
import { APTOS_FORMAT, decodeModule, encode } from '../../src/vm-preview/move/core/format';
import {
  parseTypeTag as parseMoveType,
  type StructTag,
} from '../../src/vm-preview/move/core/types';
import {
  Account,
  AccountAddress,
  type AccountAuthenticator,
  ChainId,
  Ed25519PrivateKey,
  generateSignedTransaction,
  RawTransaction,
  SimpleTransaction,
  type TransactionPayload,
} from './aptos-sdk';
import { assemble } from './masm';
import { FIXTURES } from './move-fixtures';

export type { AptosLocalnet };

export const hasFixtures = existsSync(join(FIXTURES, 'aptos/genesis/devnet.blob'));

/** Devnet's framework where it is recorded, the small one elsewhere. */
export function startAptos(): Promise<AptosLocalnet> {
  return startAptosLocalnet(hasFixtures ? { fixtures: FIXTURES } : {});
}

/** One of the chain's own accounts, whose keys everyone knows. */
export function sdkAccount({ privateKey }: { readonly privateKey: Uint8Array }): Account {
  return Account.fromPrivateKey({ privateKey: new Ed25519PrivateKey(privateKey, false) });
}

export async function rawOf(
  localnet: AptosLocalnet,
  sender: string,
  payload: TransactionPayload,
): Promise<RawTransaction> {
  return new RawTransaction(
    AccountAddress.from(sender),
    await accountSequenceNumber({ endpoint: localnet.url }, sender),
    payload,
    50_000n,
    100n,
    BigInt(Math.floor(Date.now() / 1000) + 60),
    new ChainId(localnet.chainId),
  );
}

/** Signs and sends for one of the chain's own accounts. @returns the hash */
export async function send(
  localnet: AptosLocalnet,
  account: Account,
  payload: TransactionPayload,
): Promise<string> {
  const raw = await rawOf(localnet, account.accountAddress.toString(), payload);
  const transaction = new SimpleTransaction(raw);
  const senderAuthenticator: AccountAuthenticator =
    account.signTransactionWithAuthenticator(transaction);
  return post(localnet, generateSignedTransaction({ transaction, senderAuthenticator }));
}

/** @returns the hash */
export async function post(localnet: AptosLocalnet, signed: Uint8Array): Promise<string> {
  const answer = await fetch(`${localnet.url}/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/x.aptos.signed_transaction+bcs' },
    body: Uint8Array.from(signed),
  });
  const { hash, message } = (await answer.json()) as { hash?: string; message?: string };
  if (hash === undefined) throw new Error(message ?? 'refused');
  return hash;
}

/** A transaction that landed, as the node tells it. */
export async function landed(localnet: AptosLocalnet, hash: string): Promise<Landed> {
  const answer = await fetch(`${localnet.url}/transactions/by_hash/${hash}`);
  return (await answer.json()) as Landed;
}

export interface Landed {
  readonly type: string;
  readonly success: boolean;
  readonly vm_status: string;
  readonly gas_used: string;
  readonly gas_unit_price: string;
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
}

/** Bytes of a module or script from assembly text, which may call the named modules of the chain. */
export function assembleFor(
  localnet: AptosLocalnet,
  text: string,
  calls: readonly (readonly [address: string, name: string])[] = [],
): Uint8Array {
  const modules = calls.map(([address, name]) => {
    const code = localnet.chain.ledger.newest.read(moduleKey(parseAddress(address), name));
    if (code === null) throw new Error(`no module ${address}::${name}`);
    return [
      `${parseAddress(address).slice(2)}::${name}`,
      decodeModule(code.bytes, APTOS_FORMAT),
    ] as const;
  });
  return encode(assemble(text, new Map(modules)), APTOS_FORMAT);
}

/** What the chain has where a preview says that something changes: base64, or null where there is nothing. */
export function valuesOnChain(localnet: AptosLocalnet, { raw }: Preview): (string | null)[] {
  return (raw.values ?? []).map((value) => {
    const found = localnet.chain.ledger.newest.read(keyOf(value));
    return found === null ? null : Buffer.from(found.bytes).toString('base64');
  });
}

function keyOf({ address, kind, key }: ValueDiff): StateKey {
  const at = addressBytes(address);
  switch (kind) {
    case 'resource':
      return resourceKey(address, key);
    case 'group': {
      const type = parseStructTag(key);
      return { kind: 'group', address: at, type };
    }
    case 'module':
      return moduleKey(address, key);
    case 'table-item':
      return { kind: 'tableItem', handle: at, key: fromHex(key) };
    case 'object':
      throw new Error('Aptos keeps no such values');
  }
}

function parseStructTag(text: string): StructTag {
  const tag = parseMoveType(text);
  if (tag.kind !== 'struct') throw new Error(`${text} is no struct`);
  return tag;
}
