export {
  APTOS_VM,
  type AptosVmFeatures,
  aptosVmConfig,
  SUI_VM,
  type VmConfig,
} from './config';
export { aborted, type CodeLocation, MOVE_STATUS, MoveError, type MoveStatus } from './errors';
export { GlobalCell, type GlobalEffect, type GlobalStorage } from './global-cell';
export { Interpreter, type InterpreterOptions } from './interpreter';
export {
  CallFunction,
  type Native,
  type NativeCall,
  type NativeLookup,
  type NativeRegistry,
  nativesOf,
} from './native';
export type { Trace } from './trace';
