import type {
  CompiledModule,
  CompiledScript,
  FieldDefinition,
  SignatureToken,
  VariantDefinition,
} from '../format';
import { at } from './at';
import type { Field, ModuleId, Shape } from './datatype';
import { MoveFunction } from './function';
import type { Loader } from './loader';
import { moduleIdOf } from './module-id';
import { primitive, type Type } from './type';

type Unit = CompiledModule | CompiledScript;

/** A module or script with its handles resolved, each when it is first asked for. */
export class LinkedUnit {
  readonly #functions = new Map<string, MoveFunction>();
  readonly #moduleIds: (ModuleId | undefined)[] = [];
  readonly #signatures: (readonly Type[] | undefined)[] = [];
  readonly #datatypeDefinitions = new Map<string, () => Shape>();

  constructor(
    readonly unit: Unit,
    /** Absent of a script. */
    readonly id: ModuleId | undefined,
    readonly loader: Loader,
  ) {
    if (unit.kind === 'script') {
      this.#functions.set('main', MoveFunction.ofScript(this, unit));
    } else {
      for (const [index, definition] of unit.functionDefinitions.entries()) {
        const declared = MoveFunction.ofModule(this, definition, index);
        this.#functions.set(declared.name, declared);
      }
    }
    for (const { handle, fields } of unit.structDefinitions)
      this.#datatypeDefinitions.set(this.#nameOf(handle), () => {
        if (fields.kind === 'variants') return this.#enum(fields.variants);
        return {
          kind: 'struct',
          fields: fields.kind === 'native' ? [] : this.#fields(fields.fields),
        };
      });
    for (const { handle, variants } of unit.enumDefinitions)
      this.#datatypeDefinitions.set(this.#nameOf(handle), () => this.#enum(variants));
  }

  function(name: string): MoveFunction | undefined {
    return this.#functions.get(name);
  }

  get functions(): readonly MoveFunction[] {
    return [...this.#functions.values()];
  }

  /** What is declared in this module under `name`; undefined where nothing is. */
  shape(name: string): Shape | undefined {
    return this.#datatypeDefinitions.get(name)?.();
  }

  /** @param handle - index of a module handle */
  moduleId(handle: number): ModuleId {
    let id = this.#moduleIds[handle];
    if (id === undefined) {
      id = moduleIdOf(this.unit, at(this.unit.moduleHandles, handle));
      this.#moduleIds[handle] = id;
    }
    return id;
  }

  signature(index: number): readonly Type[] {
    let types = this.#signatures[index];
    if (types === undefined) {
      types = at(this.unit.signatures, index).map((token) => this.type(token));
      this.#signatures[index] = types;
    }
    return types;
  }

  type(token: SignatureToken): Type {
    const { types } = this.loader;
    switch (token.kind) {
      case 'vector':
        return types.vector(this.type(token.element));
      case 'reference':
        return types.reference(this.type(token.to), token.mutable);
      case 'typeParameter':
        return types.parameter(token.index);
      case 'datatype': {
        const handle = at(this.unit.datatypeHandles, token.handle);
        const module = this.moduleId(handle.module);
        const datatype = this.loader.datatype(module, at(this.unit.identifiers, handle.name));
        return types.datatype(
          datatype,
          token.typeArguments.map((argument) => this.type(argument)),
        );
      }
      case 'function':
        return types.function(
          token.parameters.map((parameter) => this.type(parameter)),
          token.results.map((result) => this.type(result)),
          token.abilities,
        );
      default:
        return primitive(token.kind);
    }
  }

  #nameOf(handle: number): string {
    return at(this.unit.identifiers, at(this.unit.datatypeHandles, handle).name);
  }

  #fields(definitions: readonly FieldDefinition[]): Field[] {
    return definitions.map(({ name, type }) => ({
      name: at(this.unit.identifiers, name),
      type: this.type(type),
    }));
  }

  #enum(variants: readonly VariantDefinition[]): Shape {
    return {
      kind: 'enum',
      variants: variants.map(({ name, fields }) => ({
        name: at(this.unit.identifiers, name),
        fields: this.#fields(fields),
      })),
    };
  }
}
