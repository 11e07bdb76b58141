/** Types that commands name (programmable_transactions/execution.rs, `to_type_tag`). */
import { StateError } from '../../../errors';
import type { TypeTag } from '../../core/types';
import { idOf, type LoadedType, type Packages, TypeLoadError } from '../linkage';
import { ExecutionError } from './error';
import type { Session } from './session';

/**
 * @param argument - its place among the type arguments of a call
 * @throws ExecutionError TypeArgumentError, TypeArityMismatch; MoveError; MissingObjectsError
 */
export function loadTypeArgument(session: Session, tag: TypeTag, argument: number): LoadedType {
  const { protocol, linkage } = session;
  const looksFirst = protocol.feature('better_adapter_type_resolution_errors');
  if (looksFirst) requireFound(linkage.packages, tag, argument);
  const hasNoPlace = protocol.feature('resolve_type_input_ids_to_defining_id') && !looksFirst;
  return load(session, tag, hasNoPlace ? 0 : argument);
}

/** The type of a vector's elements, whose errors were once those of the Move VM. */
export function loadElementType(session: Session, tag: TypeTag): LoadedType {
  const { protocol, linkage } = session;
  const converts =
    protocol.feature('convert_type_argument_error') ||
    protocol.feature('resolve_type_input_ids_to_defining_id');
  return converts ? loadTypeArgument(session, tag, 0) : linkage.load(tag);
}

function load({ linkage }: Session, tag: TypeTag, argument: number): LoadedType {
  try {
    return linkage.load(tag);
  } catch (error) {
    if (!(error instanceof TypeLoadError)) throw error;
    if (error.status === 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH')
      throw new ExecutionError({ kind: 'TypeArityMismatch' });
    const kind =
      error.status === 'TYPE_RESOLUTION_FAILURE' ? 'TypeNotFound' : 'ConstraintNotSatisfied';
    throw new ExecutionError({ kind: 'TypeArgumentError', argument, error: { kind } });
  }
}

/** Each type is in the package that it is named by, inner ones first. */
function requireFound(packages: Packages, tag: TypeTag, argument: number): void {
  if (tag.kind === 'vector') requireFound(packages, tag.element, argument);
  if (tag.kind !== 'struct') return;
  for (const inner of tag.typeArguments) requireFound(packages, inner, argument);
  if (originIn(packages, tag.address, tag.module, tag.name) === undefined)
    throw new ExecutionError({
      kind: 'TypeArgumentError',
      argument,
      error: { kind: 'TypeNotFound' },
    });
}

function originIn(
  packages: Packages,
  address: Uint8Array,
  module: string,
  name: string,
): string | undefined {
  try {
    return packages.find(idOf(address))?.originOf(module, name);
  } catch (error) {
    // Another kind of object is no package either.
    if (error instanceof StateError) return undefined;
    throw error;
  }
}
