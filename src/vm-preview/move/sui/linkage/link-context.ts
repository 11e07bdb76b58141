/** Modules as they see each other from one package: each address stands for one version of one package. */
import { CannotPreview } from '../../../errors';
import type { CompiledModule } from '../../core/format';
import { Loader, type ModuleId, type ModuleSource, moduleId, type Type } from '../../core/loader';
import type { VmConfig } from '../../core/runtime';
import type { StructTag, TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import { type Id, idOf, type SuiPackage } from './package';

export class LinkContext {
  readonly loader: Loader;
  /** Null for a module that is not seen from here. */
  readonly source: ModuleSource = { module: (id) => this.#module(id) };
  readonly #tags = new Map<Type, TypeTag>();
  readonly #originals = new Map<string, Id>();

  /** @param packages - by original id; addresses in code are original ids */
  constructor(
    private readonly packages: ReadonlyMap<Id, SuiPackage>,
    config: VmConfig,
  ) {
    this.loader = new Loader(this.source, config);
    for (const [original, linked] of packages)
      for (const [type, origin] of linked.origins) {
        const name = `${origin}::${type}`;
        this.#originals.set(name, original);
      }
  }

  /** The version that an address stands for. */
  linked(original: Id): SuiPackage | undefined {
    return this.packages.get(original);
  }

  /** The tag with the packages that defined each type. @param type - of this context's loader */
  definingTag(type: Type): TypeTag {
    let tag = this.#tags.get(type);
    if (tag === undefined) {
      tag = this.#definingTag(type);
      this.#tags.set(type, tag);
    }
    return tag;
  }

  /** The type of a tag with defining packages. Nothing is loaded. */
  typeOf(tag: TypeTag): Type {
    const { types } = this.loader;
    if (tag.kind === 'vector') return types.vector(this.typeOf(tag.element));
    if (tag.kind !== 'struct') return this.loader.typeOf(tag);
    return types.datatype(
      this.loader.datatype(this.#runtimeModule(tag), tag.name),
      tag.typeArguments.map((argument) => this.typeOf(argument)),
    );
  }

  #runtimeModule({ address, module, name }: StructTag): ModuleId {
    const original = this.#originals.get(`${idOf(address)}::${module}::${name}`);
    if (original === undefined)
      throw new CannotPreview(
        'sui-type-newer-than-linkage',
        'a type of a newer version of a package than the one that is linked',
        { package: idOf(address), type: `${module}::${name}` },
      );
    return moduleId(Address.parse(original), module);
  }

  #module({ address, name }: ModuleId): CompiledModule | null {
    return this.packages.get(address)?.module(name) ?? null;
  }

  #definingTag(type: Type): TypeTag {
    if (type.kind === 'vector') return { kind: 'vector', element: this.definingTag(type.element) };
    if (type.kind === 'datatype') {
      const { module, name } = type.datatype;
      const origin = this.packages.get(module.address)?.originOf(module.name, name);
      if (origin === undefined)
        throw new CannotPreview('sui-type-origin', 'a type whose package does not say its origin', {
          type: type.key,
        });
      return {
        kind: 'struct',
        address: Address.parse(origin).bytes,
        module: module.name,
        name,
        typeArguments: type.typeArguments.map((argument) => this.definingTag(argument)),
      };
    }
    if (type.kind === 'reference' || type.kind === 'typeParameter' || type.kind === 'function')
      throw new TypeError(`${type.key} has no tag`);
    return { kind: type.kind };
  }
}
