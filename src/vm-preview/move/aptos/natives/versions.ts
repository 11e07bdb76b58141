/** Gas feature versions that natives look at (aptos-gas-schedule, ver.rs). */
export const GAS_VERSION = {
  pagedTableLoads: 12,
  v1_23: 27,
  v1_30: 34,
  /** Natives charge by themselves, and the VM does not sum up for them. */
  v1_32: 36,
  v1_41: 45,
} as const;

/** Feature flags that natives look at (aptos_features.rs). */
export const FEATURE = {
  signerNativeFormatFix: 25,
  aggregatorV2DelayedFields: 36,
  nativeMemoryOperations: 80,
  permissionedSigner: 84,
  accountAbstraction: 85,
  derivableAccountAbstraction: 88,
  enableLazyLoading: 95,
  enableEnumOption: 101,
} as const;
