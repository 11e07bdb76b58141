export { Accumulators, type FundsSufficiency } from './accumulators';
export { containedIds } from './contained-ids';
export { limitExceeded, MEMORY_LIMIT, requireBelow, requiredNumber } from './limits';
export { ObjectRuntime, objectIdOf } from './object-runtime';
export { CircularOwnershipError, isSameOwner } from './ownership';
export type {
  AccumulatorEvent,
  ChildResult,
  InputObject,
  LoadedObject,
  LookedUp,
  Lookup,
  ObjectId,
  ObjectRuntimeOptions,
  ObjectWrite,
  ProtocolView,
  RuntimeResults,
  TransferResult,
  TypedValue,
} from './types';
