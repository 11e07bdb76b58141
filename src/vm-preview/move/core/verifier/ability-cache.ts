import type { AbilitySet, SignatureToken } from '../format';
import { at } from '../loader/at';
import { polymorphic, REFERENCE_ABILITIES, SIGNER_ABILITIES, VALUE_ABILITIES } from './abilities';
import type { Unit } from './instruction';
import type { Meter, Scope } from './meter';
import type { CodeType } from './types';

/** Tells what a type can do. @param parameters - what the type parameters at hand can do */
export type AbilitiesOf = (
  type: CodeType,
  parameters: readonly AbilitySet[],
  scope: Scope,
) => AbilitySet;

const TYPE_ARGUMENT_COST = 1;

/** Sui charges for what it has not computed yet in the module (ability_cache.rs). */
export class AbilityCache {
  readonly #known = new Map<string, AbilitySet>();

  constructor(
    private readonly unit: Unit,
    private readonly meter: Meter,
  ) {}

  of(type: CodeType | SignatureToken, parameters: readonly AbilitySet[], scope: Scope): AbilitySet {
    switch (type.kind) {
      case 'reference':
        return REFERENCE_ABILITIES;
      case 'signer':
        return SIGNER_ABILITIES;
      case 'typeParameter':
        return at(parameters, type.index);
      case 'vector': {
        const inner = this.of(type.element, parameters, scope);
        return this.#once(`v ${inner}`, 1, scope, () =>
          polymorphic(VALUE_ABILITIES, () => false, [inner]),
        );
      }
      case 'function':
        return type.abilities;
      case 'datatype': {
        const { abilities, typeParameters } = at(this.unit.datatypeHandles, type.handle);
        if (type.typeArguments.length === 0) return abilities;
        const inner = type.typeArguments.map((argument) => this.of(argument, parameters, scope));
        return this.#once(`${type.handle} ${inner.join(',')}`, inner.length, scope, () =>
          polymorphic(abilities, (i) => at(typeParameters, i).isPhantom, inner),
        );
      }
      default:
        return VALUE_ABILITIES;
    }
  }

  #once(key: string, count: number, scope: Scope, compute: () => AbilitySet): AbilitySet {
    let abilities = this.#known.get(key);
    if (abilities === undefined) {
      this.meter.add(scope, TYPE_ARGUMENT_COST * count);
      abilities = compute();
      this.#known.set(key, abilities);
    }
    return abilities;
  }
}
