/**
 * References to objects that are none: they look like a coin and reserve what an address has outside of
 * objects, for those who know only coins (sui-types, coin_reservation.rs).
 *
 * The id is that of the balance's field under the accumulator, XORed with the chain's identifier, so that it
 * means nothing on another chain. The digest carries the amount (u64), the epoch (u32), and 20 bytes that
 * tell it from a digest. The version says nothing.
 */
import type { ObjectRef } from './object';

export interface CoinReservation {
  /** Id of the field that holds the balance, 32 bytes. */
  readonly field: Uint8Array;
  /** At most so many of the smallest unit. */
  readonly amount: bigint;
  /** In which it was made: good for that and the next. */
  readonly epoch: bigint;
}

const AMOUNT_AT = 0;
const EPOCH_AT = 8;
const MARK_AT = 12;
const MARK = 0xac;
const LENGTH = 32;
const MAX_EPOCH = 0xffff_ffffn;

export function isCoinReservation({ digest }: Pick<ObjectRef, 'digest'>): boolean {
  return digest.length === LENGTH && digest.subarray(MARK_AT).every((byte) => byte === MARK);
}

/**
 * @param chain - digest of the genesis checkpoint, 32 bytes
 * @returns undefined for a reference to an object
 */
export function parseCoinReservation(
  ref: ObjectRef,
  chain: Uint8Array,
): CoinReservation | undefined {
  if (!isCoinReservation(ref)) return undefined;
  const { buffer, byteOffset } = ref.digest;
  const view = new DataView(buffer, byteOffset, LENGTH);
  return {
    field: masked(ref.id, chain),
    amount: view.getBigUint64(AMOUNT_AT, true),
    epoch: BigInt(view.getUint32(EPOCH_AT, true)),
  };
}

/**
 * @param version - which the chain does not look at
 * @throws RangeError for an epoch or an amount that does not fit
 */
export function coinReservationRef(
  { field, amount, epoch }: CoinReservation,
  chain: Uint8Array,
  version = 0n,
): ObjectRef {
  if (epoch < 0n || epoch > MAX_EPOCH || amount < 0n || amount >= 1n << 64n)
    throw new RangeError('a reservation does not fit');
  const digest = new Uint8Array(LENGTH).fill(MARK);
  const view = new DataView(digest.buffer);
  view.setBigUint64(AMOUNT_AT, amount, true);
  view.setUint32(EPOCH_AT, Number(epoch), true);
  return { id: masked(field, chain), version, digest };
}

/** Its own inverse. */
function masked(id: Uint8Array, chain: Uint8Array): Uint8Array {
  return id.map((byte, i) => byte ^ (chain[i] ?? 0));
}
