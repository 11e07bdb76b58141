import type { Code, CompiledScript, FunctionDefinition, Visibility } from '../format';
import type { Callable } from '../values';
import { at } from './at';
import type { Instruction } from './instruction';
import { lower } from './lower';
import type { LinkedUnit } from './module';
import type { Type } from './type';

/** A function of a module, or the one of a script. */
export class MoveFunction {
  #instructions: readonly Instruction[] | undefined;
  readonly #instances = new Map<string, FunctionInstance>();

  private constructor(
    readonly owner: LinkedUnit,
    readonly name: string,
    readonly parameters: readonly Type[],
    readonly results: readonly Type[],
    readonly typeParameterCount: number,
    readonly visibility: Visibility,
    readonly isEntry: boolean,
    /** Undefined for a native. */
    readonly code: Code | undefined,
  ) {
    // Lowering counts on the parameters being the first locals.
    this.key = owner.id === undefined ? name : `${owner.id.key}::${name}`;
  }

  /** `0x1::coin::transfer` */
  readonly key: string;

  static ofModule(owner: LinkedUnit, definition: FunctionDefinition): MoveFunction {
    const { unit } = owner;
    const handle = at(unit.functionHandles, definition.handle);
    return new MoveFunction(
      owner,
      at(unit.identifiers, handle.name),
      owner.signature(handle.parameters),
      owner.signature(handle.returns),
      handle.typeParameters.length,
      definition.visibility,
      definition.isEntry,
      definition.code,
    );
  }

  static ofScript(owner: LinkedUnit, script: CompiledScript): MoveFunction {
    const parameters = owner.signature(script.parameters);
    const count = script.typeParameters.length;
    return new MoveFunction(owner, 'main', parameters, [], count, 'public', true, script.code);
  }

  /** Types of all locals, parameters first. */
  get locals(): readonly Type[] {
    if (this.code === undefined) return this.parameters;
    return [...this.parameters, ...this.owner.signature(this.code.locals)];
  }

  /** Lowered when it is first run: most functions of a module never are. */
  get instructions(): readonly Instruction[] {
    this.#instructions ??= lower(this);
    return this.#instructions;
  }

  /** The function with its type arguments, the same object for the same ones. */
  instance(typeArguments: readonly Type[]): FunctionInstance {
    const suffix = typeArguments.map(({ key }) => key).join(', ');
    let instance = this.#instances.get(suffix);
    if (instance === undefined) {
      const key = suffix === '' ? this.key : `${this.key}<${suffix}>`;
      instance = new FunctionInstance(this, typeArguments, key);
      this.#instances.set(suffix, instance);
    }
    return instance;
  }
}

/** A function with concrete type arguments; what depends on them is computed once. */
export class FunctionInstance implements Callable {
  readonly #types = new Map<Type, Type>();
  readonly #callees = new Map<object, FunctionInstance>();
  readonly localCount: number;

  constructor(
    readonly definition: MoveFunction,
    readonly typeArguments: readonly Type[],
    readonly key: string,
  ) {
    this.localCount = definition.locals.length;
  }

  /** A type of the function's code with the type arguments put in. */
  type(type: Type): Type {
    if (type.concrete) return type;
    let known = this.#types.get(type);
    if (known === undefined) {
      known = this.definition.owner.loader.types.substitute(type, this.typeArguments);
      this.#types.set(type, known);
    }
    return known;
  }

  /** What a call in the function's code goes to. */
  callee(site: CallSite): FunctionInstance {
    let known = this.#callees.get(site);
    if (known === undefined) {
      const { types } = this.definition.owner.loader;
      const typeArguments = types.substituteAll(site.typeArguments, this.typeArguments);
      known = site.resolve().instance(typeArguments);
      this.#callees.set(site, known);
    }
    return known;
  }
}

/** A function as an instruction names it, found when the instruction is first run. */
export interface CallSite {
  /** Into the unit's function instantiations where it has type arguments, its function handles else. */
  readonly index: number;
  readonly parameters: readonly Type[];
  /** In terms of the calling function's type parameters. */
  readonly typeArguments: readonly Type[];
  /** @throws MissingModulesError, MoveError LINKER_ERROR or FUNCTION_RESOLUTION_FAILURE */
  resolve(): MoveFunction;
}
