/** Two values by their fields: which differ, and from what to what. */
import type { JsonValue } from '../../../src/vm-preview/model/preview';

export interface FieldChange {
  /** `extensions.withheld`, `[2].amount`; empty for a value without fields. */
  readonly path: string;
  /** Undefined where the field is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface JsonDiff {
  readonly changed: readonly FieldChange[];
  /** Fields that stay. */
  readonly same: number;
  /** Whether there are more fields than are looked at. */
  readonly isCut: boolean;
}

const MAX_FIELDS = 500;

/** @param before - null where there is no value on that side */
export function jsonDiff(before: JsonValue, after: JsonValue): JsonDiff {
  const from = flat(before);
  const to = flat(after);
  const paths = [...new Set([...from.fields.keys(), ...to.fields.keys()])];
  const rows = paths.map((path) => ({
    path,
    before: from.fields.get(path),
    after: to.fields.get(path),
  }));
  const changed = rows.filter((row) => row.before !== row.after);
  return { changed, same: rows.length - changed.length, isCut: from.isCut || to.isCut };
}

/** Every field that holds no further fields, by its path. */
export function flat(value: JsonValue): {
  readonly fields: ReadonlyMap<string, string>;
  readonly isCut: boolean;
} {
  const fields = new Map<string, string>();
  let isCut = false;
  const visit = (inner: JsonValue, path: string, depth: number): void => {
    if (fields.size >= MAX_FIELDS || depth > 20) {
      isCut = true;
      return;
    }
    if (typeof inner !== 'object' || inner === null) {
      if (inner !== null || path !== '') fields.set(path, inner === null ? 'none' : String(inner));
      return;
    }
    const entries = isList(inner)
      ? inner.map((item, index) => [`[${index}]`, item] as const)
      : Object.entries(inner).map(
          ([name, item]) => [path === '' ? name : `.${name}`, item] as const,
        );
    if (entries.length === 0 && path !== '') fields.set(path, 'empty');
    for (const [step, item] of entries) visit(item, `${path}${step}`, depth + 1);
  };
  visit(value, '', 0);
  return { fields, isCut };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
