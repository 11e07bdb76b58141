import type { CompiledModule, FunctionHandle, SignatureToken } from '../../core/format';
import { at } from '../../core/loader/at';
import { moduleIdOf } from '../../core/loader/module-id';

/** `0x2::coin` */
export function moduleName(module: CompiledModule, handle: number = module.selfModule): string {
  return moduleIdOf(module, at(module.moduleHandles, handle)).key;
}

/** `0x2::object::UID` */
export function datatypeName(module: CompiledModule, index: number): string {
  const { module: owner, name } = at(module.datatypeHandles, index);
  return `${moduleName(module, owner)}::${at(module.identifiers, name)}`;
}

/** `0x2::object::new` */
export function functionName(module: CompiledModule, handle: FunctionHandle): string {
  return `${moduleName(module, handle.module)}::${at(module.identifiers, handle.name)}`;
}

/** Of the function with a definition's index. */
export function definedName(module: CompiledModule, definition: number): string {
  const { handle } = at(module.functionDefinitions, definition);
  return functionName(module, at(module.functionHandles, handle));
}

/** A datatype without type arguments, by its name. */
export function isPlainDatatype(
  module: CompiledModule,
  type: SignatureToken | undefined,
  name: string,
): boolean {
  return (
    type?.kind === 'datatype' &&
    type.typeArguments.length === 0 &&
    datatypeName(module, type.handle) === name
  );
}
