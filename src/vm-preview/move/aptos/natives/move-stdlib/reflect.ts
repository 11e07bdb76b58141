/** 0x1::reflect of 2026: functions by name, as function values (reflect.rs, `resolve_function`). */
import { CannotPreview } from '../../../../errors';
import { type Loader, type MoveFunction, moduleId, type Type } from '../../../core/loader';
import { MoveError, nativesOf } from '../../../core/runtime';
import { asAddress, Closure, Struct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { isIdentifier } from '../identifier';
import { referred, stringBytes, typeArgument, utf8 } from '../values';

/** Variants of `ReflectionError`. */
const ERROR = {
  invalidIdentifier: 0,
  functionNotFound: 1,
  functionNotAccessible: 2,
  functionIncompatibleType: 3,
  functionNotInstantiated: 4,
} as const;

/** Variants of 0x1::result::Result. */
const OK = 0;
const ERR = 1;

type Failure = keyof typeof ERROR;

/** Type arguments that make one type out of another, by the parameter's index. */
type Bindings = Map<number, Type>;

/** Whether `found` can be `wanted`; type parameters are bound on the way. */
function matches(found: Type, wanted: Type, bindings: Bindings): boolean {
  if (found.kind === 'typeParameter') {
    const known = bindings.get(found.index);
    bindings.set(found.index, known ?? wanted);
    return known === undefined || known === wanted;
  }
  if (found === wanted) return true;
  switch (found.kind) {
    case 'reference':
      return (
        wanted.kind === 'reference' &&
        found.mutable === wanted.mutable &&
        matches(found.to, wanted.to, bindings)
      );
    case 'vector':
      return wanted.kind === 'vector' && matches(found.element, wanted.element, bindings);
    case 'datatype':
      return (
        wanted.kind === 'datatype' &&
        found.datatype === wanted.datatype &&
        allMatch(found.typeArguments, wanted.typeArguments, bindings)
      );
    case 'function':
      return (
        wanted.kind === 'function' &&
        found.abilities === wanted.abilities &&
        allMatch(found.parameters, wanted.parameters, bindings) &&
        allMatch(found.results, wanted.results, bindings)
      );
    default:
      return false;
  }
}

function allMatch(found: readonly Type[], wanted: readonly Type[], bindings: Bindings): boolean {
  return (
    found.length === wanted.length &&
    found.every((type, i) => {
      const other = wanted[i];
      return other !== undefined && matches(type, other, bindings);
    })
  );
}

/** A public function of the wanted type, which may fix its type arguments. */
function instantiate(declared: MoveFunction, wanted: Type): Closure | Failure {
  if (declared.visibility !== 'public') return 'functionNotAccessible';
  if (wanted.kind !== 'function') return 'functionIncompatibleType';
  const bindings: Bindings = new Map();
  if (
    !allMatch(declared.parameters, wanted.parameters, bindings) ||
    !allMatch(declared.results, wanted.results, bindings)
  )
    return 'functionIncompatibleType';
  const typeArguments = declared.typeParameters.map((_, i) => bindings.get(i));
  if (typeArguments.includes(undefined)) return 'functionNotInstantiated';
  if (declared.typeParameters.some((abilities) => abilities !== 0))
    throw new CannotPreview('aptos-reflection', 'a generic function with constraints, by its name');
  const known = typeArguments.filter((type) => type !== undefined);
  return new Closure(declared.instance(known), 0n, [], []);
}

function resolve(
  context: NativeContext,
  loader: Loader,
  wanted: Type,
  [owner, module, name]: readonly Value[],
): Closure | Failure {
  const [moduleName, functionName] = [module, name].map((text) =>
    utf8(stringBytes(referred(text))),
  );
  if (!isIdentifier(functionName) || !isIdentifier(moduleName)) return 'invalidIdentifier';
  try {
    const id = moduleId(asAddress(owner), moduleName);
    context.modules.visit(id);
    return instantiate(loader.function(id, functionName), wanted);
  } catch (error) {
    if (
      error instanceof MoveError &&
      (error.status === 'LINKER_ERROR' || error.status === 'FUNCTION_RESOLUTION_FAILURE')
    )
      return 'functionNotFound';
    throw error;
  }
}

export const reflectNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  return nativesOf('0x1::reflect', {
    native_resolve: ({ args, typeArguments, loader }) => {
      base('reflect.resolve_base');
      const found = resolve(context, loader, typeArgument(typeArguments), args);
      if (found instanceof Closure) return [new Struct([found], OK)];
      return [new Struct([new Struct([], ERROR[found])], ERR)];
    },
  });
};
