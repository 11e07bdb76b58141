/** Which packages are seen from where (sui-adapter, linkage_view.rs). */
import { StateError } from '../../../errors';
import { MoveError, SUI_VM, type VmConfig } from '../../core/runtime';
import type { StructTag, TypeTag } from '../../core/types';
import { Address } from '../../core/values';
import type { ProtocolConfig } from '../protocol';
import { abilitiesOf, declarationOf, has } from './abilities';
import { LinkContext } from './link-context';
import { type Id, idOf, type SuiPackage } from './package';
import type { Packages } from './packages';
import { TypeLoadError } from './type-error';

/** A type as commands and objects name it, with the packages that defined each part. */
export interface LoadedType {
  readonly tag: TypeTag;
  /** Sum of copy 1, drop 2, store 4, key 8. */
  readonly abilities: number;
  /** A context in which values of it can be read and written. */
  readonly context: LinkContext;
}

/** Contexts made before, by the versions in them. They hold what the loader made of the modules. */
export class LinkContexts {
  readonly #contexts = new Map<string, LinkContext>();

  get size(): number {
    return this.#contexts.size;
  }

  /** @param config - of the protocol's version */
  of(packages: ReadonlyMap<Id, SuiPackage>, config: VmConfig): LinkContext {
    const versions = [...packages.values()].map(({ id, version }) => `${id}@${version}`);
    const key = `${config.maxLayoutNodes} ${config.countsVariants}: ${versions.sort().join(' ')}`;
    let known = this.#contexts.get(key);
    if (known === undefined) {
      known = new LinkContext(packages, config);
      this.#contexts.set(key, known);
    }
    return known;
  }
}

/** Nodes of a layout before the protocol had a number for it (loader.rs). */
const HISTORICAL_LAYOUT_NODES = 256n;

/** The chain looked before it counted a node, so that one more passed, until it counted variants. */
function vmConfig(protocol: ProtocolConfig): VmConfig {
  const nodes = Number(protocol.number('max_type_to_layout_nodes') ?? HISTORICAL_LAYOUT_NODES);
  const countsVariants = protocol.feature('variant_nodes');
  return { ...SUI_VM, countsVariants, maxLayoutNodes: countsVariants ? nodes : nodes + 1 };
}

export class Linkage {
  readonly #config: VmConfig;
  /** With packages that the transaction publishes: no other will ever see them so. */
  readonly #passing = new LinkContexts();

  constructor(
    readonly packages: Packages,
    private readonly contexts: LinkContexts,
    protocol: ProtocolConfig,
  ) {
    this.#config = vmConfig(protocol);
  }

  /**
   * What is seen from a package, and from what types are given to it.
   *
   * @param tags - with defining packages
   * @throws MissingObjectsError
   */
  context(root: SuiPackage | undefined, tags: readonly TypeTag[]): LinkContext {
    const seen = new Map<Id, SuiPackage>();
    if (root !== undefined) {
      for (const linked of this.#linkedBy(root)) seen.set(linked.originalId, linked);
      seen.set(root.originalId, root);
    }
    return this.resolved(seen, tags);
  }

  /**
   * What is seen from packages that were chosen, and from what types are given to them.
   *
   * @param own - by original id
   * @param tags - with defining packages
   * @throws MissingObjectsError
   */
  resolved(own: ReadonlyMap<Id, SuiPackage>, tags: readonly TypeTag[]): LinkContext {
    const seen = new Map(own);
    for (const foreign of this.#packagesOf(tags))
      for (const linked of [foreign, ...this.#linkedBy(foreign)]) {
        const known = seen.get(linked.originalId);
        // What the package itself links is what its code was checked against.
        if (own.has(linked.originalId) || (known !== undefined && known.version >= linked.version))
          continue;
        seen.set(linked.originalId, linked);
      }
    const isOfChain = [...seen.values()].every(({ id }) => this.packages.objects.has(id));
    return (isOfChain ? this.contexts : this.#passing).of(seen, this.#config);
  }

  /**
   * A type by a tag in which any version of a package may stand for the one that defined it.
   *
   * @throws TypeLoadError; MoveError LINKER_ERROR for a package or module that is not there
   */
  load(tag: TypeTag): LoadedType {
    const defining = this.#definingTag(tag);
    const context = this.context(undefined, [defining]);
    const type = context.typeOf(defining);
    return { tag: defining, abilities: abilitiesOf(context.loader, type), context };
  }

  #definingTag(tag: TypeTag): TypeTag {
    if (tag.kind === 'vector') return { kind: 'vector', element: this.#definingTag(tag.element) };
    if (tag.kind !== 'struct') return tag;
    const id = idOf(tag.address);
    const found = this.packages.find(id);
    if (found === null)
      throw new MoveError('LINKER_ERROR', { reason: `Cannot find link context ${id} in store` });
    if (found.module(tag.module) === undefined)
      throw new MoveError('LINKER_ERROR', { reason: `Cannot find ${tag.module} in data cache` });
    const origin = found.originOf(tag.module, tag.name);
    if (origin === undefined) throw new TypeLoadError('TYPE_RESOLUTION_FAILURE');
    const defining: StructTag = {
      ...tag,
      address: Address.parse(origin).bytes,
      typeArguments: tag.typeArguments.map((argument) => this.#definingTag(argument)),
    };
    this.#requireConstraints(defining);
    return defining;
  }

  /** As many type arguments as the type takes, each with the abilities it asks for. */
  #requireConstraints(tag: StructTag): void {
    const context = this.context(undefined, [tag]);
    const type = context.typeOf(tag);
    if (type.kind !== 'datatype') throw new TypeError('a struct is a datatype');
    const { loader } = context;
    const constraints = declarationOf(loader, type)?.typeParameters ?? [];
    if (constraints.length !== type.typeArguments.length)
      throw new TypeLoadError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
    for (const [i, argument] of type.typeArguments.entries())
      if (!has(abilitiesOf(loader, argument), constraints[i]?.constraints ?? 0))
        throw new TypeLoadError('CONSTRAINT_NOT_SATISFIED');
  }

  #linkedBy({ linkage }: SuiPackage): readonly SuiPackage[] {
    return this.packages.findAll(linkage.values()).map((found) => {
      if (found === null)
        throw new StateError('sui-linked-package', 'a package that another links to is not there');
      return found;
    });
  }

  #packagesOf(tags: readonly TypeTag[]): readonly SuiPackage[] {
    const ids = new Set<Id>();
    for (const tag of tags) collectPackages(tag, ids);
    return this.packages.findAll(ids).filter((found) => found !== null);
  }
}

function collectPackages(tag: TypeTag, ids: Set<Id>): void {
  if (tag.kind === 'vector') collectPackages(tag.element, ids);
  if (tag.kind !== 'struct') return;
  ids.add(idOf(tag.address));
  for (const argument of tag.typeArguments) collectPackages(argument, ids);
}
