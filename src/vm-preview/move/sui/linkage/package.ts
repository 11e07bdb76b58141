/** A package of modules with what it links to and where its types come from (sui-types, move_package.rs). */
import { CannotPreview, MalformedError } from '../../../errors';
import { type CompiledModule, decodeModule, FormatError, SUI_FORMAT } from '../../core/format';
import { at } from '../../core/loader/at';
import { Address } from '../../core/values';
import type { PackageData, SuiObject } from '../state';

/** 64 hexadecimal digits, as `Address.hex`. */
export type Id = string;

export const idOf = (bytes: Uint8Array): Id => Address.fromBytes(bytes).hex;

/** Version of a package that is no upgrade. */
const FIRST_VERSION = 1n;

export class SuiPackage {
  readonly id: Id;
  readonly version: bigint;
  /** What it links to: original id → id of the version that is linked. */
  readonly linkage: ReadonlyMap<Id, Id>;
  /** The versions of those. */
  readonly linkageVersions: ReadonlyMap<Id, bigint>;
  readonly #data: PackageData;
  readonly #modules = new Map<string, CompiledModule>();
  readonly #origins: ReadonlyMap<string, Id>;
  #originalId: Id | undefined;

  constructor({ id, version }: SuiObject, data: PackageData) {
    this.id = idOf(id);
    this.version = version;
    this.#data = data;
    this.linkage = new Map(
      [...data.linkage].map(([original, { upgradedId }]) => [original, idOf(upgradedId)]),
    );
    this.linkageVersions = new Map(
      [...data.linkage].map(([original, { upgradedVersion }]) => [original, upgradedVersion]),
    );
    this.#origins = new Map(
      data.typeOrigins.map((origin) => [
        `${origin.module}::${origin.datatype}`,
        idOf(origin.package),
      ]),
    );
  }

  /**
   * The id of its first version, which its modules call themselves by.
   *
   * @throws MalformedError for a package without modules
   */
  get originalId(): Id {
    this.#originalId ??= this.version === FIRST_VERSION ? this.id : this.#selfAddress();
    return this.#originalId;
  }

  /** Undefined where it has none of the name. @throws CannotPreview for code that cannot be read */
  module(name: string): CompiledModule | undefined {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const bytes = this.#data.modules.get(name);
    if (bytes === undefined) return undefined;
    const module = this.#decode(name, bytes);
    this.#modules.set(name, module);
    return module;
  }

  get moduleNames(): readonly string[] {
    return [...this.#data.modules.keys()];
  }

  /** The package in which a type was first defined; undefined where it has no such type. */
  originOf(module: string, datatype: string): Id | undefined {
    return this.#origins.get(`${module}::${datatype}`);
  }

  /** Types that it has, as `module::name`, and the packages they come from. */
  get origins(): ReadonlyMap<string, Id> {
    return this.#origins;
  }

  /** The chain took the code, so it is newer than this VM, or not what the chain has. */
  #decode(name: string, bytes: Uint8Array): CompiledModule {
    try {
      return decodeModule(bytes, SUI_FORMAT);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new CannotPreview('sui-package-code', 'code of a package that cannot be read', {
        package: this.id,
        module: name,
        status: error.status,
      });
    }
  }

  #selfAddress(): Id {
    const [name] = this.#data.modules.keys();
    const module = name === undefined ? undefined : this.module(name);
    if (module === undefined)
      throw new MalformedError('sui-empty-package', 'a package has no modules', { id: this.id });
    const { address } = at(module.moduleHandles, module.selfModule);
    return idOf(at(module.addresses, address));
  }
}
