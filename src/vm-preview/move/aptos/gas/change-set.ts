import type { AptosFeatures } from '../natives/context';
import type { StateMetadata } from '../state';
import type { GasBalance } from './balance';
import { FEATURE } from './features';
import type { IoPricing } from './io-pricing';
import type { GasSchedule } from './schedule';
import { type SpacePricing, spacePricing } from './space-pricing';
import type { StateWrite } from './state-write';

/** Bytes of an event (contract_event.rs, `size`): its data, its type in BCS, of a v1 event its key and number. */
export type EventSize = number;

export interface ChangeSetFees {
  /** Octas that are paid back when the transaction succeeds. */
  readonly refund: bigint;
  /** What is to be stored with each written value, in the order of the writes. */
  readonly metadata: readonly (StateMetadata | undefined)[];
}

/** First version that has fees for storage. */
const HAS_STORAGE_FEES = 7;

const REFUND_FLAGS = [FEATURE.moduleEvents, FEATURE.feeStatement, FEATURE.storageRefund];

/** What events and writes cost once the payload has run (aptos_vm.rs, `charge_change_set`). */
export class ChangeSetPricing {
  readonly #version: number;
  readonly #space: SpacePricing;
  readonly #refunds: boolean;

  constructor(
    schedule: GasSchedule,
    features: AptosFeatures,
    private readonly io: IoPricing,
    private readonly gasUnitPrice: bigint,
  ) {
    this.#version = schedule.version;
    this.#space = spacePricing(schedule, features.isEnabled(FEATURE.refundableBytes));
    this.#refunds = REFUND_FLAGS.every((flag) => features.isEnabled(flag));
  }

  /** Io of the transaction, of each event and write, then the storage fee of all in one. */
  charge(
    balance: GasBalance,
    size: number,
    events: readonly EventSize[],
    writes: readonly StateWrite[],
  ): ChangeSetFees {
    const { io, gasUnitPrice } = this;
    balance.chargeIo(io.transaction(size));
    for (const event of events) balance.chargeIo(io.event(event));
    for (const write of writes) balance.chargeIo(io.write(write));
    // The chain has no way yet to reckon a fee in gas that costs nothing.
    if (this.#version < HAS_STORAGE_FEES || gasUnitPrice === 0n)
      return { refund: 0n, metadata: writes.map(({ metadata }) => metadata) };
    const slots = writes.map((write) => this.#space.write(write));
    const writeFee = slots.reduce((sum, { charge }) => sum + charge, 0n);
    const fee = writeFee + this.#space.events(events) + this.#space.transaction(size);
    balance.chargeStorageFee(fee, gasUnitPrice);
    const refund = slots.reduce((sum, slot) => sum + slot.refund, 0n);
    return {
      refund: this.#refunds ? refund : 0n,
      metadata: slots.map(({ metadata }) => metadata),
    };
  }
}
