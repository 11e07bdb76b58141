/** Functions that commands call, with type arguments in place (env.rs `load_function`). */
import { type FunctionInstance, moduleId } from '../../../core/loader';
import { at } from '../../../core/loader/at';
import { Address } from '../../../core/values';
import type { MoveCall } from '../../data';
import { ExecutionError, invariantViolation } from '../../execution/error';
import { functionOf } from '../../execution/signature';
import type { ValueType } from '../../execution/value';
import { type Linkage, type LinkContext, type SuiPackage, TypeLoadError } from '../../linkage';
import { has } from '../../linkage/abilities';
import { type PtbType, ptbTypeOf } from './ptb-type';
import type { ResolutionTable } from './resolution';

export interface LoadedFunction {
  readonly instance: FunctionInstance;
  readonly context: LinkContext;
  /** The version that is called. */
  readonly called: SuiPackage;
  readonly typeArguments: readonly ValueType[];
  readonly parameters: readonly PtbType[];
  readonly results: readonly PtbType[];
  /** Packages that the command's linkage looked at. */
  readonly linkedCount: number;
}

/** @throws ExecutionError, MoveError, TypeLoadError; MissingObjectsError */
export function loadFunction(
  linkage: Linkage,
  called: SuiPackage,
  table: ResolutionTable,
  call: MoveCall,
  typeArguments: readonly ValueType[],
): LoadedFunction {
  const tags = typeArguments.map(({ tag }) => tag);
  const context = linkage.resolved(table.packages, tags);
  const module = moduleId(Address.parse(called.originalId), call.module);
  const declared = functionOf(context, module, call.function);
  if (declared === undefined) throw functionNotFound(called, call);
  requireTypeArguments(declared.typeParameters, typeArguments);
  const instance = declared.instance(tags.map((tag) => context.typeOf(tag)));
  const instantiated = (types: readonly (typeof declared.parameters)[number][]): PtbType[] =>
    types.map((type) => ptbTypeOf(context, instance.type(type)));
  return {
    instance,
    context,
    called,
    typeArguments,
    parameters: instantiated(declared.parameters),
    results: instantiated(declared.results),
    linkedCount: table.versionCount,
  };
}

/** The same function as it runs among other versions of packages. */
export function relinked(loaded: LoadedFunction, context: LinkContext): LoadedFunction {
  const { module, name } = loaded.instance;
  const declared = module && functionOf(context, module, name);
  if (declared === undefined) throw invariantViolation(`lost function ${name}`);
  const types = loaded.typeArguments.map(({ tag }) => context.typeOf(tag));
  return { ...loaded, context, instance: declared.instance(types) };
}

/** How a function is declared, which its linkage depends on. @throws ExecutionError FunctionNotFound */
export function isPublicFunction(called: SuiPackage, call: MoveCall): boolean {
  const module = called.module(call.module);
  const declared = module?.functionDefinitions.find(
    ({ handle }) =>
      at(module.identifiers, at(module.functionHandles, handle).name) === call.function,
  );
  if (declared === undefined) throw functionNotFound(called, call);
  return declared.visibility === 'public';
}

function functionNotFound(called: SuiPackage, call: MoveCall): ExecutionError {
  return new ExecutionError(
    { kind: 'FunctionNotFound' },
    `Could not resolve function '${call.function}' in module 0x${called.id}::${call.module}`,
  );
}

function requireTypeArguments(
  parameters: readonly number[],
  typeArguments: readonly ValueType[],
): void {
  if (parameters.length !== typeArguments.length)
    throw new TypeLoadError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
  for (const [i, { abilities }] of typeArguments.entries())
    if (!has(abilities, parameters[i] ?? 0)) throw new TypeLoadError('CONSTRAINT_NOT_SATISFIED');
}
