/** What a version of the protocol changes. Names are those of `ProtocolConfig` and `FeatureFlags`. */

/** Which networks a change is for: all, all but mainnet, or neither mainnet nor testnet. */
export type Reach = 'all' | 'mainnet' | 'notMainnet' | 'neitherMainNorTestnet';

export interface ProtocolChange {
  readonly version: number;
  readonly reach: Reach;
  readonly features?: Readonly<Record<string, boolean>>;
  readonly numbers?: Readonly<Record<string, number>>;
}
