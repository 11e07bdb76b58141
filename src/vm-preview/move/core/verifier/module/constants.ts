/** Constants are of plain types, and their bytes are values of these (constants.rs). */

import { BcsError, BcsReader } from '../../bcs';
import type { Constant, SignatureToken } from '../../format';
import { INTEGERS, isIntegerKind } from '../../values/integer';
import type { VerifierConfig } from '../config';
import { VerificationError } from '../errors';
import type { Unit } from '../instruction';

export function checkConstants(unit: Unit): void {
  for (const [i, constant] of unit.constants.entries()) {
    if (!isPlain(constant.type))
      throw new VerificationError('INVALID_CONSTANT_TYPE').at('ConstantPool', i);
    if (lengthOf(constant) === undefined) throw malformed(i);
  }
}

/** Sui reads constant vectors before it has looked at their types (limits.rs). */
export function checkConstantLengths(unit: Unit, config: VerifierConfig): void {
  for (const [i, constant] of unit.constants.entries()) {
    if (constant.type.kind !== 'vector') continue;
    const length = lengthOf(constant);
    if (length === undefined) throw malformed(i);
    if (length > config.maxConstantVectorLength)
      throw new VerificationError('TOO_MANY_VECTOR_ELEMENTS');
  }
}

function malformed(index: number): VerificationError {
  return new VerificationError('MALFORMED_CONSTANT_DATA').at('ConstantPool', index);
}

function isPlain(type: SignatureToken): boolean {
  if (type.kind === 'vector') return isPlain(type.element);
  return type.kind === 'bool' || type.kind === 'address' || isIntegerKind(type.kind);
}

/** Elements of a vector, 1 for another value, undefined where the bytes are no value of the type. */
function lengthOf({ type, data }: Constant): number | undefined {
  const reader = new BcsReader(data);
  try {
    const length = skip(reader, type);
    return reader.remaining === 0 ? length : undefined;
  } catch (error) {
    if (error instanceof BcsError) return undefined;
    throw error;
  }
}

function skip(reader: BcsReader, type: SignatureToken): number {
  const what = 'constant';
  if (type.kind === 'vector') {
    const { element } = type;
    const length = reader.length(what);
    for (let i = 0; i < length; i++) skip(reader, element);
    return length;
  }
  if (type.kind === 'bool') reader.bool(what);
  // A signer is read like an address, and refused for its type afterwards.
  else if (type.kind === 'address' || type.kind === 'signer') reader.take(32, what);
  else if (isIntegerKind(type.kind)) reader.take(INTEGERS[type.kind].bits / 8, what);
  else throw reader.fail('length', what);
  return 1;
}
