/** What Sui asks of a module beyond Move's rules (sui-verifier, verifier.rs). */
import { CannotPreview } from '../../../errors';
import type { CompiledModule } from '../../core/format';
import type { VerifierConfig } from '../../core/verifier';
import { functionContexts } from '../../core/verifier/code';
import { CodeReader } from '../../core/verifier/instruction';
import { Meter } from '../../core/verifier/meter';
import { abilitiesOf } from '../../core/verifier/types';
import { checkBounds } from './bounds';
import { checkEntryPoints } from './entry-points';
import { checkGlobalStorage } from './global-storage';
import { checkIdLeaks } from './id-leak';
import { checkObjects } from './objects';
import { checkOneTimeWitness } from './one-time-witness';
import { checkPrivateGenerics } from './private-generics';
import { FIRST_RULES, type SuiRules } from './rules';

export { SuiVerificationError } from './error';
export { FIRST_RULES, rulesOf, type SuiRules } from './rules';

/**
 * To be called after `verifyModule`, which it counts on.
 *
 * @throws SuiVerificationError; VerificationError when it takes too long
 */
export function verifySuiModule(
  module: CompiledModule,
  config: VerifierConfig,
  rules: SuiRules = FIRST_RULES,
): void {
  if (module.flavour !== 'sui')
    throw new CannotPreview('move-flavour', `${module.flavour} code on sui`);
  const reader = new CodeReader(module);
  const meter = new Meter({
    function: config.maxUnitsPerFunction,
    module: config.maxUnitsPerModule,
  });
  checkBounds(module, reader, rules);
  checkObjects(module);
  checkGlobalStorage(module, reader);
  if (rules.keepsIds)
    checkIdLeaks(
      module,
      functionContexts(module, {
        config,
        meter,
        reader,
        abilities: (type, parameters) => abilitiesOf(module, type, parameters),
      }),
    );
  checkPrivateGenerics(module, reader, rules);
  checkEntryPoints(module, reader, rules);
  checkOneTimeWitness(module, reader);
}
