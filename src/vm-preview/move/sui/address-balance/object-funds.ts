/**
 * Withdrawals from what an object's address has, which no reservation covers (sui-core,
 * accumulators/object_funds_checker; temporary_store.rs `calculate_accumulator_running_max_withdraws`).
 */
import { CannotPreview } from '../../../errors';
import { type TypeTag, typeTagText } from '../../core/types';
import { Address } from '../../core/values';
import { balanceCurrency, sameType } from '../data';
import type { SuiState } from '../state';
import { type Reserved, settledBalance } from './withdrawals';
import { type AccumulatorWrite, signedAmount } from './writes';

/** What is kept for an address now. @throws CannotPreview for what is no balance; MissingObjectsError */
export function settledFunds(state: SuiState): (owner: Address, type: TypeTag) => bigint {
  return (owner, type) => {
    const currency = balanceCurrency(type);
    if (currency === undefined)
      throw new CannotPreview('sui-object-funds', 'a withdrawal of what is no balance', {
        type: typeTagText(type),
      });
    return settledBalance(owner.bytes, currency, state);
  };
}

/**
 * Where the run itself does not look, the chain does so after it: what is taken beyond reservations must be
 * there at each point of the run.
 *
 * @throws CannotPreview where it is not, for the chain may wait for it; MissingObjectsError
 */
export function requireObjectFunds(
  writes: readonly AccumulatorWrite[],
  reserved: readonly Reserved[],
  state: SuiState,
): void {
  const taken = new Map<string, { now: bigint; most: bigint; readonly write: AccumulatorWrite }>();
  for (const write of writes) {
    if (write.value.kind !== 'integer') continue;
    const run = taken.get(write.id) ?? { now: 0n, most: 0n, write };
    run.now -= signedAmount(write);
    if (run.now > run.most) run.most = run.now;
    taken.set(write.id, run);
  }
  for (const { most, write } of taken.values()) {
    if (most <= coveredOf(write, reserved)) continue;
    const has = settledFunds(state)(Address.fromBytes(write.address), write.type);
    if (most > has)
      throw new CannotPreview('sui-object-funds', 'a withdrawal of more than an object has', {
        owner: Address.fromBytes(write.address).toString(),
      });
  }
}

function coveredOf({ address, type }: AccumulatorWrite, reserved: readonly Reserved[]): bigint {
  const currency = balanceCurrency(type);
  const one = reserved.find(
    (each) =>
      currency !== undefined &&
      sameType(each.currency, currency) &&
      each.owner.every((byte, i) => byte === address[i]),
  );
  return one?.amount ?? 0n;
}
