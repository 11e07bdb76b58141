/**
 * What a transaction adds to and takes from what the accumulator keeps: events while it runs, one write for
 * each in its effects (sui-types, accumulator_event.rs and effects/object_change.rs `AccumulatorWriteV1`).
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import {
  type AccumulatorValue,
  accumulatorFieldId,
  balanceCurrency,
  balanceOf,
  digestOf,
  EVENT,
  encode,
  SUI,
  sameType,
} from '../data';
import { ExecutionError, invariantViolation } from '../execution/error';
import type { Id } from '../linkage';
import type { AccumulatorEvent } from '../object-runtime';
import type { SuiEvent } from '../types';

export interface AccumulatorWrite {
  /** Of the field, 64 hexadecimal digits. */
  readonly id: Id;
  /** 32 bytes. */
  readonly address: Uint8Array;
  /** What is kept, e.g. `0x2::balance::Balance<0x2::sui::SUI>`. */
  readonly type: TypeTag;
  readonly operation: 'merge' | 'split';
  readonly value: AccumulatorValue;
}

/** Events of the Move VM as the chain keeps them. @param events - all that the transaction emitted */
export function accumulatorWrites(
  found: readonly AccumulatorEvent[],
  events: readonly SuiEvent[],
): readonly AccumulatorWrite[] {
  return found.map(({ accumulatorId, action, target, type, value }): AccumulatorWrite => {
    const base = { id: accumulatorId, address: target.bytes, type, operation: action };
    if (value.kind === 'amount')
      return { ...base, value: { kind: 'integer', value: value.amount } };
    const event = events[value.index];
    if (event === undefined)
      throw invariantViolation(`Could not find authenticated event at index ${value.index}`);
    const digest = digestOf('Event', encode(EVENT, event));
    return { ...base, value: { kind: 'eventDigest', events: [[BigInt(value.index), digest]] } };
  });
}

/** Of SUI. @param change - MIST, signed, not 0 */
export function balanceChange(owner: Uint8Array, change: bigint): AccumulatorWrite {
  const type = balanceOf(SUI);
  return {
    id: Address.fromBytes(accumulatorFieldId(owner, type)).hex,
    address: owner,
    type,
    operation: change < 0n ? 'split' : 'merge',
    value: { kind: 'integer', value: change < 0n ? -change : change },
  };
}

/** One for each field, in the order of their ids. */
export function mergedWrites(writes: readonly AccumulatorWrite[]): readonly AccumulatorWrite[] {
  const byId = new Map<Id, AccumulatorWrite[]>();
  for (const write of writes) byId.set(write.id, [...(byId.get(write.id) ?? []), write]);
  return [...byId]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, same]) => {
      const [first, ...others] = same;
      return first === undefined ? [] : [others.length === 0 ? first : merged(first, same)];
    });
}

function merged(first: AccumulatorWrite, same: readonly AccumulatorWrite[]): AccumulatorWrite {
  if (first.value.kind === 'eventDigest') {
    const events = same.flatMap(({ value }) => (value.kind === 'eventDigest' ? value.events : []));
    return { ...first, operation: 'merge', value: { kind: 'eventDigest', events } };
  }
  const net = same.reduce((sum, write) => sum + signedAmount(write), 0n);
  return {
    ...first,
    operation: net < 0n ? 'split' : 'merge',
    value: { kind: 'integer', value: net < 0n ? -net : net },
  };
}

/** 0 for what is no amount. */
export function signedAmount({ operation, value }: AccumulatorWrite): bigint {
  if (value.kind !== 'integer') return 0n;
  return operation === 'merge' ? value.value : -value.value;
}

const U64_MAX = (1n << 64n) - 1n;
/** MIST: `TOTAL_SUPPLY_MIST`. */
const ALL_SUI = 10_000_000_000n * 1_000_000_000n;

/**
 * No field is added to or taken from by more than there can be, in all (temporary_store.rs,
 * `check_accumulator_amounts_representable`).
 *
 * @throws ExecutionError CoinBalanceOverflow
 */
export function requireRepresentable(writes: readonly AccumulatorWrite[]): void {
  const totals = new Map<string, bigint>();
  const add = (key: string, amount: bigint, limit: bigint): void => {
    const total = (totals.get(key) ?? 0n) + amount;
    if (total > limit) throw new ExecutionError({ kind: 'CoinBalanceOverflow' });
    totals.set(key, total);
  };
  for (const { id, operation, type, value } of writes) {
    if (value.kind !== 'integer') continue;
    const isSui = sameType(type, balanceOf(SUI));
    add(`${operation} ${id}`, value.value, isSui ? ALL_SUI : U64_MAX);
    if (isSui && operation === 'split') add('all SUI', value.value, ALL_SUI);
  }
}

/** Who gains or loses a currency outside of objects, as the chain's deny lists look at it. */
export function balanceOwners(
  writes: readonly AccumulatorWrite[],
): readonly { readonly currency: TypeTag; readonly owner: Id }[] {
  return writes.flatMap(({ address, type }) => {
    const currency = balanceCurrency(type);
    return currency === undefined ? [] : [{ currency, owner: bytesToHex(address) }];
  });
}
