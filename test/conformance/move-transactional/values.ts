/** Arguments and results as the chain's test runner reads and prints them. */
import type { Type } from '../../../src/vm-preview/move/core/loader';
import {
  Address,
  ByteVector,
  Closure,
  INTEGERS,
  ItemVector,
  integer,
  isIntegerKind,
  Reference,
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

/** As `print_value` (values_impl.rs). */
export function valueText(value: Value): string {
  if (typeof value !== 'object') return value.toString();
  if (value instanceof Address) return value.hex;
  if (value instanceof ByteVector) return `[${[...value.bytes].join(', ')}]`;
  if (value instanceof ItemVector) return `[${value.items.map(valueText).join(', ')}]`;
  if (value instanceof Struct) {
    const fields = value.fields.map((field) => (field === undefined ? '-' : valueText(field)));
    const parts = value.variant === undefined ? fields : [String(value.variant), ...fields];
    return `{ ${parts.join(', ')} }`;
  }
  if (value instanceof Reference) return valueText(value.get());
  if (value instanceof Closure) return closureText(value);
  throw new Error('a value of no kind');
}

/** With a place for each parameter up to the last that is captured. */
function closureText({ target, mask, captured }: Closure): string {
  const [address = '', ...rest] = target.key.split('::');
  const given = captured.map(valueText);
  const places = [...mask.toString(2)]
    .reverse()
    .flatMap((bit) => (mask === 0n ? [] : [bit === '1' ? (given.shift() ?? '') : '_']));
  return `0x${Address.parse(address).hex}::${rest.join('::')}(${[...places, '..'].join(', ')})`;
}
