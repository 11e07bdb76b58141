/** Feature flags that gas depends on (aptos_features.rs). */
export const FEATURE = {
  moduleEvents: 26,
  feeStatement: 27,
  storageRefund: 28,
  refundableBytes: 51,
  functionCaches: 83,
  fungibleStoreByDefault: 90,
  defaultAccountResource: 91,
  lazyLoading: 95,
} as const;
