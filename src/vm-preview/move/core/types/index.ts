export { addressText, parseTypeTag, typeTagText } from './text';
export {
  type FunctionTag,
  MAX_TYPE_TAG_NESTING,
  type PassedTag,
  type PrimitiveTag,
  readStructTag,
  readTypeTag,
  type StructTag,
  type TypeTag,
  writeStructTag,
  writeTypeTag,
} from './type-tag';
