import { aborted, MoveError, type NativeRegistry } from '../../core/runtime';
import { requiredNumber } from '../object-runtime';
import type { SuiNativeContext } from './context';

/** How often each price is due, by its name in the protocol configuration. */
export type Due = Readonly<Record<string, number | bigint>>;

const totalOf = (due: Due, price: (name: string) => bigint): bigint =>
  Object.entries(due).reduce((sum, [name, count]) => sum + price(name) * BigInt(count), 0n);

/**
 * Charges sums of prices; what the chain charges in one expression is charged at once.
 *
 * @returns a function that throws CannotPreview for a price that this protocol version lacks
 */
export function charger({ gas, protocol }: SuiNativeContext): (due: Due) => void {
  return (due) => gas.charge(totalOf(due, (name) => requiredNumber(protocol, name)));
}

/** As `charger`, where the chain takes a price that is not set for nothing: move-stdlib before version 53. */
export function stdlibCharger({ gas, protocol }: SuiNativeContext): (due: Due) => void {
  return (due) => gas.charge(totalOf(due, (name) => protocol.number(name) ?? 0n));
}

/** As `charger`, where the chain fails when a price is not set. */
export function optionalCharger({ gas, protocol }: SuiNativeContext): (due: Due) => void {
  return (due) => gas.charge(totalOf(due, (name) => protocol.number(name) ?? missing(name)));
}

function missing(name: string): never {
  throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
    reason: `Gas cost ${name} is not set`,
  });
}

/** Begun blocks of a message. */
export const blocks = (length: number, size: number): number => Math.ceil(length / size);

/** For arguments that are wrong before anything was paid: the error is not hidden by a lack of gas. */
export function abortForArguments({ gas, protocol }: SuiNativeContext, code: bigint): MoveError {
  gas.chargeIfEnough(requiredNumber(protocol, 'crypto_invalid_arguments_cost'));
  return aborted(code);
}

/** Natives whose aborts are paid for; results are paid for when they are handed over. */
export function payingForAborts(
  { gas }: SuiNativeContext,
  natives: NativeRegistry,
): NativeRegistry {
  return new Map(
    [...natives].map(([key, native]) => [
      key,
      (call) => {
        try {
          return native(call);
        } catch (error) {
          if (error instanceof MoveError && error.status === 'ABORTED') gas.abortNative();
          throw error;
        }
      },
    ]),
  );
}
