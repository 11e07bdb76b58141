import type { TimedFeature, TimedFeatures } from '../context';

const MAINNET = 1;
const TESTNET = 2;

/** When each came, by chain (timed_features.rs); on all other chains always. */
const SINCE: Readonly<
  Record<TimedFeature, { readonly mainnet: string; readonly testnet: string }>
> = {
  ChargeBytesForPrints: { mainnet: '2025-03-12T00:00Z', testnet: '2025-03-07T20:00Z' },
  FixMemoryUsageTracking: { mainnet: '2025-03-12T00:00Z', testnet: '2025-03-07T20:00Z' },
  FixTableNativesMemoryDoubleCounting: {
    mainnet: '2025-10-21T17:00Z',
    testnet: '2025-10-17T00:00Z',
  },
  ConstantSerializedSizeLocalCache: {
    mainnet: '2026-03-13T17:00Z',
    testnet: '2026-03-12T04:00Z',
  },
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
      return timestampMicros >= BigInt(Date.parse(since)) * 1000n;
    },
  };
}
