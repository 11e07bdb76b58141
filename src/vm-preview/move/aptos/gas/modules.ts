import type { Datatype, ModuleId, Type } from '../../core/loader';
import { moduleId } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import type { TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import type { ModuleTraversal } from '../natives/context';
import type { GasBalance } from './balance';
import type { GasSchedule } from './schedule';

/** What is known of modules without running them. All throw MoveError LINKER_ERROR, MissingModulesError. */
export interface ModuleCode {
  /** Bytes of the module as it is stored. */
  size(module: ModuleId): number;
  /** Modules that it names, in the order of its handles, then those it calls friends. */
  neighbours(module: ModuleId): readonly ModuleId[];
}

/** A module of a package that is about to be published. */
export interface ModuleToPublish {
  readonly id: ModuleId;
  readonly size: number;
  /** Of the module that it replaces. */
  readonly replacedSize: number | undefined;
  readonly dependencies: readonly ModuleId[];
  readonly friends: readonly ModuleId[];
}

/** First version that modules are paid for, and those of type arguments where loading is eager. */
const CHARGES_MODULES = 15;
const CHARGES_TYPE_ARGUMENTS = 31;
/** First version that bounds the depth of values as they grow and not by their types. */
const BOUNDS_VALUES = 42;

/**
 * Pays for each module once in a transaction. Where loading is eager, a function is paid for with all that
 * its module depends on; where it is lazy, a module when something in it is first needed
 * (storage/loader/{eager,lazy}.rs, module_traversal.rs).
 */
export class PaidModules implements ModuleTraversal {
  readonly #visited = new Set<string>();
  /** Saves looking at the name for each call. */
  readonly #reached = new Set<ModuleId>();
  readonly #layouts = new Set<Type>();
  readonly #depths = new Set<Datatype>();
  readonly #version: number;
  readonly #perModule: number;
  readonly #perByte: number;
  readonly #maxCount: number;
  readonly #maxSize: number;
  #count = 0;
  #size = 0;

  /** @param isLazy - feature flag ENABLE_LAZY_LOADING */
  constructor(
    schedule: GasSchedule,
    private readonly balance: GasBalance,
    private readonly code: ModuleCode,
    readonly isLazy: boolean,
  ) {
    this.#version = schedule.version;
    this.#perModule = schedule.amount('txn.dependency_per_module');
    this.#perByte = schedule.amount('txn.dependency_per_byte');
    this.#maxCount = schedule.amount('txn.max_num_dependencies');
    this.#maxSize = schedule.amount('txn.max_total_dependency_size');
  }

  isVisited(module: ModuleId): boolean {
    return this.#visited.has(module.key);
  }

  visit(module: ModuleId): void {
    if (this.isLazy) this.#visitOne(module);
    else this.#visitAll([module]);
  }

  /**
   * The function or script that a transaction calls.
   *
   * @param modules - the function's, or those that the script names
   */
  visitEntry(modules: readonly ModuleId[], typeArguments: readonly TypeTag[]): void {
    const named = typeArguments.flatMap(modulesOf);
    if (this.isLazy) {
      for (const module of [...modules, ...named]) this.#visitOne(module);
      return;
    }
    if (this.#version >= CHARGES_MODULES) this.#visitAll(modules);
    if (this.#version >= CHARGES_TYPE_ARGUMENTS) this.#visitAll(sorted(named));
  }

  /** A module that code reaches while it runs: what it calls, or where metadata is looked up. */
  reach(module: ModuleId): void {
    if (!this.isLazy || this.#reached.has(module)) return;
    this.#visitOne(module);
    this.#reached.add(module);
  }

  visitType(type: Type): void {
    if (this.isLazy) this.#visitLayout({ type, typeArguments: [] });
  }

  /** Before a value of the type is made. */
  visitMade(type: Type): void {
    if (this.isLazy && this.#version < BOUNDS_VALUES) this.#visitDepth(type);
  }

  /** Old code, new code, and what the new code depends on. */
  publish(modules: readonly ModuleToPublish[]): void {
    if (this.#version < CHARGES_MODULES) return;
    for (const { id, replacedSize } of modules)
      if (this.#isNew(id) && replacedSize !== undefined) this.#pay(id, replacedSize);
    for (const { id, size } of modules) {
      this.#pay(id, size);
      if (this.isLazy) this.#isNew(id);
    }
    const own = new Set(modules.map(({ id }) => id.key));
    const foreign = modules
      .flatMap(({ dependencies, friends }) =>
        this.isLazy ? dependencies : [...dependencies, ...friends],
      )
      .filter(({ key }) => !own.has(key));
    if (!this.isLazy) this.#visitAll(foreign);
    else for (const module of foreign) this.#visitOne(module);
  }

  /** True the first time; never for a special address, whose modules are free. */
  #isNew({ key, address }: ModuleId): boolean {
    if (isSpecial(address) || this.#visited.has(key)) return false;
    this.#visited.add(key);
    return true;
  }

  #visitOne(module: ModuleId): void {
    if (this.#isNew(module)) this.#pay(module, this.code.size(module));
  }

  /** Depth first: a module, then what it depends on, then its friends. */
  #visitAll(modules: readonly ModuleId[]): void {
    const stack: ModuleId[] = [];
    const push = (found: readonly ModuleId[]): void => {
      for (const module of [...found].reverse()) if (this.#isNew(module)) stack.push(module);
    };
    push(modules);
    for (let module = stack.pop(); module !== undefined; module = stack.pop()) {
      this.#pay(module, this.code.size(module));
      push(this.code.neighbours(module));
    }
  }

  #pay({ address }: ModuleId, size: number): void {
    if (this.#version < CHARGES_MODULES || isSpecial(address)) return;
    this.balance.chargeExecution(this.#perModule + this.#perByte * size);
    this.#count++;
    this.#size += size;
    if (this.#count > this.#maxCount || this.#size > this.#maxSize)
      throw new MoveError('DEPENDENCY_LIMIT_REACHED');
  }

  /** As ty_layout_converter.rs goes: a struct, then its fields. */
  #visitLayout({ type, typeArguments }: BoundType): void {
    if (type.concrete && this.#layouts.has(type)) return;
    switch (type.kind) {
      case 'vector':
        this.#visitLayout({ type: type.element, typeArguments });
        break;
      case 'typeParameter': {
        const argument = typeArguments[type.index];
        if (argument !== undefined) this.#visitLayout(argument);
        break;
      }
      case 'datatype': {
        this.#visitOne(type.datatype.module);
        const bound = type.typeArguments.map((argument) => ({ type: argument, typeArguments }));
        for (const field of fieldTypes(type.datatype))
          this.#visitLayout({ type: field, typeArguments: bound });
        break;
      }
    }
    if (type.concrete) this.#layouts.add(type);
  }

  /** As ty_depth_checker.rs goes: type arguments even where no field has them. */
  #visitDepth(type: Type): void {
    switch (type.kind) {
      case 'vector':
        this.#visitDepth(type.element);
        break;
      case 'reference':
        this.#visitDepth(type.to);
        break;
      case 'datatype': {
        for (const argument of type.typeArguments) this.#visitDepth(argument);
        if (this.#depths.has(type.datatype)) break;
        this.#depths.add(type.datatype);
        this.#visitOne(type.datatype.module);
        for (const field of fieldTypes(type.datatype)) this.#visitDepth(field);
        break;
      }
    }
  }
}

/** A type with what stands for its type parameters. */
interface BoundType {
  readonly type: Type;
  readonly typeArguments: readonly BoundType[];
}

function fieldTypes({ shape }: Datatype): readonly Type[] {
  const fields =
    shape.kind === 'struct' ? shape.fields : shape.variants.flatMap((variant) => variant.fields);
  return fields.map(({ type }) => type);
}

/** Modules of all structs in a type, outermost first. */
function modulesOf(tag: TypeTag): readonly ModuleId[] {
  switch (tag.kind) {
    case 'vector':
      return modulesOf(tag.element);
    case 'struct':
      return [
        moduleId(Address.fromBytes(tag.address), tag.module),
        ...tag.typeArguments.flatMap(modulesOf),
      ];
    case 'function':
      return [...tag.parameters, ...tag.results].flatMap((passed) => modulesOf(passed.tag));
    default:
      return [];
  }
}

function sorted(modules: readonly ModuleId[]): readonly ModuleId[] {
  const distinct = new Map(modules.map((module) => [module.key, module]));
  return [...distinct.values()].sort((a, b) => {
    const [left, right] = [a.address + a.name, b.address + b.name];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** 0x0 to 0xf. @param address - 64 hexadecimal digits */
function isSpecial(address: string): boolean {
  return address.startsWith(SPECIAL);
}

const SPECIAL = '0'.repeat(63);
