import type { CompiledModule, CompiledScript } from '../format';
import { APTOS_VM, type VmConfig } from '../runtime/config';
import { MoveError } from '../runtime/errors';
import type { PassedTag, TypeTag } from '../types';
import { Address } from '../values';
import { Datatype, type ModuleId } from './datatype';
import { TypeDepths } from './depth';
import { MissingModulesError } from './errors';
import type { MoveFunction } from './function';
import { Layouts } from './layouts';
import { LinkedUnit } from './module';
import { dependencies, moduleId } from './module-id';
import { primitive, type Type, TypeTable } from './type';
import { ValueCodec } from './value-codec';

/** Where modules come from: null for one that is not on the chain, undefined for one never loaded. */
export interface ModuleSource {
  module(id: ModuleId): CompiledModule | null | undefined;
}

/** Links modules as they are reached. One per set of modules that does not change: it keeps all it made. */
export class Loader {
  readonly types: TypeTable;
  readonly depths: TypeDepths;
  readonly layouts: Layouts;
  readonly codec: ValueCodec;
  readonly #modules = new Map<string, LinkedUnit>();
  readonly #complete = new Set<string>();
  readonly #datatypes = new Map<string, Datatype>();

  /** @param config - of the chain whose modules these are; Aptos' as it is today by default */
  constructor(
    private readonly source: ModuleSource,
    readonly config: VmConfig = APTOS_VM,
  ) {
    this.types = new TypeTable(config);
    this.depths = new TypeDepths(this.types, config);
    this.layouts = new Layouts(this.types, config);
    this.codec = new ValueCodec(this);
  }

  /**
   * @throws MissingModulesError with all modules that it and its dependencies lack
   * @throws MoveError LINKER_ERROR when the chain has no such module
   */
  module(id: ModuleId): LinkedUnit {
    const known = this.#modules.get(id.key);
    if (known !== undefined) return known;
    this.#requireAll([id]);
    const unit = this.source.module(id);
    if (unit == null)
      throw new MoveError('LINKER_ERROR', {
        reason: `Linker Error: Module ${id.address}::${id.name} doesn't exist`,
      });
    const linked = new LinkedUnit(unit, id, this);
    this.#modules.set(id.key, linked);
    return linked;
  }

  /** @throws MissingModulesError with all modules that it and its dependencies lack */
  script(unit: CompiledScript): LinkedUnit {
    this.#requireAll(dependencies(unit));
    return new LinkedUnit(unit, undefined, this);
  }

  /** @throws as `module`, and MoveError FUNCTION_RESOLUTION_FAILURE */
  function(id: ModuleId, name: string): MoveFunction {
    const found = this.module(id).function(name);
    if (found === undefined)
      throw new MoveError('FUNCTION_RESOLUTION_FAILURE', {
        reason: `Function ${id.address}::${id.name}::${name} does not exist`,
      });
    return found;
  }

  /** The type that a tag names; nothing is loaded for it. */
  typeOf(tag: TypeTag): Type {
    switch (tag.kind) {
      case 'vector':
        return this.types.vector(this.typeOf(tag.element));
      case 'struct': {
        const module = moduleId(Address.fromBytes(tag.address), tag.module);
        return this.types.datatype(
          this.datatype(module, tag.name),
          tag.typeArguments.map((argument) => this.typeOf(argument)),
        );
      }
      case 'function':
        return this.types.function(
          tag.parameters.map((passed) => this.#passed(passed)),
          tag.results.map((passed) => this.#passed(passed)),
          tag.abilities,
        );
      default:
        return primitive(tag.kind);
    }
  }

  #passed({ by, tag }: PassedTag): Type {
    const type = this.typeOf(tag);
    return by === 'value' ? type : this.types.reference(type, by === 'mutableReference');
  }

  /** Nothing is loaded before the shape is asked for. */
  datatype(module: ModuleId, name: string): Datatype {
    const key = `${module.key}::${name}`;
    let known = this.#datatypes.get(key);
    if (known === undefined) {
      known = new Datatype(key, module, name, () => {
        const shape = this.module(module).shape(name);
        if (shape === undefined) throw new MoveError('LINKER_ERROR', { reason: `no ${key}` });
        return shape;
      });
      this.#datatypes.set(key, known);
    }
    return known;
  }

  /** Walks all dependencies, so that one error names whatever is missing. */
  #requireAll(roots: readonly ModuleId[]): void {
    const missing: ModuleId[] = [];
    const seen = new Set(this.#complete);
    const queue = [...roots];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id.key)) continue;
      seen.add(id.key);
      const unit = this.source.module(id);
      if (unit === undefined) missing.push(id);
      else if (unit !== null) queue.push(...dependencies(unit));
    }
    if (missing.length > 0) throw new MissingModulesError(missing);
    for (const key of seen) this.#complete.add(key);
  }
}
