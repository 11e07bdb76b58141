/** What a transaction may give as bytes: primitives, ids, strings, and vectors and options of such. */
import { BcsError, BcsReader } from '../../core/bcs';
import type { Type } from '../../core/loader';
import { typeTagOf } from '../../core/loader/type-tag';
import { type TypeTag, typeTagText } from '../../core/types';

type Check = (reader: BcsReader) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  bool: (reader) => reader.bool('bool'),
  u8: (reader) => reader.u8('u8'),
  u16: (reader) => reader.u16('u16'),
  u32: (reader) => reader.u32('u32'),
  u64: (reader) => reader.u64('u64'),
  u128: (reader) => reader.u128('u128'),
  u256: (reader) => reader.u256('u256'),
  address: (reader) => reader.take(32, 'address'),
  '0x2::object::ID': (reader) => reader.take(32, 'id'),
  '0x1::string::String': (reader) => reader.string('string'),
  '0x1::ascii::String': (reader) => {
    const at = reader.position;
    if (/[^\0-\x7f]/.test(reader.string('string'))) throw reader.fail('utf8', 'ASCII string', at);
  },
};

/** Undefined for a type that only objects or results can have (`primitive_serialization_layout`). */
function checkOf(tag: TypeTag): Check | undefined {
  if (tag.kind === 'vector') {
    const element = checkOf(tag.element);
    return element && ((reader) => void reader.list('vector', element));
  }
  if (tag.kind === 'struct' && tag.typeArguments.length > 0) {
    const [argument, more] = tag.typeArguments;
    if (argument === undefined || more !== undefined) return undefined;
    if (typeTagText({ ...tag, typeArguments: [] }) !== '0x1::option::Option') return undefined;
    const inner = checkOf(argument);
    return inner && ((reader) => void reader.option('option', inner));
  }
  const key = typeTagText(tag);
  return Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
}

export type PureProblem = 'InvalidUsageOfPureArg' | 'InvalidBCSBytes';

/** Whether bytes are of a type that may be given as bytes, and a value of it. */
export function pureProblem(bytes: Uint8Array, type: Type): PureProblem | undefined {
  return pureTagProblem(bytes, typeTagOf(type));
}

/** As `pureProblem`, of a type by its tag. */
export function pureTagProblem(bytes: Uint8Array, tag: TypeTag): PureProblem | undefined {
  const check = checkOf(tag);
  if (check === undefined) return 'InvalidUsageOfPureArg';
  try {
    const reader = new BcsReader(bytes);
    check(reader);
    reader.end(typeTagText(tag));
    return undefined;
  } catch (error) {
    if (error instanceof BcsError) return 'InvalidBCSBytes';
    throw error;
  }
}
