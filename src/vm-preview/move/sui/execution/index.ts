export { RefusedError } from './checks';
export { executeTransaction, SuiCache } from './execute';
export { inputKinds, receivingRefs } from './inputs';
