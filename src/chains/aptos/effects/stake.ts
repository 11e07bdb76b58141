/** Staking, from the events of the framework's own modules, which nobody else can emit. */
import type { Change } from '../../../vm-preview/model/preview';
import { addressAt, bigAt, textAt } from '../decode/json';
import type { EffectReader, EventView } from './context';

interface StakeRow {
  readonly action: string;
  /** Field with the amount in octas. */
  readonly amount?: string;
  /** Field with whose stake it is; the pool's own where absent. */
  readonly who?: string;
  /** Field that names what is set. */
  readonly detail?: string;
}

const DELEGATOR = 'delegator_address';

/** Without the suffix that events of the first kind have. */
const ROWS: Readonly<Record<string, StakeRow>> = {
  '0x1::delegation_pool::AddStake': { action: 'added', amount: 'amount_added', who: DELEGATOR },
  '0x1::delegation_pool::UnlockStake': {
    action: 'unlocked',
    amount: 'amount_unlocked',
    who: DELEGATOR,
  },
  '0x1::delegation_pool::WithdrawStake': {
    action: 'withdrawn',
    amount: 'amount_withdrawn',
    who: DELEGATOR,
  },
  '0x1::delegation_pool::ReactivateStake': {
    action: 'locked again',
    amount: 'amount_reactivated',
    who: DELEGATOR,
  },
  '0x1::delegation_pool::DelegateVotingPower': {
    action: 'voting power handed over',
    who: 'delegator',
    detail: 'voter',
  },
  '0x1::stake::AddStake': { action: 'added', amount: 'amount_added' },
  '0x1::stake::UnlockStake': { action: 'unlocked', amount: 'amount_unlocked' },
  '0x1::stake::WithdrawStake': { action: 'withdrawn', amount: 'amount_withdrawn' },
  '0x1::stake::ReactivateStake': { action: 'locked again', amount: 'amount' },
  '0x1::stake::SetOperator': { action: 'operator changed', detail: 'new_operator' },
  '0x1::stake::JoinValidatorSet': { action: 'joins the validators' },
  '0x1::stake::LeaveValidatorSet': { action: 'leaves the validators' },
};

/** Pools of delegators act on a stake pool in turn: theirs is told once, by the delegator. */
export const stakeEffects: EffectReader = ({ events }) => {
  const found = events.flatMap((event) => {
    const row = rowOf(event);
    return row === undefined ? [] : [{ event, row }];
  });
  const delegated = new Set(
    found
      .filter(({ row }) => row.who !== undefined)
      .map(({ event }) => addressAt(event.data, 'pool_address')),
  );
  return found.flatMap(({ event: { data }, row }): Change[] => {
    const pool = addressAt(data, 'pool_address');
    if (pool === undefined || (row.who === undefined && delegated.has(pool))) return [];
    const owner = row.who === undefined ? undefined : addressAt(data, row.who);
    const amount = row.amount === undefined ? undefined : bigAt(data, row.amount);
    const detail = row.detail === undefined ? undefined : textAt(data, row.detail);
    return [
      {
        kind: 'stake',
        address: pool,
        ...(owner === undefined ? {} : { owner }),
        action: detail === undefined ? row.action : `${row.action}: ${detail}`,
        validator: pool,
        ...(amount === undefined ? {} : { amount: amount.toString() }),
      },
    ];
  });
};

function rowOf({ type }: EventView): StakeRow | undefined {
  const name = type.replace(/Event$/, '');
  return Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
}
