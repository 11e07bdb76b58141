/** Aptos: transactions, the chain's state, and what a transaction would make of it. */
export {
  type AptosRequest,
  type Authenticators,
  executeTransaction,
  parseFeatures,
  requestOf,
  systemResource,
} from './execution';
export { type ErrorDescription, explainAbort, moduleMetadata } from './metadata';
export {
  type AptosState,
  MissingStateError,
  type StateKey,
  type StateMetadata,
  type StateValue,
} from './state';
export {
  decodeGroup,
  decodeStateKey,
  encodeGroup,
  encodeStateKey,
  type GroupMembers,
  ModuleCache,
  memberId,
  moduleKey,
  readStateKey,
  stateKeyId,
} from './storage';
export * from './transaction';
export type {
  AptosEnvironment,
  AptosEvent,
  AptosOutcome,
  AptosStatus,
  FeeStatement,
  StateChange,
} from './types';
