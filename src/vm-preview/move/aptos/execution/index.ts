/** Running Aptos transactions. */
export { parseFeatures, systemResource } from './configuration';
export { executeTransaction } from './execute';
export { type AptosRequest, type Authenticators, requestOf } from './request';
