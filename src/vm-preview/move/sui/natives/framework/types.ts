import { type NativeRegistry, nativesOf } from '../../../core/runtime';
import type { TypeTag } from '../../../core/types';
import type { Layout } from '../../../core/values';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { tagSize } from '../sizes';
import { typeArgument } from '../values';

const hasOneBool = (layout: Layout): boolean =>
  layout.kind === 'struct' && layout.fields.length === 1 && layout.fields[0]?.kind === 'bool';

/** As Rust's `to_ascii_uppercase`. */
const upperCase = (name: string): string =>
  name.replace(/[a-z]/g, (letter) => letter.toUpperCase());

function isNamedAfterModule(tag: TypeTag, mayBeGeneric: boolean): boolean {
  if (tag.kind !== 'struct' || tag.name !== upperCase(tag.module)) return false;
  return mayBeGeneric || tag.typeArguments.length === 0;
}

/** 0x2::types (sui-move-natives, types.rs). */
export function typesNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { protocol, types } = context;
  return nativesOf('0x2::types', {
    is_one_time_witness: (call) => {
      const type = typeArgument(call);
      charge({ types_is_one_time_witness_cost_base: 1 });
      charge({ types_is_one_time_witness_type_cost_per_byte: type.nodes });
      const tag = types.definingTag(type, call.loader);
      charge({ types_is_one_time_witness_type_tag_cost_per_byte: tagSize(tag) });
      const layout = call.loader.layouts.of(type);
      // The rest is checked when a module is published.
      const isHardened = protocol.feature('hardened_otw_check');
      return [hasOneBool(layout) && isNamedAfterModule(tag, !isHardened)];
    },
  });
}
