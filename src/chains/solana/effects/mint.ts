/** Mints: their authorities. The supply shows in the balances that change with it. */
import { authorityChange, type EffectReader } from './view';

export const mintEffects: EffectReader = (view) => {
  const before = view.meaningBefore.mint;
  const after = view.meaningAfter.mint;
  // A new mint's authorities are part of its being opened.
  if (before === undefined || after === undefined) return [];
  const roles = new Set([...Object.keys(before.authorities), ...Object.keys(after.authorities)]);
  return [
    ...[...roles].flatMap((role) =>
      authorityChange(
        view,
        role,
        before.authorities[role] ?? null,
        after.authorities[role] ?? null,
      ),
    ),
    ...authorityChange(view, 'transfer-hook-program', before.transferHook, after.transferHook),
  ];
};
