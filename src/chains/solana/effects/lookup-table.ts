/** Lookup tables: who may change them. */
import { authorityChange, type EffectReader } from './view';

export const lookupTableEffects: EffectReader = (view) => {
  const before = view.meaningBefore.table;
  const after = view.meaningAfter.table;
  if (before === undefined || after === undefined) return [];
  return authorityChange(view, 'lookup-table', before.authority, after.authority);
};
