/** The local Sui chain in tests, what it has after a preview, and its SDK as a dapp uses it there. */
import { SuiGraphQLClient } from '@mysten/sui/graphql';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import type { Transaction } from '@mysten/sui/transactions';
import { base64 } from '@scure/base';
import { type LocalAccount, type SuiLocalnet, startSuiLocalnet } from '../../localnet/sui';
import { newestRecorded } from '../../localnet/sui/genesis';
import { addressBytes } from '../../src/chains/sui/address';
import type { Preview, RawValue } from '../../src/vm-preview/model/preview';
import { encodeObject } from '../../src/vm-preview/move/sui/data';
import { FIXTURES } from './move-fixtures';

export type { SuiLocalnet };

/** The newest framework that is recorded, the small one elsewhere. */
export function startSui(): Promise<SuiLocalnet> {
  return startSuiLocalnet(newestRecorded(FIXTURES) === undefined ? {} : { fixtures: FIXTURES });
}

export function sdkClient({ url }: SuiLocalnet): SuiGraphQLClient {
  return new SuiGraphQLClient({ url, network: 'localnet' });
}

/** One of the chain's own accounts, whose keys everyone knows. */
export function keysOf({ privateKey }: LocalAccount): Ed25519Keypair {
  return Ed25519Keypair.fromSecretKey(privateKey);
}

/** Base64, with gas as the SDK chooses it. */
export async function built(localnet: SuiLocalnet, transaction: Transaction): Promise<string> {
  return base64.encode(await transaction.build({ client: sdkClient(localnet) }));
}

/** Longer objects are in a preview by their length alone. */
const MAX_BYTES = 4_096;

/** What the chain has where a preview says that something changes, or null where there is nothing. */
export function objectsOnChain({ chain }: SuiLocalnet, { raw }: Preview): (RawValue | null)[] {
  return (raw.values ?? []).map(({ address }) => {
    const found = chain.ledger.newest(addressBytes(address));
    if (found === null) return null;
    const bytes = encodeObject(found);
    const { length } = bytes;
    return length > MAX_BYTES ? { length } : { length, data: base64.encode(bytes) };
  });
}
