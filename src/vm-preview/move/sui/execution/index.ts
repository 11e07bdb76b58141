export { executeTransaction, SuiCache } from './execute';
export { inputKinds, receivingRefs } from './inputs';
export { type RefusalFacts, RefusedError } from './refused';
