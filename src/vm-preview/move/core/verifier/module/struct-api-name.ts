import type { FunctionAttribute } from '../../format';

/** A function name such as `pack$S`, `test_variant$E$V` or `borrow_mut$E$0$1`. */
export interface ParsedName {
  /** Of the struct or enum. */
  readonly definition: number;
  readonly variant: string | undefined;
  /** Of a field. */
  readonly offset: number | undefined;
  /** Of a field in an enum: which of the types that fields have there. */
  readonly typeOrder: number | undefined;
}

const SEPARATOR = '$';

type Kind = FunctionAttribute['kind'];

/** What a name begins with, by attribute. */
const VERBS: Readonly<Partial<Record<Kind, string>>> = {
  pack: 'pack',
  packVariant: 'pack',
  unpack: 'unpack',
  unpackVariant: 'unpack',
  testVariant: 'test_variant',
  borrowFieldImmutable: 'borrow',
  borrowFieldMutable: 'borrow_mut',
};
const ALL_VERBS = new Set(Object.values(VERBS));

const WITH_VARIANT: ReadonlySet<Kind> = new Set<Kind>([
  'packVariant',
  'unpackVariant',
  'testVariant',
]);

/**
 * What a name says about the struct API; undefined for a name that is none, or not of the attribute.
 * Names of structs may have the separator in them: with a variant after it the shortest struct name
 * counts, else the longest.
 *
 * @param structs - definitions by name
 */
export function apiName(
  name: string,
  structs: ReadonlyMap<string, number>,
  attribute: FunctionAttribute | undefined,
): ParsedName | undefined {
  const [verb = '', ...parts] = name.split(SEPARATOR);
  if (!ALL_VERBS.has(verb)) return undefined;
  const hasVariant = attribute !== undefined && WITH_VARIANT.has(attribute.kind);
  let found: { definition: number; rest: readonly string[] } | undefined;
  for (let count = 1; count <= parts.length; count++) {
    const definition = structs.get(parts.slice(0, count).join(SEPARATOR));
    if (definition === undefined) continue;
    found = { definition, rest: parts.slice(count) };
    if (hasVariant) break;
  }
  if (found === undefined) return undefined;
  const parsed = parseRest(verb, found.definition, found.rest);
  if (parsed === undefined || attribute === undefined) return parsed;
  const isOfAttribute =
    VERBS[attribute.kind] === verb && (parsed.variant !== undefined) === hasVariant;
  return isOfAttribute ? parsed : undefined;
}

function parseRest(
  verb: string,
  definition: number,
  rest: readonly string[],
): ParsedName | undefined {
  const nothing = { variant: undefined, offset: undefined, typeOrder: undefined };
  if (verb.startsWith('borrow')) {
    const [offset, typeOrder] = rest.map(u16);
    if (rest.length === 0 || rest.length > 2 || offset === undefined) return undefined;
    if (rest.length === 2 && typeOrder === undefined) return undefined;
    return { ...nothing, definition, offset, typeOrder };
  }
  if (rest.length > 0) return { ...nothing, definition, variant: rest.join(SEPARATOR) };
  return verb === 'test_variant' ? undefined : { ...nothing, definition };
}

/** As Rust parses a u16. */
function u16(text: string): number | undefined {
  if (!/^\+?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return value <= 0xffff ? value : undefined;
}
