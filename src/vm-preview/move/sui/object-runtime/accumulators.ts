/** What a run adds to and takes from balances that are kept outside of objects. */

import { CannotPreview } from '../../../errors';
import { MoveError } from '../../core/runtime';
import { type TypeTag, typeTagText } from '../../core/types';
import type { Address } from '../../core/values';
import type { AccumulatorEvent, ObjectRuntimeOptions } from './types';

const U64_MAX = (1n << 64n) - 1n;
const U256_MAX = (1n << 256n) - 1n;

export type FundsSufficiency = 'sufficient' | 'insufficient' | 'overflow';

interface Funds {
  available: bigint;
  isQueried: boolean;
}

/** Totals by address and type (object_runtime, `emit_accumulator_event`). */
export class Accumulators {
  readonly events: AccumulatorEvent[] = [];
  readonly #merged = new Map<string, bigint>();
  readonly #split = new Map<string, bigint>();
  readonly #funds = new Map<string, Funds>();

  constructor(private readonly options: ObjectRuntimeOptions) {}

  /** @throws MoveError ARITHMETIC_ERROR where a total exceeds a u64 */
  emit(event: AccumulatorEvent): void {
    if (event.value.kind === 'amount') this.#add(event, event.value.amount);
    this.events.push(event);
  }

  /** What was merged into, or split from, an address so far. */
  pending(action: AccumulatorEvent['action'], target: Address, type: TypeTag): bigint {
    const totals = action === 'merge' ? this.#merged : this.#split;
    return totals.get(keyOf(target, type)) ?? 0n;
  }

  /**
   * Reserves an amount of what an object's address has (`check_object_funds_sufficiency`).
   *
   * @throws CannotPreview where the settled balance is not at hand
   */
  reserve(owner: Address, type: TypeTag, amount: bigint): FundsSufficiency {
    const funds = this.#fundsOf(owner, type);
    if (this.needsSettled(owner, type, amount)) {
      const { settledFunds } = this.options;
      if (settledFunds === undefined)
        throw new CannotPreview('sui-object-funds', 'a withdrawal from the balance of an object');
      const available = funds.available + settledFunds(owner, type);
      if (available > U256_MAX) return 'overflow';
      funds.available = available;
      funds.isQueried = true;
    }
    if (funds.available < amount) return 'insufficient';
    funds.available -= amount;
    return 'sufficient';
  }

  /** Whether the settled balance has to be read to know if there is as much. */
  needsSettled(owner: Address, type: TypeTag, amount: bigint): boolean {
    const { available, isQueried } = this.#fundsOf(owner, type);
    return available < amount && !isQueried;
  }

  #add({ action, target, type }: AccumulatorEvent, amount: bigint): void {
    const totals = action === 'merge' ? this.#merged : this.#split;
    const key = keyOf(target, type);
    const total = (totals.get(key) ?? 0n) + amount;
    if (total > U64_MAX)
      throw new MoveError('ARITHMETIC_ERROR', {
        reason: `accumulator ${action} overflow: total ${action}s ${total} exceed u64::MAX`,
      });
    totals.set(key, total);
    if (
      action === 'merge' &&
      this.options.protocol.feature('check_object_funds_withdraw_in_execution')
    )
      this.#fundsOf(target, type).available += amount;
  }

  #fundsOf(owner: Address, type: TypeTag): Funds {
    const key = keyOf(owner, type);
    let funds = this.#funds.get(key);
    if (funds === undefined) {
      funds = { available: 0n, isQueried: false };
      this.#funds.set(key, funds);
    }
    return funds;
  }
}

const keyOf = (address: Address, type: TypeTag): string => `${address.hex} ${typeTagText(type)}`;
