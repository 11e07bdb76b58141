/** 0x2::scratch: values that live as long as the transaction (sui-move-natives, scratch/mod.rs). */
import type { Type } from '../../../core/loader';
import { aborted, type NativeCall, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { asAddress, copyValue, illTyped, type Value } from '../../../core/values';
import { abstractSize } from '../../gas/abstract-size';
import { limitExceeded, requiredNumber } from '../../object-runtime';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { typeArgument } from '../values';

const ENTRY_ALREADY_EXISTS = 0n;
const ENTRY_DOES_NOT_EXIST = 1n;
const ENTRY_TYPE_MISMATCH = 2n;

interface Entry {
  /** By which types of several loaders are the same. */
  readonly type: Type['key'];
  readonly value: Value;
}

export function scratchNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const entries = new Map<string, Entry>();

  const keyOf = ({ args: [key] }: NativeCall): string => asAddress(key).hex;

  /** @throws MoveError an abort */
  function entryOf(call: NativeCall): Entry {
    const entry = entries.get(keyOf(call));
    if (entry === undefined) throw aborted(ENTRY_DOES_NOT_EXIST);
    return entry;
  }

  function requireType(call: NativeCall, { type }: Entry): void {
    if (type !== typeArgument(call).key) throw aborted(ENTRY_TYPE_MISMATCH);
  }

  return nativesOf('0x2::scratch', {
    add_impl: (call) => {
      charge({ scratch_add_cost_base: 1 });
      const key = keyOf(call);
      if (entries.has(key)) throw aborted(ENTRY_ALREADY_EXISTS);
      if (BigInt(entries.size) >= requiredNumber(context.protocol, 'max_scratch_pad_size'))
        throw limitExceeded('scratchSize', 'Per-transaction scratch size limit was exceeded');
      const [, value] = call.args;
      if (value === undefined) throw illTyped('leaves out an argument');
      entries.set(key, { type: typeArgument(call).key, value });
      return [];
    },
    read_impl: (call) => {
      charge({ scratch_read_cost_base: 1 });
      const entry = entryOf(call);
      requireType(call, entry);
      const size = abstractSize(entry.value, typeArgument(call), call.loader, false);
      charge({ scratch_read_value_cost: size });
      return [copyValue(entry.value)];
    },
    /** What is of another type is gone, but then so is the transaction. */
    remove_impl: (call) => {
      charge({ scratch_remove_cost_base: 1 });
      const entry = entryOf(call);
      requireType(call, entry);
      entries.delete(keyOf(call));
      return [entry.value];
    },
    exists_impl: (call) => {
      charge({ scratch_exists_cost_base: 1 });
      return [entries.has(keyOf(call))];
    },
    exists_with_type_impl: (call) => {
      charge({ scratch_exists_with_type_cost_base: 1 });
      const type = typeArgument(call);
      charge({ scratch_exists_with_type_type_cost: type.nodes });
      return [entries.get(keyOf(call))?.type === type.key];
    },
  });
}
