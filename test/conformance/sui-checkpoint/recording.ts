/** A recorded transaction's state: what it read, as far as the recording has it. */
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type CheckpointTransaction,
  MissingObjectsError,
  type ObjectRequest,
  type SuiObject,
  type SuiState,
} from '../../../src/vm-preview/move/sui';
import { freshId } from '../../../src/vm-preview/move/sui/natives';
import { frameworkPackages, recordedPackage } from '../../support/sui-packages';

/** Objects that a publishing transaction may have made before the package. */
const MOST_IDS = 64n;

export class RecordedState implements SuiState {
  readonly #objects = new Map<string, SuiObject[]>();
  readonly #packages = new Map<string, SuiObject | undefined>();
  readonly #dependencies: Uint8Array[];

  constructor(recorded: CheckpointTransaction, framework: number) {
    for (const object of recorded.inputObjects) {
      const id = bytesToHex(object.id);
      this.#objects.set(id, [...(this.#objects.get(id) ?? []), object]);
    }
    const known = new Set(
      recorded.inputObjects.map(({ previousTransaction }) => bytesToHex(previousTransaction)),
    );
    this.#dependencies = recorded.effects.dependencies.filter(
      (digest) => !known.has(bytesToHex(digest)),
    );
    for (const object of frameworkPackages(framework))
      this.#packages.set(bytesToHex(object.id), this.#published(object));
  }

  object({ id, bound, parent }: ObjectRequest): SuiObject | null {
    const key = bytesToHex(id);
    const [found] = (this.#objects.get(key) ?? []).filter(
      ({ version }) =>
        bound.kind === 'latest' ||
        (bound.kind === 'exact' ? version === bound.version : version <= bound.version),
    );
    if (found !== undefined) return found;
    if (bound.kind === 'latest' && parent === undefined) {
      const published = this.#package(key);
      if (published !== undefined) return published;
    }
    throw new MissingObjectsError([parent === undefined ? { id, bound } : { id, bound, parent }]);
  }

  #package(key: string): SuiObject | undefined {
    if (!this.#packages.has(key)) {
      const object = recordedPackage(`0x${key}`);
      this.#packages.set(key, object && this.#published(object));
    }
    return this.#packages.get(key);
  }

  /**
   * The recording has no packages, so not the transactions that published them; but they are among the
   * dependencies, and a package's id is a hash of its transaction. A package of the system has no such id:
   * it gets what is left.
   */
  #published(object: SuiObject): SuiObject {
    const id = bytesToHex(object.id);
    const publishes = (digest: Uint8Array): boolean => {
      for (let count = 0n; count < MOST_IDS; count++)
        if (bytesToHex(freshId(digest, count)) === id) return true;
      return false;
    };
    const publisher = this.#dependencies.find(publishes) ?? this.#dependencies[0];
    return publisher === undefined ? object : { ...object, previousTransaction: publisher };
  }
}
