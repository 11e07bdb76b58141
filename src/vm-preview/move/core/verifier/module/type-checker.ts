import type { AbilitySet, SignatureToken } from '../../format';
import { at } from '../../loader/at';
import {
  has,
  NO_ABILITIES,
  REFERENCE_ABILITIES,
  requires,
  SIGNER_ABILITIES,
  VALUE_ABILITIES,
} from '../abilities';
import type { VerifierConfig } from '../config';
import { VerificationError, within } from '../errors';
import type { Unit } from '../instruction';
import { Constraints } from './constraints';

/**
 * Checks types without knowing what their type parameters can do: each check gives what they must be
 * able to do, so that a signature is walked once however many functions use it.
 */
export class TypeChecker {
  readonly #signatures = new Map<number, Constraints>();
  readonly #types = new Map<string, Constraints>();
  readonly #instantiations = new Map<string, Constraints>();

  constructor(
    private readonly unit: Unit,
    private readonly config: VerifierConfig,
    private readonly capacity: number,
  ) {}

  context(abilities: readonly AbilitySet[]): Constraints {
    return Constraints.of(abilities, this.capacity);
  }

  typeIn(context: Constraints, type: SignatureToken, needs: AbilitySet): void {
    const constraints = new Constraints(this.capacity);
    this.#check(type, false, needs, constraints);
    constraints.checkIn(context);
  }

  /**
   * What was checked with references allowed is not checked again without: whoever calls it with
   * `mayRefer` false refuses references at the top itself, as on the chain.
   */
  signature(index: number, mayRefer: boolean): Constraints {
    return once(this.#signatures, index, () => {
      const constraints = new Constraints(this.capacity);
      const { length } = at(this.unit.signatures, index);
      for (let i = 0; i < length; i++)
        constraints.addAll(this.#typeInSignature(index, i, NO_ABILITIES, mayRefer));
      return constraints;
    });
  }

  functionInstantiation(index: number): Constraints {
    const { generic, typeArguments } = at(this.unit.functionInstantiations, index);
    return once(this.#instantiations, `f ${generic} ${typeArguments}`, () => {
      const { typeParameters } = at(this.unit.functionHandles, generic);
      // The chain points at the instantiation for errors of its own only, not for those of its types.
      return this.#arguments(typeArguments, typeParameters, (check) =>
        within('FunctionInstantiation', index, check),
      );
    });
  }

  structInstantiation(index: number, needs: AbilitySet): Constraints {
    const { generic, typeArguments } = at(this.unit.structInstantiations, index);
    return once(this.#instantiations, `s ${index} ${needs}`, () =>
      within('StructDefInstantiation', index, () =>
        this.#structArguments(needs, generic, typeArguments),
      ),
    );
  }

  fieldInstantiation(index: number): Constraints {
    const { generic, typeArguments } = at(this.unit.fieldInstantiations, index);
    const { owner } = at(this.unit.fieldHandles, generic);
    return once(this.#instantiations, `d ${index}`, () =>
      within('FieldInstantiation', index, () =>
        this.#structArguments(NO_ABILITIES, owner, typeArguments),
      ),
    );
  }

  variantInstantiation(index: number): Constraints {
    const { generic, typeArguments } = at(this.unit.variantInstantiations, index);
    const { owner } = at(this.unit.variantHandles, generic);
    return once(this.#instantiations, `v ${index}`, () =>
      within('StructVariantInstantiation', index, () =>
        this.#structArguments(NO_ABILITIES, owner, typeArguments),
      ),
    );
  }

  variantFieldInstantiation(index: number): Constraints {
    const { generic, typeArguments } = at(this.unit.variantFieldInstantiations, index);
    const { owner } = at(this.unit.variantFieldHandles, generic);
    return once(this.#instantiations, `w ${index}`, () =>
      within('VariantFieldInstantiation', index, () =>
        this.#structArguments(NO_ABILITIES, owner, typeArguments),
      ),
    );
  }

  #structArguments(needs: AbilitySet, definition: number, typeArguments: number): Constraints {
    const { handle } = at(this.unit.structDefinitions, definition);
    const { abilities, typeParameters } = at(this.unit.datatypeHandles, handle);
    requireCount(typeParameters.length, at(this.unit.signatures, typeArguments).length);
    if (!has(abilities, needs)) throw new VerificationError('CONSTRAINT_NOT_SATISFIED');
    const inner = requires(needs);
    return this.#arguments(
      typeArguments,
      typeParameters.map(({ constraints, isPhantom }) =>
        isPhantom ? constraints : constraints | inner,
      ),
    );
  }

  #arguments(
    signature: number,
    needs: readonly AbilitySet[],
    place: (check: () => void) => void = (check) => check(),
  ): Constraints {
    const types = at(this.unit.signatures, signature);
    place(() => requireCount(needs.length, types.length));
    const constraints = new Constraints(this.capacity);
    for (const [i, type] of types.entries()) {
      place(() => {
        if (type.kind === 'reference') throw referenceNotAllowed();
      });
      constraints.addAll(this.#typeInSignature(signature, i, at(needs, i), false));
    }
    return constraints;
  }

  #typeInSignature(
    signature: number,
    index: number,
    needs: AbilitySet,
    mayRefer: boolean,
  ): Constraints {
    return once(this.#types, `${signature} ${index} ${needs}`, () => {
      const constraints = new Constraints(this.capacity);
      const type = at(at(this.unit.signatures, signature), index);
      within('Signature', signature, () => this.#check(type, mayRefer, needs, constraints));
      return constraints;
    });
  }

  #check(
    type: SignatureToken,
    mayRefer: boolean,
    needs: AbilitySet,
    constraints: Constraints,
  ): void {
    switch (type.kind) {
      case 'typeParameter':
        constraints.require(type.index, needs);
        break;
      case 'signer':
        requireAbilities(SIGNER_ABILITIES, needs);
        break;
      case 'reference':
        if (!mayRefer) throw referenceNotAllowed();
        requireAbilities(REFERENCE_ABILITIES, needs);
        this.#check(type.to, false, NO_ABILITIES, constraints);
        break;
      case 'vector':
        requireAbilities(VALUE_ABILITIES, needs);
        this.#check(type.element, false, requires(needs), constraints);
        break;
      case 'function':
        requireAbilities(type.abilities, needs);
        if (this.config.checksFunctionTypes)
          for (const part of [...type.parameters, ...type.results])
            this.#check(part, true, NO_ABILITIES, constraints);
        break;
      case 'datatype': {
        const { abilities, typeParameters } = at(this.unit.datatypeHandles, type.handle);
        requireAbilities(abilities, needs);
        if (type.typeArguments.length === 0) break;
        requireCount(typeParameters.length, type.typeArguments.length);
        for (const [i, argument] of type.typeArguments.entries()) {
          const parameter = at(typeParameters, i);
          const inner = parameter.isPhantom ? NO_ABILITIES : requires(needs);
          this.#check(argument, false, parameter.constraints | inner, constraints);
        }
        break;
      }
      default:
        requireAbilities(VALUE_ABILITIES, needs);
    }
  }
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

function requireAbilities(abilities: AbilitySet, needs: AbilitySet): void {
  if (!has(abilities, needs)) throw new VerificationError('CONSTRAINT_NOT_SATISFIED');
}

function requireCount(expected: number, given: number): void {
  if (expected !== given)
    throw new VerificationError(
      'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH',
      `expected ${expected} type argument(s), got ${given}`,
    );
}

function referenceNotAllowed(): VerificationError {
  return new VerificationError('INVALID_SIGNATURE_TOKEN', 'reference not allowed');
}
