/** Which feature gates are active on the network, read from its feature accounts once an epoch. */
import { StateError } from '../../../vm-preview/errors';
import { FEATURE_IDS, FeatureSet, featureActivationSlot, Pubkey } from '../../../vm-preview/svm';
import type { CachedFeatures } from '../cache';
import type { SolanaRpc } from '../rpc';

export type ReadFeatures = Omit<CachedFeatures, 'epoch'>;

/**
 * All of the feature program's accounts; where the node refuses to list them, those that we know.
 *
 * @throws StateError when neither can be had
 */
export async function readFeatures(rpc: SolanaRpc): Promise<ReadFeatures> {
  try {
    const features = await rpc.getFeatures();
    const active = features.filter(({ activatedAt }) => activatedAt !== null);
    return { active: active.map(({ address }) => address), complete: true };
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
