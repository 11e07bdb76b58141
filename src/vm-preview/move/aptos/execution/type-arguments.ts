/** Type arguments of a transaction's function: that they are there, as many, and able enough. */
import type { Loader, MoveFunction, Type } from '../../core/loader';
import type { TypeTag } from '../../core/types';
import { VmError } from './status';

const COPY = 1;
const DROP = 2;
const STORE = 4;
const KEY = 8;
const PRIMITIVE = COPY | DROP | STORE;

/**
 * @throws VmError NUMBER_OF_TYPE_ARGUMENTS_MISMATCH, CONSTRAINT_NOT_SATISFIED, TYPE_RESOLUTION_FAILURE;
 *   MissingModulesError
 */
export function typeArguments(
  loader: Loader,
  declared: MoveFunction,
  tags: readonly TypeTag[],
): readonly Type[] {
  const types = tags.map((tag) => loader.typeOf(tag));
  for (const type of types) requireTypes(loader, type);
  const constraints = declared.typeParameters;
  if (constraints.length !== types.length) throw new VmError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
  requireAbilities(loader, constraints, types);
  return types;
}

/** @throws VmError CONSTRAINT_NOT_SATISFIED (`Type::verify_ty_arg_abilities`) */
export function requireAbilities(
  loader: Loader,
  constraints: readonly number[],
  types: readonly Type[],
): void {
  for (const [i, type] of types.entries()) {
    const required = constraints[i] ?? 0;
    if ((abilitiesOf(loader, type) & required) !== required)
      throw new VmError('CONSTRAINT_NOT_SATISFIED');
  }
}

interface DeclaredType {
  readonly abilities: number;
  readonly parameters: readonly { readonly constraints: number; readonly isPhantom: boolean }[];
}

function declarationOf(loader: Loader, type: Type): DeclaredType | undefined {
  if (type.kind !== 'datatype') return undefined;
  const { datatype } = type;
  const { unit } = loader.module(datatype.module);
  if (unit.kind !== 'module') return undefined;
  const handle = unit.datatypeHandles.find(
    ({ module, name }) => module === unit.selfModule && unit.identifiers[name] === datatype.name,
  );
  return (
    handle && {
      abilities: handle.abilities,
      parameters: handle.typeParameters,
    }
  );
}

/** Every struct must be declared, with arguments that satisfy it. */
function requireTypes(loader: Loader, type: Type): void {
  if (type.kind === 'vector') {
    requireTypes(loader, type.element);
    return;
  }
  if (type.kind === 'reference') throw new VmError('TYPE_RESOLUTION_FAILURE');
  if (type.kind !== 'datatype') return;
  for (const argument of type.typeArguments) requireTypes(loader, argument);
  const declared = declarationOf(loader, type);
  if (declared === undefined)
    throw new VmError('TYPE_RESOLUTION_FAILURE', `there is no type ${type.datatype.key}`);
  if (declared.parameters.length !== type.typeArguments.length)
    throw new VmError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
  const constraints = declared.parameters.map((parameter) => parameter.constraints);
  requireAbilities(loader, constraints, type.typeArguments);
}

/** Sum of copy 1, drop 2, store 4, key 8 (`Type::abilities`). */
export function abilitiesOf(loader: Loader, type: Type): number {
  switch (type.kind) {
    case 'signer':
      return DROP;
    case 'reference':
      return COPY | DROP;
    case 'function':
      return type.abilities;
    case 'typeParameter':
      return 0;
    case 'vector':
      return abilitiesOf(loader, type.element) & PRIMITIVE;
    case 'datatype': {
      const declared = declarationOf(loader, type);
      if (declared === undefined) return 0;
      const arguments_ = type.typeArguments
        .filter((_, i) => declared.parameters[i]?.isPhantom === false)
        .map((argument) => abilitiesOf(loader, argument));
      // A field may need store where the struct has key.
      return [COPY, DROP, STORE, KEY].reduce((sum, ability) => {
        const needed = ability === KEY ? STORE : ability;
        const has =
          (declared.abilities & ability) !== 0 &&
          arguments_.every((abilities) => (abilities & needed) !== 0);
        return has ? sum | ability : sum;
      }, 0);
    }
    default:
      return PRIMITIVE;
  }
}
