/** What a module or script imports is what its dependencies declare (dependencies.rs of both chains). */
import type {
  AbilitySet,
  CompiledModule,
  DatatypeTypeParameter,
  FunctionAttribute,
  FunctionDefinition,
  FunctionHandle,
  Signature,
  SignatureToken,
} from '../format';
import { MissingModulesError, type ModuleId, type ModuleSource } from '../loader';
import { at } from '../loader/at';
import { moduleIdOf } from '../loader/module-id';
import { has } from './abilities';
import { VerificationError, within } from './errors';
import type { Unit } from './instruction';

/**
 * Checks all imported handles. A module that depends on one under the same name as its own is not
 * compared with it.
 *
 * @param source - has at least the modules that the unit names
 * @throws VerificationError; MissingModulesError with all modules that were never loaded
 */
export function verifyLinkage(unit: Unit, source: ModuleSource): void {
  const imports = new Imports(unit, source);
  for (const [i, handle] of unit.datatypeHandles.entries())
    if (handle.module !== imports.self)
      within('StructHandle', i, () => {
        const owner = imports.module(handle.module);
        const declared = owner.datatype(at(unit.identifiers, handle.name));
        if (declared === undefined) throw new VerificationError('LOOKUP_FAILED');
        // Seen from here a type may be able to do less, and ask more of its arguments.
        if (
          !has(declared.abilities, handle.abilities) ||
          !sameParameters(handle.typeParameters, declared.typeParameters)
        )
          throw new VerificationError('TYPE_MISMATCH', 'imported struct mismatches expectation');
      });
  for (const [i, handle] of unit.functionHandles.entries())
    if (handle.module !== imports.self)
      within('FunctionHandle', i, () => checkFunction(unit, imports, handle));
}

function checkFunction(unit: Unit, imports: Imports, handle: FunctionHandle): void {
  const owner = imports.module(handle.module);
  const found = owner.function(at(unit.identifiers, handle.name));
  if (found === undefined || !owner.mayCall(found.definition, imports.selfId))
    throw new VerificationError('LOOKUP_FAILED');
  const { definition, handle: declared } = found;
  if (!sameConstraints(handle.typeParameters, declared.typeParameters))
    throw new VerificationError('TYPE_MISMATCH', 'imported function mismatches expectation');
  const signature = (from: Unit, index: number): Signature => at(from.signatures, index);
  for (const part of ['parameters', 'returns'] as const)
    requireSame(
      unit,
      signature(unit, handle[part]),
      owner.unit,
      signature(owner.unit, declared[part]),
    );
  if (!hasAttributes(handle.attributes, declared.attributes, definition))
    throw new VerificationError('LINKER_ERROR', 'imported function misses expected attributes');
}

/** What a caller counts on stays. Functions compiled before attributes were are persistent when public. */
function hasAttributes(
  wanted: readonly FunctionAttribute[],
  declared: readonly FunctionAttribute[],
  { visibility }: FunctionDefinition,
): boolean {
  const known: readonly FunctionAttribute[] =
    declared.length === 0 && visibility === 'public' ? [{ kind: 'persistent' }] : declared;
  const key = (attribute: FunctionAttribute): string =>
    'index' in attribute ? `${attribute.kind} ${attribute.index}` : attribute.kind;
  const promised = new Set(known.map(key));
  return wanted.every(
    (attribute) => attribute.kind === 'moduleLock' || promised.has(key(attribute)),
  );
}

function sameConstraints(local: readonly AbilitySet[], declared: readonly AbilitySet[]): boolean {
  return local.length === declared.length && local.every((set, i) => has(set, at(declared, i)));
}

function sameParameters(
  local: readonly DatatypeTypeParameter[],
  declared: readonly DatatypeTypeParameter[],
): boolean {
  const constraints = (list: readonly DatatypeTypeParameter[]): AbilitySet[] =>
    list.map((parameter) => parameter.constraints);
  return (
    sameConstraints(constraints(local), constraints(declared)) &&
    local.every(({ isPhantom }, i) => !isPhantom || at(declared, i).isPhantom)
  );
}

function requireSame(unit: Unit, local: Signature, owner: Unit, declared: Signature): void {
  const isSame =
    local.length === declared.length &&
    local.every((type, i) => sameType(unit, type, owner, at(declared, i)));
  if (!isSame) throw new VerificationError('TYPE_MISMATCH', 'imported type mismatches expectation');
}

