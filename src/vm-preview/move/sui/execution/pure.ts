/** What a transaction may give as bytes: primitives, ids, strings, and vectors and options of such. */
import { BcsError, BcsReader } from '../../core/bcs';
import type { Type } from '../../core/loader';

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
function checkOf(type: Type): Check | undefined {
  if (type.kind === 'vector') {
    const element = checkOf(type.element);
    return element && ((reader) => void reader.list('vector', element));
  }
  if (type.kind === 'datatype' && type.typeArguments.length > 0) {
    const [argument, more] = type.typeArguments;
    if (type.datatype.key !== '0x1::option::Option' || argument === undefined || more)
      return undefined;
    const inner = checkOf(argument);
    return inner && ((reader) => void reader.option('option', inner));
  }
  return Object.hasOwn(CHECKS, type.key) ? CHECKS[type.key] : undefined;
}

/** Whether bytes are of a type that may be given as bytes, and a value of it. */
export function pureProblem(
  bytes: Uint8Array,
  type: Type,
): 'InvalidUsageOfPureArg' | 'InvalidBCSBytes' | undefined {
  const check = checkOf(type);
  if (check === undefined) return 'InvalidUsageOfPureArg';
  try {
    const reader = new BcsReader(bytes);
    check(reader);
    reader.end(type.key);
    return undefined;
  } catch (error) {
    if (error instanceof BcsError) return 'InvalidBCSBytes';
    throw error;
  }
}
