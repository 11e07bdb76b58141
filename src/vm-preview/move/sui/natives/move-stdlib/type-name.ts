import { typeTagOf } from '../../../core/loader/type-tag';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { addressText, type TypeTag } from '../../../core/types';
import { Address, ByteVector, Struct } from '../../../core/values';
import { stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { typeArgument } from '../values';

const NON_MODULE_TYPE = 0n;

const encoder = new TextEncoder();

/** `to_canonical_string` without a prefix: all 64 digits, no spaces. */
export function canonicalText(tag: TypeTag): string {
  switch (tag.kind) {
    case 'vector':
      return `vector<${canonicalText(tag.element)}>`;
    case 'struct': {
      const name = `${addressText(tag.address, 'full').slice(2)}::${tag.module}::${tag.name}`;
      const { typeArguments } = tag;
      return typeArguments.length === 0 ? name : `${name}<${typeArguments.map(canonicalText)}>`;
    }
    default:
      return tag.kind;
  }
}

/**
 * 0x1::type_name (move-stdlib-natives, type_name.rs): with the packages that define the types, or those
 * that the modules had at first.
 */
export function typeNameNatives(context: SuiNativeContext): NativeRegistry {
  const charge = stdlibCharger(context);
  type TagOf = (call: Parameters<Native>[0]) => TypeTag;
  const defining: TagOf = (call) => context.types.definingTag(typeArgument(call), call.loader);
  const original: TagOf = (call) => typeTagOf(typeArgument(call));

  const name =
    (tagOf: TagOf): Native =>
    (call) => {
      charge({ type_name_get_base_cost: 1 });
      const text = encoder.encode(canonicalText(tagOf(call)));
      charge({ type_name_get_per_byte_cost: text.length });
      return [new Struct([new Struct([new ByteVector(text)])])];
    };
  const id =
    (tagOf: TagOf): Native =>
    (call) => {
      charge({ type_name_id_base_cost: 1 });
      const tag = tagOf(call);
      if (tag.kind !== 'struct') throw aborted(NON_MODULE_TYPE);
      return [Address.fromBytes(tag.address)];
    };
  return nativesOf('0x1::type_name', {
    get: name(defining),
    get_with_original_ids: name(original),
    with_defining_ids: name(defining),
    with_original_ids: name(original),
    defining_id: id(defining),
    original_id: id(original),
  });
}
