export { Datatype, type Field, type ModuleId, type Shape, type Variant } from './datatype';
export { MissingModulesError } from './errors';
export { type CallSite, FunctionInstance, MoveFunction } from './function';
export type { Instruction } from './instruction';
export { Loader, type ModuleSource } from './loader';
export { LinkedUnit } from './module';
export { dependencies, moduleId } from './module-id';
export { StoredFunction } from './stored-function';
export { type DatatypeType, primitive, type Type, TypeTable } from './type';
