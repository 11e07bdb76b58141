import type {
  AbilitySet,
  Code,
  CompiledScript,
  FunctionAttribute,
  FunctionDefinition,
  Visibility,
} from '../format';
import type { Callable } from '../values';
import { at } from './at';
import type { ModuleId } from './datatype';
import { compareCallables, type FunctionName } from './function-order';
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
    /** Of its definition; 0 in a script. */
    readonly index: number,
    readonly name: string,
    readonly parameters: readonly Type[],
    readonly results: readonly Type[],
    /** What the type arguments must be able to do. */
    readonly typeParameters: readonly AbilitySet[],
    readonly attributes: readonly FunctionAttribute[],
    /** Whether it says which resources it may touch, so that the chain holds it to that. */
    readonly limitsAccess: boolean,
    readonly visibility: Visibility,
    readonly isEntry: boolean,
    /** Undefined for a native. */
    readonly code: Code | undefined,
  ) {
    this.key = owner.id === undefined ? name : `${owner.id.key}::${name}`;
    this.locksModules = has(attributes, 'moduleLock');
  }

  /** Whether no module that is being run can be called again while this one runs. */
  readonly locksModules: boolean;

  /** `0x1::coin::transfer` */
  readonly key: string;

  get typeParameterCount(): number {
    return this.typeParameters.length;
  }

  /** Whether a value of it can be stored: it can never be taken away again. */
  get isPersistent(): boolean {
    return this.visibility === 'public' || has(this.attributes, 'persistent');
  }

  static ofModule(owner: LinkedUnit, definition: FunctionDefinition, index: number): MoveFunction {
    const { unit } = owner;
    const handle = at(unit.functionHandles, definition.handle);
    return new MoveFunction(
      owner,
      index,
      at(unit.identifiers, handle.name),
      owner.signature(handle.parameters),
      owner.signature(handle.returns),
      handle.typeParameters,
      handle.attributes,
      handle.accessSpecifiers !== undefined,
      definition.visibility,
      definition.isEntry,
      definition.code,
    );
  }

  static ofScript(owner: LinkedUnit, script: CompiledScript): MoveFunction {
    const parameters = owner.signature(script.parameters);
    const { typeParameters, code } = script;
    return new MoveFunction(
      owner,
      0,
      'main',
      parameters,
      [],
      typeParameters,
      [],
      // The chain lets a script touch anything (loader/script.rs).
      false,
      'public',
      true,
      code,
    );
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

function has(attributes: readonly FunctionAttribute[], kind: FunctionAttribute['kind']): boolean {
  return attributes.some((attribute) => attribute.kind === kind);
}

/** A function with concrete type arguments; what depends on them is computed once. */
export class FunctionInstance implements Callable, FunctionName {
  readonly #types = new Map<Type, Type>();
  readonly #callees = new Map<object, FunctionInstance>();
  readonly localCount: number;
  readonly #countsArguments: boolean;
  #hasBoundedLocals: boolean;

  constructor(
    readonly definition: MoveFunction,
    readonly typeArguments: readonly Type[],
    readonly key: string,
  ) {
    this.localCount = definition.locals.length;
    const { config } = definition.owner.loader;
    this.#countsArguments = config.countsTypeArguments;
    this.#hasBoundedLocals = typeArguments.length === 0 || !config.boundsLocals;
  }

  get module(): ModuleId | undefined {
    return this.definition.owner.id;
  }

  get name(): string {
    return this.definition.name;
  }

  compare(other: Callable): number {
    return this === other ? 0 : compareCallables(this, other);
  }

  /**
   * A type of the function's code with the type arguments put in.
   *
   * @throws MoveError where it grows beyond what the chain allows
   */
  type(type: Type): Type {
    if (type.concrete && !(this.#countsArguments && isInstantiation(type))) return type;
    let known = this.#types.get(type);
    if (known === undefined) {
      known = this.definition.owner.loader.types.instantiate(type, this.typeArguments);
      this.#types.set(type, known);
    }
    return known;
  }

  /** @throws MoveError where the type of a local grows beyond what the chain allows */
  requireBoundedLocals(): void {
    if (this.#hasBoundedLocals) return;
    for (const local of this.definition.locals) this.type(local);
    this.#hasBoundedLocals = true;
  }

  /** What a call in the function's code goes to. */
  callee(site: CallSite): FunctionInstance {
    let known = this.#callees.get(site);
    if (known === undefined) {
      const { types } = this.definition.owner.loader;
      const typeArguments = site.typeArguments.map((type) =>
        types.instantiate(type, this.typeArguments),
      );
      types.requireFewArguments(this.typeArguments, typeArguments);
      known = site.resolve().instance(typeArguments);
      this.#callees.set(site, known);
    }
    return known;
  }
}

const isInstantiation = (type: Type): boolean =>
  type.kind === 'datatype' && type.typeArguments.length > 0;

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
