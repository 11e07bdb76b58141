import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import type { SignatureToken } from '../../../src/vm-preview/move/core/format';
import { INTEGERS, isIntegerKind } from '../../../src/vm-preview/move/core/values';
import { addressBytes, NameError } from './builder';
import type { Literal } from './syntax';

const U256_MAX = (1n << 256n) - 1n;

/** @throws NameError when it is no number in the range of the type */
export function numberOf(literal: Literal, kind: string): bigint {
  const bounds = isIntegerKind(kind) ? INTEGERS[kind] : undefined;
  const signed = bounds?.signed ?? false;
  if (literal.kind !== 'number' || (literal.negative && !signed))
    throw new NameError(`expected an ${signed ? 'signed' : 'unsigned'} number`);
  const max = kind === 'bool' ? 1n : (bounds?.max ?? U256_MAX);
  if (!literal.negative) {
    if (literal.value > max)
      throw new NameError(`number ${literal.value} out of range (max ${max})`);
    return literal.value;
  }
  const min = bounds?.min ?? 0n;
  if (literal.value > -min)
    throw new NameError(`number -${literal.value} out of range (min ${min})`);
  return -literal.value;
}

/** BCS of a constant. @throws NameError */
export function constantBytes(literal: Literal, type: SignatureToken): Uint8Array {
  const writer = new BcsWriter();
  write(writer, literal, type);
  return writer.finish();
}

function write(writer: BcsWriter, literal: Literal, type: SignatureToken): void {
  if (type.kind === 'vector') {
    if (literal.kind !== 'vector') throw new NameError('expected vector value');
    writer.list(literal.elements, (_, element) => write(writer, element, type.element));
  } else if (type.kind === 'bool') writer.bool(numberOf(literal, 'bool') === 1n);
  else if (type.kind === 'address') writer.bytes(addressBytes(numberOf(literal, 'address')));
  else if (isIntegerKind(type.kind)) {
    const { bits } = INTEGERS[type.kind];
    writer.signed(BigInt.asIntN(bits, numberOf(literal, type.kind)), bits / 8);
  } else throw new NameError('invalid type for constant value');
}
