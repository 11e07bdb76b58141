/** Move values as JSON: big integers as digits, addresses and ids as 0x and hex, bytes as hex. */
export type MoveJson =
  | string
  | number
  | boolean
  | null
  | readonly MoveJson[]
  | { readonly [field: string]: MoveJson };

/** What is found by field names, `info.level` say; undefined where nothing is. */
export function at(value: MoveJson | undefined, path: string): MoveJson | undefined {
  let here: MoveJson | undefined = value;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    here = Object.hasOwn(here, step)
      ? Object.entries(here).find(([name]) => name === step)?.[1]
      : undefined;
  }
  return here;
}

/** A value that can stand in a sentence. */
export function wordAt(value: MoveJson | undefined, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : undefined;
}
