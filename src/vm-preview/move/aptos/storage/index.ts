/** Aptos' global state: keys, what sessions read and write, modules. */
export {
  type ChangeSet,
  EMPTY_CHANGE_SET,
  sortedWrites,
  squash,
  valueAfter,
  type WriteOp,
} from './change-set';
export { ModuleCache, moduleKey, type StagedModule, StateModules, systemModule } from './modules';
export { decodeGroup, encodeGroup, type GroupMembers, memberId } from './resource-group';
export { SessionStorage, type ValueWrite } from './session-storage';
export {
  decodeStateKey,
  encodeStateKey,
  readStateKey,
  stateKeyId,
  stateKeySize,
} from './state-key';
export { ReadState, StateView } from './state-view';
export { WriteOpConverter, type WriteOpRules } from './write-ops';
