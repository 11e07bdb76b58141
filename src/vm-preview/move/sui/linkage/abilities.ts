/** Abilities of types at run time (move-vm-runtime, loader.rs `abilities`). */
import type { AbilitySet, DatatypeHandle } from '../../core/format';
import type { DatatypeType, Loader, Type } from '../../core/loader';
import {
  has,
  NO_ABILITIES,
  polymorphic,
  REFERENCE_ABILITIES,
  SIGNER_ABILITIES,
  VALUE_ABILITIES,
} from '../../core/verifier/abilities';

/** As the type's module declares it; undefined where it declares none of the name. */
export function declarationOf(
  loader: Loader,
  { datatype }: DatatypeType,
): DatatypeHandle | undefined {
  const { unit } = loader.module(datatype.module);
  if (unit.kind !== 'module') return undefined;
  return unit.datatypeHandles.find(
    ({ module, name }) => module === unit.selfModule && unit.identifiers[name] === datatype.name,
  );
}

export function abilitiesOf(loader: Loader, type: Type): AbilitySet {
  switch (type.kind) {
    case 'signer':
      return SIGNER_ABILITIES;
    case 'reference':
      return REFERENCE_ABILITIES;
    case 'vector':
      return VALUE_ABILITIES & abilitiesOf(loader, type.element);
    case 'typeParameter':
    case 'function':
      return NO_ABILITIES;
    case 'datatype': {
      const declared = declarationOf(loader, type);
      if (declared === undefined) return NO_ABILITIES;
      return polymorphic(
        declared.abilities,
        (argument) => declared.typeParameters[argument]?.isPhantom ?? false,
        type.typeArguments.map((argument) => abilitiesOf(loader, argument)),
      );
    }
    default:
      return VALUE_ABILITIES;
  }
}

export { has };
