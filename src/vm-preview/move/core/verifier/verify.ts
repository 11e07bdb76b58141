/** The passes of the bytecode verifier in the chain's order (verifier.rs of either chain). */
import { CannotPreview } from '../../../errors';
import type { CompiledModule, CompiledScript } from '../format';
import { type AbilitiesOf, AbilityCache } from './ability-cache';
import { checkModuleCode, checkScriptCode } from './code';
import type { VerifierConfig } from './config';
import { CodeReader, type Unit } from './instruction';
import { Meter } from './meter';
import { checkConsistency } from './module/consistency';
import { checkConstants } from './module/constants';
import { checkDuplication } from './module/duplication';
import { checkFeatures } from './module/features';
import { checkFriends } from './module/friends';
import { checkInstantiationLoops } from './module/instantiation-loops';
import { checkLimits } from './module/limits';
import { checkRecursion } from './module/recursion';
import { checkSignatures } from './module/signatures';
import { checkFieldAbilities } from './module/sui-field-abilities';
import { checkSuiSignatures } from './module/sui-signatures';
import { abilitiesOf } from './types';

/**
 * Checks what a module declares and the code of its functions. It is bounds checked: decoding does it.
 * What it imports is for `verifyLinkage`.
 *
 * @throws VerificationError with the chain's status where the chain refuses the module
 */
export function verifyModule(module: CompiledModule, config: VerifierConfig): void {
  requireFlavour(module, config);
  const meter = meterOf(config);
  const reader = new CodeReader(module);
  if (config.flavour === 'aptos') checkFeatures(module, config);
  checkLimits(module, config);
  checkDuplication(module);
  const cache = new AbilityCache(module, meter);
  if (config.flavour === 'aptos') checkSignatures(module, config, reader);
  else checkSuiSignatures(module, cache, reader);
  for (const [i, { code }] of module.functionDefinitions.entries())
    if (code !== undefined) checkConsistency(module, i, code, reader);
  checkConstants(module);
  checkFriends(module);
  if (config.flavour === 'sui') checkFieldAbilities(module, cache);
  checkRecursion(module);
  checkInstantiationLoops(module, reader);
  checkModuleCode(module, {
    config,
    meter,
    reader,
    abilities: abilitiesFor(module, config, cache),
  });
}

/**
 * Checks an Aptos script; see `verifyModule`.
 *
 * @throws VerificationError
 */
export function verifyScript(script: CompiledScript, config: VerifierConfig): void {
  requireFlavour(script, config);
  const meter = meterOf(config);
  const reader = new CodeReader(script);
  checkFeatures(script, config);
  checkLimits(script, config);
  checkDuplication(script);
  checkSignatures(script, config, reader);
  checkConsistency(script, 0, script.code, reader);
  checkConstants(script);
  const cache = new AbilityCache(script, meter);
  checkScriptCode(script, {
    config,
    meter,
    reader,
    abilities: abilitiesFor(script, config, cache),
  });
}

/** Aptos computes abilities for nothing. */
function abilitiesFor(unit: Unit, config: VerifierConfig, cache: AbilityCache): AbilitiesOf {
  return config.flavour === 'aptos'
    ? (type, parameters) => abilitiesOf(unit, type, parameters)
    : (type, parameters, scope) => cache.of(type, parameters, scope);
}

function meterOf({ maxUnitsPerFunction, maxUnitsPerModule }: VerifierConfig): Meter {
  return new Meter({ function: maxUnitsPerFunction, module: maxUnitsPerModule });
}

function requireFlavour(unit: Unit, { flavour }: VerifierConfig): void {
  if (unit.flavour !== flavour)
    throw new CannotPreview('move-flavour', `${unit.flavour} code on ${flavour}`);
}
