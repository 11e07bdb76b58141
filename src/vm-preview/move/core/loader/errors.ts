import { LookaheadError } from '../../../errors';
import type { ModuleId } from './datatype';

/** Modules that the run needs and that were never loaded. The loader fetches them and runs again. */
export class MissingModulesError extends LookaheadError {
  override readonly name = 'MissingModulesError';

  constructor(readonly modules: readonly ModuleId[]) {
    super('state', 'modules-missing', `${modules.length} modules are not loaded`);
  }
}
