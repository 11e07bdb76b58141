import { CannotPreview } from '../../../../errors';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import type { SuiNativeContext } from '../context';

const NOT_SUPPORTED = 1n;

/** 0x2::vdf (sui-move-natives, crypto/vdf.rs): no network but test ones has it. */
export function vdfNatives({ protocol }: SuiNativeContext): NativeRegistry {
  const refused: Native = () => {
    if (!protocol.feature('enable_vdf')) throw aborted(NOT_SUPPORTED);
    throw new CannotPreview('sui-vdf', 'arithmetic in a class group of 3072 bits');
  };
  return nativesOf('0x2::vdf', {
    vdf_verify_internal: refused,
    hash_to_input_internal: refused,
  });
}
