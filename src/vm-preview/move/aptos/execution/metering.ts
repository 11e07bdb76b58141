import { freeGas, type Gas } from '../../core/gas/gas';
import { AbstractSizes, type GasSchedule, NativePrices, unmeteredNativeGas } from '../gas';
import type { NativeGas } from '../natives/context';

/** What a run is charged by: instructions, and natives. */
export interface Meter {
  readonly gas: Gas;
  readonly natives: NativeGas;
}

/** For runs of the system, which nobody pays for. */
export function unmetered(schedule: GasSchedule): Meter {
  const natives = unmeteredNativeGas(new NativePrices(schedule), new AbstractSizes(schedule));
  return { gas: freeGas(), natives };
}
