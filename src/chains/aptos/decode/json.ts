/**
 * Move values as a node's JSON has them: big integers as digits, addresses as 0x and hex, bytes as hex,
 * strings as strings, options as `{vec}`, enums with `__variant__`. Source: aptos-core `api/types`.
 */
import { parseAddress } from '../address';

export type MoveJson =
  | string
  | number
  | boolean
  | null
  | readonly MoveJson[]
  | { readonly [field: string]: MoveJson };

export function isRecord(
  value: MoveJson | undefined,
): value is { readonly [field: string]: MoveJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is found by field names and indices, `coin.value` say; undefined where nothing is. */
export function at(value: MoveJson | null | undefined, path: string): MoveJson | undefined {
  let here: MoveJson | undefined = value ?? undefined;
  for (const step of path.split('.')) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isRecord(here)) here = Object.hasOwn(here, step) ? here[step] : undefined;
    else return undefined;
  }
  return here;
}

export function textAt(value: MoveJson | null | undefined, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : undefined;
}

export function boolAt(value: MoveJson | null | undefined, path: string): boolean | undefined {
  const found = at(value, path);
  return typeof found === 'boolean' ? found : undefined;
}

/** Any unsigned integer. */
export function bigAt(value: MoveJson | null | undefined, path: string): bigint | undefined {
  const found = at(value, path);
  if (typeof found === 'number' && Number.isSafeInteger(found)) return BigInt(found);
  return typeof found === 'string' && /^-?\d{1,80}$/.test(found) ? BigInt(found) : undefined;
}

/** All 64 digits. */
export function addressAt(value: MoveJson | null | undefined, path: string): string | undefined {
  const found = textAt(value, path);
  return found !== undefined && /^0x[0-9a-fA-F]{1,64}$/.test(found)
    ? parseAddress(found)
    : undefined;
}

/** What an option holds: null for none, undefined where there is no option. */
export function optionAt(
  value: MoveJson | null | undefined,
  path: string,
): MoveJson | null | undefined {
  const found = at(value, path);
  const items = at(found, 'vec');
  return Array.isArray(items) ? (items[0] ?? null) : undefined;
}
