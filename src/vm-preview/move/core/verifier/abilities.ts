/** Sets of abilities (move-core-types, ability.rs). */
import { ABILITY, type AbilitySet } from '../format';

const { copy, drop, store, key } = ABILITY;

export const NO_ABILITIES: AbilitySet = 0;
export const ALL_ABILITIES: AbilitySet = copy | drop | store | key;
/** Numbers, booleans and addresses; a vector if its elements have them. */
export const VALUE_ABILITIES: AbilitySet = copy | drop | store;
export const REFERENCE_ABILITIES: AbilitySet = copy | drop;
export const SIGNER_ABILITIES: AbilitySet = drop;
export const PRIVATE_FUNCTION_ABILITIES: AbilitySet = copy | drop;
export const PUBLIC_FUNCTION_ABILITIES: AbilitySet = copy | drop | store;

export function has(abilities: AbilitySet, all: AbilitySet): boolean {
  return (abilities & all) === all;
}

/** What the parts of a value must have for it to have these. */
export function requires(abilities: AbilitySet): AbilitySet {
  return (abilities & VALUE_ABILITIES) | (has(abilities, key) ? store : 0);
}

/** What a value may have whose part has these. */
function requiredBy(abilities: AbilitySet): AbilitySet {
  return (abilities & (copy | drop)) | (has(abilities, store) ? store | key : 0);
}

/** Those of the declared ones that the arguments which are no phantoms allow. */
export function polymorphic(
  declared: AbilitySet,
  isPhantom: (argument: number) => boolean,
  typeArguments: readonly AbilitySet[],
): AbilitySet {
  let abilities = declared;
  for (const [i, argument] of typeArguments.entries())
    if (!isPhantom(i)) abilities &= requiredBy(argument);
  return abilities;
}
