/** Packages of the chain by id, and of this transaction. */
import { StateError } from '../../../errors';
import { Address } from '../../core/values';
import { MissingObjectsError, type ObjectRequest, type SuiObject, type SuiState } from '../state';
import { type Id, SuiPackage } from './package';

/** Packages that were decoded before; they never change, but for the system's, which change their version. */
export class PackageCache {
  readonly #packages = new Map<string, SuiPackage>();

  /** Undefined for an object that is no package. */
  package(object: SuiObject): SuiPackage | undefined {
    const { data } = object;
    if (data.kind !== 'package') return undefined;
    const key = `${Address.fromBytes(object.id).hex}@${object.version}`;
    let known = this.#packages.get(key);
    if (known === undefined) {
      known = new SuiPackage(object, data);
      this.#packages.set(key, known);
    }
    return known;
  }
}

/** Modules take part in the key of what was linked, so what is new here stays here. */
export class Packages {
  readonly #known = new Map<Id, SuiPackage | null>();
  /** Of every package that was asked for. */
  readonly objects = new Map<Id, SuiObject>();

  constructor(
    private readonly state: SuiState,
    private readonly cache: PackageCache,
  ) {}

  /** Null where there is none under the id. @throws MissingObjectsError; StateError for another kind of object */
  find(id: Id): SuiPackage | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const object = this.state.object(requestOf(id));
    const found = object === null ? null : this.cache.package(object);
    if (found === undefined)
      throw new StateError('sui-not-a-package', 'an object stands where a package is linked', {
        id,
      });
    if (object !== null) this.objects.set(id, object);
    this.#known.set(id, found);
    return found;
  }

  /** As `find`, for many at once: one error names all that were never loaded. */
  findAll(ids: Iterable<Id>): readonly (SuiPackage | null)[] {
    const missing: ObjectRequest[] = [];
    const found: (SuiPackage | null)[] = [];
    for (const id of ids)
      try {
        found.push(this.find(id));
      } catch (error) {
        if (!(error instanceof MissingObjectsError)) throw error;
        missing.push(...error.requests);
      }
    if (missing.length > 0) throw new MissingObjectsError(missing);
    return found;
  }

  /** A package that the transaction publishes; it is seen until it is taken back. */
  add(published: SuiPackage): void {
    this.#known.set(published.id, published);
  }

  remove(id: Id): void {
    this.#known.delete(id);
  }
}

export function requestOf(id: Id): ObjectRequest {
  return { id: Address.parse(id).bytes, bound: { kind: 'latest' } };
}
