export { AbstractSizes } from './abstract-size';
export { AptosGas, type AptosGasOptions } from './aptos-gas';
export type { ChangeSetFees, EventSize } from './change-set';
export { checkChangeSet } from './change-set-limits';
export { checkGas, type GasBid, type GasRefusal } from './check';
export type { Surcharge } from './intrinsic';
export type { ModuleCode, ModuleToPublish } from './modules';
export { NativePrices, unmeteredNativeGas } from './native-gas';
export {
  type GasSchedule,
  KNOWN_FEATURE_VERSION,
  parseGasSchedule,
  parseGasScheduleV1,
} from './schedule';
export { type SpacePricing, spacePricing } from './space-pricing';
export type { StateWrite } from './state-write';
export { parseStorageGas, type StorageGas } from './storage-gas';
