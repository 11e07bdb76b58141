/** Values as the chains' test runners print results (`print_value` of values_impl.rs in both). */
import type { Flavour } from '../../../src/vm-preview/move/core/format';
import {
  Address,
  ByteVector,
  Closure,
  ItemVector,
  Reference,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';

export function valueText(value: Value, flavour: Flavour): string {
  const all = (values: readonly Value[]): string =>
    values.map((item) => valueText(item, flavour)).join(', ');
  if (typeof value !== 'object') return value.toString();
  if (value instanceof Address) return value.hex;
  if (value instanceof ByteVector) return `[${[...value.bytes].join(', ')}]`;
  if (value instanceof ItemVector) return `[${all(value.items)}]`;
  if (value instanceof Struct) return structText(value, flavour);
  if (value instanceof Reference) return valueText(value.get(), flavour);
  if (value instanceof Closure) return closureText(value);
  throw new Error('a value of no kind');
}

/** Aptos has the variant of an enum before the fields, Sui before the braces. */
function structText({ variant, fields }: Struct, flavour: Flavour): string {
  const texts = fields.map((field) => (field === undefined ? '-' : valueText(field, flavour)));
  if (variant === undefined) return `{ ${texts.join(', ')} }`;
  if (flavour === 'sui') return `|${variant}|{ ${texts.join(', ')} }`;
  return `{ ${[String(variant), ...texts].join(', ')} }`;
}

/** With a place for each parameter up to the last that is captured. */
function closureText({ target, mask, captured }: Closure): string {
  const [address = '', ...rest] = target.key.split('::');
  const given = captured.map((value) => valueText(value, 'aptos'));
  const places = [...mask.toString(2)]
    .reverse()
    .flatMap((bit) => (mask === 0n ? [] : [bit === '1' ? (given.shift() ?? '') : '_']));
  return `0x${Address.parse(address).hex}::${rest.join('::')}(${[...places, '..'].join(', ')})`;
}