function sameType(unit: Unit, type: SignatureToken, owner: Unit, other: SignatureToken): boolean {
  const sameList = (a: Signature, b: Signature): boolean =>
    a.length === b.length && a.every((inner, i) => sameType(unit, inner, owner, at(b, i)));
  switch (type.kind) {
    case 'vector':
      return other.kind === 'vector' && sameType(unit, type.element, owner, other.element);
    case 'reference':
      return (
        other.kind === 'reference' &&
        type.mutable === other.mutable &&
        sameType(unit, type.to, owner, other.to)
      );
    case 'datatype':
      return (
        other.kind === 'datatype' &&
        datatypeName(unit, type.handle) === datatypeName(owner, other.handle) &&
        sameList(type.typeArguments, other.typeArguments)
      );
    case 'typeParameter':
      return other.kind === 'typeParameter' && type.index === other.index;
    case 'function':
      return (
        other.kind === 'function' &&
        sameList(type.parameters, other.parameters) &&
        sameList(type.results, other.results) &&
        type.abilities === other.abilities
      );
    default:
      return type.kind === other.kind;
  }
}

function datatypeName(unit: Unit, index: number): string {
  const { module, name } = at(unit.datatypeHandles, index);
  return `${moduleIdOf(unit, at(unit.moduleHandles, module)).key}::${at(unit.identifiers, name)}`;
}

/** The modules that a unit names. */
class Imports {
  readonly self: number | undefined;
  readonly selfId: ModuleId | undefined;
  readonly #modules = new Map<number, Dependency>();

  /** @throws VerificationError MISSING_DEPENDENCY for a module that is not on the chain */
  constructor(unit: Unit, source: ModuleSource) {
    this.self = unit.kind === 'module' ? unit.selfModule : undefined;
    this.selfId =
      this.self === undefined ? undefined : moduleIdOf(unit, at(unit.moduleHandles, this.self));
    const missing: ModuleId[] = [];
    const absent: number[] = [];
    for (const [i, handle] of unit.moduleHandles.entries()) {
      if (i === this.self) continue;
      const id = moduleIdOf(unit, handle);
      // Another handle of the module itself leads nowhere, as on the chain.
      const module = id.key === this.selfId?.key ? null : source.module(id);
      if (module === undefined) missing.push(id);
      else if (module === null) absent.push(i);
      else this.#modules.set(i, new Dependency(module));
    }
    if (missing.length > 0) throw new MissingModulesError(missing);
    const [first] = absent;
    if (first !== undefined)
      throw new VerificationError('MISSING_DEPENDENCY').at('ModuleHandle', first);
  }

  module(handle: number): Dependency {
    const found = this.#modules.get(handle);
    if (found === undefined) throw new VerificationError('MISSING_DEPENDENCY');
    return found;
  }
}

interface DeclaredFunction {
  readonly definition: FunctionDefinition;
  readonly handle: FunctionHandle;
}

class Dependency {
  #functions: ReadonlyMap<string, DeclaredFunction> | undefined;
  #datatypes: ReadonlyMap<string, CompiledModule['datatypeHandles'][number]> | undefined;

  constructor(readonly unit: CompiledModule) {}

  function(name: string): DeclaredFunction | undefined {
    const { unit } = this;
    this.#functions ??= new Map(
      unit.functionDefinitions.map((definition) => {
        const handle = at(unit.functionHandles, definition.handle);
        return [at(unit.identifiers, handle.name), { definition, handle }];
      }),
    );
    return this.#functions.get(name);
  }

  datatype(name: string): CompiledModule['datatypeHandles'][number] | undefined {
    const { unit } = this;
    this.#datatypes ??= new Map(
      [...unit.structDefinitions, ...unit.enumDefinitions].map((definition) => {
        const handle = at(unit.datatypeHandles, definition.handle);
        return [at(unit.identifiers, handle.name), handle];
      }),
    );
    return this.#datatypes.get(name);
  }

  mayCall({ visibility }: FunctionDefinition, caller: ModuleId | undefined): boolean {
    if (visibility !== 'friend') return visibility === 'public';
    const { unit } = this;
    return unit.friends.some((friend) => moduleIdOf(unit, friend).key === caller?.key);
  }
}
