import { aborted, nativesOf } from '../../../core/runtime';
import { typeTagText } from '../../../core/types';
import { Address, ByteVector, Struct } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { limitedTypeTag } from '../type-tag';
import { stringValue, typeArgument } from '../values';

const EXPECTED_STRUCT = 1n;
const ENCODER = new TextEncoder();

export const typeInfoNatives = (context: NativeContext) => {
  const { base, each } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::type_info', {
    /** The struct's name has its type arguments. */
    type_of: ({ typeArguments }) => {
      base('type_info.type_of.base');
      const tag = limitedTypeTag(typeArgument(typeArguments));
      const text = typeTagText(tag);
      each('type_info.type_of.per_abstract_memory_unit', ENCODER.encode(text).length);
      if (tag.kind !== 'struct') throw aborted(EXPECTED_STRUCT);
      const [, , ...name] = text.split('::');
      return [
        new Struct([
          Address.fromBytes(tag.address),
          new ByteVector(ENCODER.encode(tag.module)),
          new ByteVector(ENCODER.encode(name.join('::'))),
        ]),
      ];
    },
    type_name: ({ typeArguments }) => {
      base('type_info.type_name.base');
      const name = stringValue(typeTagText(limitedTypeTag(typeArgument(typeArguments))));
      const [text] = name.fields;
      const length = text instanceof ByteVector ? text.length : 0;
      each('type_info.type_name.per_abstract_memory_unit', length);
      return [name];
    },
    chain_id_internal: () => {
      base('type_info.chain_id.base');
      return [context.transaction.chainId];
    },
  });
};
