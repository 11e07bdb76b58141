/** Stake accounts: delegation, authorities, lockup. */
import type { Change } from '../../../vm-preview/model/preview';
import type { StakeAccount } from '../accounts/stake';
import { authorityChange, type EffectReader, ownerOf } from './view';

export const stakeEffects: EffectReader = (view) => {
  const before = view.meaningBefore.stake;
  const after = view.meaningAfter.stake;
  if (after === undefined) return [];
  const changes = delegationChanges(before, after).map(
    (change): Change => ({ kind: 'stake', address: view.address, ...ownerOf(view), ...change }),
  );
  if (before === undefined) return changes;
  return [
    ...changes,
    ...authorityChange(view, 'stake', before.staker, after.staker),
    ...authorityChange(view, 'withdraw', before.withdrawer, after.withdrawer),
    ...authorityChange(view, 'lockup', before.custodian, after.custodian),
  ];
};

interface StakeChange {
  readonly action: string;
  readonly validator?: string;
  readonly amount?: string;
}

function delegationChanges(before: StakeAccount | undefined, after: StakeAccount): StakeChange[] {
  const was = before?.delegation ?? null;
  const is = after.delegation;
  const changes: StakeChange[] = [];
  if (is === null) {
    if (was !== null) changes.push({ action: 'undelegated', validator: was.validator });
  } else if (was === null || was.validator !== is.validator) {
    const amount = is.stake.toString();
    changes.push({ action: 'delegated', validator: is.validator, amount });
  } else {
    if (was.deactivating !== is.deactivating) {
      const action = is.deactivating ? 'deactivated' : 'reactivated';
      changes.push({ action, validator: is.validator, amount: is.stake.toString() });
    }
    if (was.stake !== is.stake) {
      const delta = is.stake - was.stake;
      const action = delta > 0n ? 'increased' : 'decreased';
      const amount = (delta > 0n ? delta : -delta).toString();
      changes.push({ action, validator: is.validator, amount });
    }
  }
  const lockupChanged =
    before !== undefined &&
    (before.lockupEpoch !== after.lockupEpoch || before.lockupTimestamp !== after.lockupTimestamp);
  if (lockupChanged) changes.push({ action: 'lockup changed' });
  return changes;
}
