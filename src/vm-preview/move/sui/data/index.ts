export * from './address-balance';
export {
  CHECKPOINT_DATA,
  type CheckpointData,
  type CheckpointTransaction,
  parseCheckpoint,
} from './checkpoint';
export { decode, encode } from './codec';
export * from './coin-reservation';
export { commandArguments } from './command-arguments';
export {
  digestOf,
  effectsDigest,
  eventsDigest,
  objectDigest,
  objectRef,
  transactionDigest,
} from './digest';
export * from './effects';
export { EVENT, EVENTS } from './event';
export {
  encodeObject,
  OBJECT,
  type ObjectRef,
  OWNER,
  parseObject,
  type VersionDigest,
} from './object';
export {
  balanceOf,
  coinCurrency,
  coinOf,
  GAS_COIN,
  OBJECT_TYPE,
  SUI,
  sameType,
} from './object-type';
export * from './status';
export type { SystemKind } from './system-transaction';
export * from './transaction';
