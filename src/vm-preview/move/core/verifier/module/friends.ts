/** Friends are other modules at the same address (friends.rs). */
import type { CompiledModule } from '../../format';
import { at } from '../../loader/at';
import { moduleIdOf } from '../../loader/module-id';
import { VerificationError } from '../errors';

export function checkFriends(module: CompiledModule): void {
  const self = at(module.moduleHandles, module.selfModule);
  for (const { address, name } of module.friends)
    if (address === self.address && name === self.name)
      throw new VerificationError('INVALID_FRIEND_DECL_WITH_SELF');
  const home = moduleIdOf(module, self).address;
  for (const friend of module.friends)
    if (moduleIdOf(module, friend).address !== home)
      throw new VerificationError('INVALID_FRIEND_DECL_WITH_MODULES_OUTSIDE_ACCOUNT_ADDRESS');
}
