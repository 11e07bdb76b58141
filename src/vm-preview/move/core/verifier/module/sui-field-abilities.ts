/** Fields can do what their struct or enum needs (Sui's ability_field_requirements.rs). */
import type { CompiledModule, FieldDefinition } from '../../format';
import { at } from '../../loader/at';
import { ALL_ABILITIES, has, requires } from '../abilities';
import type { AbilityCache } from '../ability-cache';
import { VerificationError, within } from '../errors';

export function checkFieldAbilities(module: CompiledModule, cache: AbilityCache): void {
  const check = (handle: number, fields: readonly FieldDefinition[]): void => {
    const { abilities, typeParameters } = at(module.datatypeHandles, handle);
    const needs = requires(abilities);
    // The abilities of an instance depend on its arguments, so here they have all.
    const parameters = typeParameters.map(() => ALL_ABILITIES);
    for (const { type } of fields)
      if (!has(cache.of(type, parameters, 'module'), needs))
        throw new VerificationError('FIELD_MISSING_TYPE_ABILITY');
  };
  for (const [i, { handle, fields }] of module.structDefinitions.entries())
    if (fields.kind === 'declared')
      within('StructDefinition', i, () => check(handle, fields.fields));
  for (const [i, { handle, variants }] of module.enumDefinitions.entries())
    within('EnumDefinition', i, () => {
      for (const { fields } of variants) check(handle, fields);
    });
}
