import type { TimedFeature, TimedFeatures } from '../context';

const MAINNET = 1;
const TESTNET = 2;

/** When each came, in seconds since 1970 (timed_features.rs); on other chains all are there always. */
const SINCE: Readonly<
  Record<TimedFeature, { readonly mainnet: bigint; readonly testnet: bigint }>
> = {
  /** 2025-03-12T00:00Z and 2025-03-07T20:00Z */
  ChargeBytesForPrints: { mainnet: 1_741_737_600n, testnet: 1_741_377_600n },
  /** 2025-03-12T00:00Z and 2025-03-07T20:00Z */
  FixMemoryUsageTracking: { mainnet: 1_741_737_600n, testnet: 1_741_377_600n },
  /** 2025-10-21T17:00Z and 2025-10-17T00:00Z */
  FixTableNativesMemoryDoubleCounting: { mainnet: 1_761_066_000n, testnet: 1_760_659_200n },
  /** 2026-03-13T17:00Z and 2026-03-12T04:00Z */
  ConstantSerializedSizeLocalCache: { mainnet: 1_773_421_200n, testnet: 1_773_288_000n },
};

/**
 * @param chainId - of the network
 * @param timestampMicros - of the block, microseconds since 1970
 */
export function timedFeatures(chainId: number, timestampMicros: bigint): TimedFeatures {
  return {
    isEnabled: (name) => {
      if (chainId !== MAINNET && chainId !== TESTNET) return true;
      const since = SINCE[name][chainId === MAINNET ? 'mainnet' : 'testnet'];
      return timestampMicros >= since * 1_000_000n;
    },
  };
}
