/** What is published must be code that the chain takes (move-vm-runtime, runtime.rs `publish_module_bundle`). */
import type { CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import {
  SUI_VERIFIER,
  VerificationError,
  verifyLinkage,
  verifyModule,
  verifyNoCycles,
} from '../../core/verifier';
import type { LinkContext } from '../linkage';
import { rulesOf, verifySuiModule } from '../verifier';
import { ExecutionError } from './error';
import type { MoveSession } from './move-session';
import { moduleName } from './new-package';

/** @throws VerificationError, SuiVerificationError; MissingObjectsError */
export function verifyPackage(
  session: MoveSession,
  context: LinkContext,
  modules: readonly CompiledModule[],
): void {
  const names = new Set(modules.map(moduleName));
  if (names.size < modules.length)
    throw new ExecutionError(
      { kind: 'VMVerificationOrDeserializationError' },
      'two modules have one name',
    );
  for (const module of modules) {
    verifyModule(module, SUI_VERIFIER);
    requireKnownNatives(session, module);
  }
  for (const module of modules) verifyLinkage(module, context.source);
  for (const module of modules) verifyNoCycles(module, context.source);
  const rules = rulesOf(session.protocol);
  for (const module of modules) verifySuiModule(module, SUI_VERIFIER, rules);
}

/** Users have no natives of their own. */
function requireKnownNatives(session: MoveSession, module: CompiledModule): void {
  const self = at(module.moduleHandles, module.selfModule);
  for (const { handle, code } of module.functionDefinitions) {
    if (code !== undefined) continue;
    const name = at(module.identifiers, at(module.functionHandles, handle).name);
    if (!session.hasNative(at(module.addresses, self.address), moduleName(module), name))
      throw new VerificationError('MISSING_DEPENDENCY');
  }
}
