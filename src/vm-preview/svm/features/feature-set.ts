import { CannotPreview } from '../../errors';
import type { Account } from '../account';
import { FEATURE_PROGRAM } from '../programs/ids';
import { Pubkey } from '../pubkey';
import { FEATURE_EFFECTS } from './effects';
import { FEATURE_IDS, type FeatureName, FORMER_FEATURE_IDS } from './ids';

const ALL = Object.keys(FEATURE_IDS) as readonly FeatureName[];

let nameByKey: ReadonlyMap<string, FeatureName> | undefined;

/** Read from text when first asked for: some hundred addresses would keep the snap from starting. */
function nameOf(address: Pubkey): FeatureName | undefined {
  nameByKey ??= new Map(ALL.map((name) => [Pubkey.fromBase58(FEATURE_IDS[name]).key, name]));
  return nameByKey.get(address.key);
}

/** Which gates are active. Selects behaviour everywhere in the VM; read from the chain, never guessed. */
export class FeatureSet {
  readonly #active: ReadonlySet<FeatureName>;

  constructor(active: Iterable<FeatureName>) {
    this.#active = new Set(active);
  }

  static all(): FeatureSet {
    return new FeatureSet(ALL);
  }

  /** By the addresses of the active features' accounts. Throws as `fromAccounts` does. */
  static fromAddresses(active: Iterable<Pubkey>): FeatureSet {
    const names = new Set<FeatureName>();
    for (const address of active) {
      const name = nameOf(address);
      if (name === undefined) {
        throw unknownFeature(address.toBase58());
      }
      names.add(name);
    }
    for (const name of ALL) {
      const effect = FEATURE_EFFECTS[name];
      if (effect !== (names.has(name) ? 'unsupported' : 'assumed')) continue;
      const isMissing = effect === 'assumed';
      throw refusedFeature(isMissing ? 'feature-missing' : 'feature-unsupported', name);
    }
    return new FeatureSet(names);
  }

  /**
   * Decodes the feature program's accounts, of which those with an activation slot are active.
   *
   * @throws CannotPreview `feature-unknown`, `feature-unsupported` or `feature-missing` when the network
   * runs by rules that this VM does not know
   */
  static fromAccounts(accounts: Iterable<readonly [Pubkey, Account]>): FeatureSet {
    const active: Pubkey[] = [];
    for (const [address, account] of accounts) {
      if (featureActivationSlot(account) !== undefined) active.push(address);
    }
    return FeatureSet.fromAddresses(active);
  }

  isActive(feature: FeatureName): boolean {
    return this.#active.has(feature);
  }
}

/** The chain has no name for a feature but its address; agave's lists name those that they ever held. */
function unknownFeature(address: string): CannotPreview {
  const name = FORMER_FEATURE_IDS[address];
  if (name !== undefined) return refusedFeature('feature-unsupported', name, address);
  return new CannotPreview(
    'feature-unknown',
    `the network runs the feature ${address}, which is not known here`,
    { feature: address },
  );
}

function refusedFeature(
  code: 'feature-missing' | 'feature-unsupported',
  name: FeatureName,
  address: string = FEATURE_IDS[name],
): CannotPreview {
  const how = code === 'feature-missing' ? 'without' : 'with';
  return new CannotPreview(code, `the network runs ${how} the feature ${name} (${address})`, {
    feature: address,
    name,
  });
}

/**
 * The slot at which a feature was activated; `undefined` while it is pending or when the account is no
 * feature. Source: solana-sdk `feature-gate-interface/src/lib.rs` (an Option of u64).
 */
export function featureActivationSlot(account: Account): bigint | undefined {
  if (!account.owner.equals(FEATURE_PROGRAM) || account.data.length < 9) return undefined;
  const { buffer, byteOffset, byteLength } = account.data;
  const view = new DataView(buffer, byteOffset, byteLength);
  return view.getUint8(0) === 1 ? view.getBigUint64(1, true) : undefined;
}
