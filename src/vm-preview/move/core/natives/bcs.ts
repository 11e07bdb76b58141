import { type NativeCall, nativesOf } from '../runtime';
import { asReference, ByteVector, illTyped } from '../values';

function encode({ args: [value], typeArguments: [type], loader }: NativeCall): Uint8Array {
  if (type === undefined) throw illTyped('encodes a value without a type');
  return loader.codec.encode(asReference(value).get(), type);
}

export const BCS = nativesOf('0x1::bcs', {
  to_bytes: (call) => [new ByteVector(encode(call))],
  serialized_size: (call) => [encode(call).length],
});
