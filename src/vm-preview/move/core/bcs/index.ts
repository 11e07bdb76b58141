export { BcsError, type BcsProblem } from './errors';
export { MAX_SEQUENCE_LENGTH } from './integers';
export { BcsReader } from './reader';
export { BcsWriter } from './writer';
