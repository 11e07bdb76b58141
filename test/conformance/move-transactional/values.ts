/** Arguments as the chain's test runner reads them. */
import type { Type } from '../../../src/vm-preview/move/core/loader';
import {
  Address,
  INTEGERS,
  integer,
  isIntegerKind,
  SlotReference,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';

const NUMBER = /^(-?)(0x[0-9a-fA-F]+|[0-9][0-9_]*)([ui](?:8|16|32|64|128|256))?$/;

/** One argument. @param type - of the parameter, which a number must be of */
export function parseArgument(text: string, type: Type): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('@')) return Address.parse(text.slice(1));
  const [, sign, digits = '', kind = 'u64'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || !isIntegerKind(kind) || type.kind !== kind)
    throw new Error(`no argument ${text} for ${type.key}`);
  const value = BigInt(digits.replaceAll('_', '')) * (sign === '-' ? -1n : 1n);
  if (value < INTEGERS[kind].min || value > INTEGERS[kind].max)
    throw new Error(`no argument ${text} for ${type.key}`);
  return integer(value);
}

/** A signer, by reference where the parameter takes one. */
export function signer(address: string, type: Type): Value {
  const value = new Struct([Address.parse(address)]);
  return type.kind === 'reference' ? new SlotReference([value], 0, undefined) : value;
}
