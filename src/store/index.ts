export { CACHE_CHARACTERS, Cache } from './cache';
export { consentOf, withConsent } from './consents';
export { StoreError, type StoreErrorCode } from './errors';
export {
  type Consent,
  EMPTY_STATE,
  MAX_ACCOUNTS,
  MAX_NETWORKS,
  type Settings,
  type State,
  type StoredAccount,
  type StoredNetwork,
  StoredNetworkStruct,
} from './schema';
export { readState, resetState, updateState } from './state';
