import { aborted } from '../../../core/runtime';
import { asInteger, type Value } from '../../../core/values';
import type { RistrettoPoint } from '../../../crypto/ristretto';
import { referred } from '../values';
import { unforeseen } from './charge';

const POINTS_MAX = 10_000;
/** `error::resource_exhausted(4)` */
const E_TOO_MANY_POINTS_CREATED = 0x09_0004n;

/** The points of a session, by handle (ristretto255_point.rs, `PointStore`). */
export class PointStore {
  readonly #points: RistrettoPoint[] = [];

  /** @returns its handle. @throws MoveError for more than 10,000 points */
  add(point: RistrettoPoint): number {
    if (this.#points.length >= POINTS_MAX) throw aborted(E_TOO_MANY_POINTS_CREATED);
    return this.#points.push(point) - 1;
  }

  /** @param handle - u64 */
  at(handle: Value | undefined): RistrettoPoint {
    const point = this.#points[Number(asInteger(handle))];
    if (point === undefined) throw unforeseen('a handle of no point');
    return point;
  }

  set(handle: Value | undefined, point: RistrettoPoint): void {
    this.#points[Number(asInteger(handle))] = point;
  }
}

/** The handle in a referenced RistrettoPoint, its only field. */
export function handleIn(reference: Value | undefined): Value {
  return asInteger(referred(reference).fields[0]);
}
