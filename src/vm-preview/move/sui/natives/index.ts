import type { NativeRegistry } from '../../core/runtime';
import { payingForAborts } from './charge';
import type { SuiNativeContext } from './context';
import { CRYPTO } from './crypto';
import { FRAMEWORK } from './framework';
import { MOVE_STDLIB } from './move-stdlib';
import { refusedNatives } from './refused';

export type { SuiNativeContext, SuiNativeGas, TransactionContext, TypeNames } from './context';
export { type AbortExplanation, explainAbort } from './explain-abort';
export { dynamicFieldId, freshId } from './object-id';

/**
 * All natives of a transaction of Sui, by the addresses that their modules had at first.
 *
 * @param context - of the transaction: natives keep what they change there
 */
export function suiNatives(context: SuiNativeContext): NativeRegistry {
  const natives = [...MOVE_STDLIB, ...FRAMEWORK, ...CRYPTO].map((make) => make(context));
  const all = [refusedNatives(), ...natives].flatMap((registry) => [...registry]);
  return payingForAborts(context, new Map(all));
}
