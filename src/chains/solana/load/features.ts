/** Which feature gates are active on the network, read from its feature accounts once an epoch. */
import { StateError } from '../../../vm-preview/errors';
import { FEATURE_IDS, FeatureSet, featureActivationSlot, Pubkey } from '../../../vm-preview/svm';
import type { CachedFeatures } from '../cache';
import type { FeatureAccount, SolanaRpc } from '../rpc';

export type ReadFeatures = Omit<CachedFeatures, 'epoch'>;

const KNOWN: ReadonlySet<string> = new Set(Object.values(FEATURE_IDS));

/**
 * Agave drops features from its list once they have been active everywhere for years, while their
 * accounts stay on the chain. One that we do not know is such when more known ones were activated
 * after it than were still pending anywhere when the list was made (39 on mainnet): none that came
 * later can be.
 */
const KNOWN_AFTER_DROPPED = 64;

/** Addresses of the active ones, without those that agave has dropped from its list. */
export function activeFeatures(features: readonly FeatureAccount[]): string[] {
  const active = features.flatMap(({ activatedAt, address }) =>
    activatedAt === null ? [] : [{ activatedAt, address }],
  );
  const known = active.filter(({ address }) => KNOWN.has(address));
  const isDropped = (slot: bigint) =>
    known.filter(({ activatedAt }) => activatedAt > slot).length >= KNOWN_AFTER_DROPPED;
  return active
    .filter(({ activatedAt, address }) => KNOWN.has(address) || !isDropped(activatedAt))
    .map(({ address }) => address);
}

/**
 * All of the feature program's accounts; where the node refuses to list them, those that we know.
 *
 * @throws StateError when neither can be had
 */
export async function readFeatures(rpc: SolanaRpc): Promise<ReadFeatures> {
  try {
    return { active: activeFeatures(await rpc.getFeatures()), complete: true };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return readKnownFeatures(rpc);
  }
}

/** Many public nodes do not serve getProgramAccounts. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof StateError)) return false;
  const { status } = error.context;
  return error.code === 'node-rpc-error' || status === 403 || status === 410;
}

async function readKnownFeatures(rpc: SolanaRpc): Promise<ReadFeatures> {
  const addresses = Object.values(FEATURE_IDS).map((id) => Pubkey.fromBase58(id));
  const { accounts } = await rpc.getAccounts(addresses);
  const active: string[] = [];
  addresses.forEach((address, index) => {
    const account = accounts[index];
    if (account && featureActivationSlot(account) !== undefined) active.push(address.toBase58());
  });
  return { active, complete: false };
}

/** @throws CannotPreview when the network runs by rules that the VM does not know */
export function featureSet(features: Pick<CachedFeatures, 'active'>): FeatureSet {
  return FeatureSet.fromAddresses(features.active.map((address) => Pubkey.fromBase58(address)));
}
