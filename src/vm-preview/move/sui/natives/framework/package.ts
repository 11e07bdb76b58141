/** 0x2::package (sui-move-natives, package.rs). */
import { CannotPreview } from '../../../../errors';
import { aborted, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { Address, asAddress } from '../../../core/values';
import { packageSize } from '../../execution/object-size';
import { SuiPackage } from '../../linkage';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { freshId } from '../object-id';
import { asU64 } from '../values';

const INVALID_PACKAGE_VERSION = 6n;

export function packageNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { objects, transaction } = context;

  /** The state has no packages that the transaction itself publishes. @throws CannotPreview */
  function requireOnChain(id: Address): void {
    for (let count = 0n; count < transaction.idsCreated; count++)
      if (Address.fromBytes(freshId(transaction.digest, count)).hex === id.hex)
        throw new CannotPreview('sui-new-package', 'a look at a package that is just published');
  }

  return nativesOf('0x2::package', {
    original_package_id_impl: ({ args: [idArgument, version] }) => {
      charge({ package_original_package_id_impl_cost_base: 1 });
      const id = asAddress(idArgument);
      requireOnChain(id);
      const found = objects.options.state.object({ id: id.bytes, bound: { kind: 'latest' } });
      if (found?.data.kind !== 'package' || found.version !== asU64(version))
        throw aborted(INVALID_PACKAGE_VERSION);
      charge({ package_original_package_id_impl_cost_per_byte: packageSize(found.data) });
      return [Address.parse(new SuiPackage(found, found.data).originalId)];
    },
  });
}
