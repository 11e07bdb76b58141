import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { asAddress } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { isPermissioned, referred, signerValue } from '../values';
import { FEATURE } from '../versions';

const NOT_PERMISSIONED_SIGNER = 3n;
const PERMISSION_SIGNER_DISABLED = 9n;

export const permissionedSignerNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  const requireEnabled = (): void => {
    if (!context.features.isEnabled(FEATURE.permissionedSigner))
      throw aborted(PERMISSION_SIGNER_DISABLED);
  };
  const isPermissionedSigner: Native = ({ args: [signer] }) => {
    requireEnabled();
    base('permissioned_signer.is_permissioned_signer.base');
    return [isPermissioned(referred(signer))];
  };
  return nativesOf('0x1::permissioned_signer', {
    is_permissioned_signer_impl: isPermissionedSigner,
    is_permissioned_signer: isPermissionedSigner,
    permission_address: ({ args: [signer] }) => {
      requireEnabled();
      base('permissioned_signer.permission_address.base');
      const struct = referred(signer);
      if (!isPermissioned(struct)) throw aborted(NOT_PERMISSIONED_SIGNER);
      return [asAddress(struct.fields[1])];
    },
    signer_from_permissioned_handle_impl: ({ args: [master, permissions] }) => {
      requireEnabled();
      base('permissioned_signer.signer_from_permissioned_handle.base');
      return [signerValue(asAddress(master), asAddress(permissions))];
    },
  });
};
