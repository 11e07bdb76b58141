/** Token accounts: balance, holder, delegate, close authority, freezing. */
import type { Change } from '../../../vm-preview/model/preview';
import { authorityChange, type EffectReader, ownerOf } from './view';

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** A delegate may take `amount`: unlimited when it is no real bound for any supply. */
export function isUnlimited(amount: bigint): boolean {
  return amount >= U64_MAX / 2n;
}

export const tokenEffects: EffectReader = (view, context) => {
  const before = view.meaningBefore.token;
  const after = view.meaningAfter.token;
  const mint = after?.mint ?? before?.mint;
  if (mint === undefined) return [];
  const asset = context.assetOf(mint);
  const base = { address: view.address, ...ownerOf(view) };
  const changes: Change[] = [];

  const amountBefore = before?.amount ?? 0n;
  const amountAfter = after?.amount ?? 0n;
  if (amountBefore !== amountAfter) {
    changes.push({
      kind: 'balance',
      ...base,
      asset,
      before: amountBefore.toString(),
      after: amountAfter.toString(),
      delta: (amountAfter - amountBefore).toString(),
    });
  }
  if (before !== undefined && after !== undefined && before.holder !== after.holder) {
    changes.push({
      kind: 'owner',
      ...base,
      role: 'holder',
      before: before.holder,
      after: after.holder,
    });
  }
  const allowedBefore = before?.delegatedAmount ?? 0n;
  const allowedAfter = after?.delegatedAmount ?? 0n;
  const spenderBefore = before?.delegate ?? null;
  const spender = after?.delegate ?? null;
  if (after !== undefined && (spenderBefore !== spender || allowedBefore !== allowedAfter)) {
    changes.push({
      kind: 'allowance',
      ...base,
      asset,
      spender,
      before: (spender === spenderBefore || spender === null ? allowedBefore : 0n).toString(),
      after: allowedAfter.toString(),
      unlimited: spender !== null && isUnlimited(allowedAfter),
    });
  }
  if (after !== undefined) {
    changes.push(
      ...authorityChange(view, 'close', before?.closeAuthority ?? null, after.closeAuthority),
    );
    const wasFrozen = before?.frozen ?? false;
    if (wasFrozen !== after.frozen) {
      changes.push({ kind: after.frozen ? 'frozen' : 'thawed', ...base, asset });
    }
  }
  return changes;
};
