/** Feature flags and gas feature versions that the pipeline looks at (aptos_features.rs, ver.rs). */
export const FLAG = {
  treatFriendAsPrivate: 2,
  resourceGroups: 9,
  structConstructors: 15,
  storageSlotMetadata: 19,
  chargeInvariantViolation: 20,
  emitFeeStatement: 27,
  storageDeletionRefund: 28,
  saferResourceGroups: 31,
  saferMetadata: 32,
  sponsoredAccountCreation: 34,
  groupsSplit: 41,
  newAccountsDefaultToFaStoreOld: 64,
  abortIfMultisigPayloadMismatch: 70,
  signatureCheckerScriptFix: 29,
  serializedScriptArguments: 72,
  enums: 74,
  resourceAccessControl: 75,
  simulationEnhancement: 78,
  accountAbstraction: 85,
  derivableAccountAbstraction: 88,
  functionValues: 89,
  newAccountsDefaultToFaStore: 90,
  defaultAccountResource: 91,
  payloadV2: 93,
  orderless: 94,
  lazyLoading: 95,
  captureOption: 99,
} as const;

export const VERSION = {
  /** The prologue has a session of its own. */
  prologueSession: 1,
  /** Creations of resources are told from modifications. */
  creations: 3,
  /** The size of a resource group counts. */
  groupSize: 9,
  /** Modules that a run depends on are paid for. */
  dependencies: 15,
  governanceLimits: 18,
  /** Modules of type arguments are, too. */
  typeDependencies: 31,
  /** Running out of memory is told without the place where it happened. */
  memoryLimitPlaceless: 42,
  /** `init_module` is checked by its loaded form. */
  initModule: 35,
} as const;
