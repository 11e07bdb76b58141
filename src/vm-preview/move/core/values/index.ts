export { Address } from './address';
export * from './expect';
export { illTyped } from './ill-typed';
export * from './integer';
export type { Layout } from './layout';
export {
  compareValues,
  copyValue,
  equalValues,
  requireDepth,
  VALUE_DEPTH_MAX,
} from './operations';
export { type GlobalRoot, Reference, SlotReference } from './reference';
export { type Callable, Closure, type Slots, Struct, type Value } from './value';
export { ByteVector, ItemVector, itemVector, type Vector } from './vector';
