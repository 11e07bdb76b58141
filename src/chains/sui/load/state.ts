/** The objects that were loaded, as of one checkpoint. */
import {
  MissingObjectsError,
  type ObjectRequest,
  type SuiObject,
  type SuiState,
  type VersionBound,
} from '../../../vm-preview/move/sui/state';
import { toHex } from '../../hex';

export class LoadedState implements SuiState {
  readonly #found = new Map<string, SuiObject | null>();
  readonly #asked = new Map<string, ObjectRequest>();

  object(request: ObjectRequest): SuiObject | null {
    const object = this.peek(request);
    if (object === undefined) throw new MissingObjectsError([request]);
    this.#asked.set(requestKey(request), request);
    return object;
  }

  /** Undefined for one that was never loaded. */
  peek(request: ObjectRequest): SuiObject | null | undefined {
    return this.#found.get(requestKey(request));
  }

  /** The newest that is known of an object; undefined where none is. */
  latest(id: Uint8Array): SuiObject | undefined {
    return this.#found.get(requestKey({ id, bound: LATEST })) ?? undefined;
  }

  set(request: ObjectRequest, object: SuiObject | null): void {
    this.#found.set(requestKey(request), object);
    if (object === null) return;
    const bound: VersionBound = { kind: 'exact', version: object.version };
    this.#found.set(requestKey({ id: object.id, bound }), object);
  }

  /** What runs have asked for by now. */
  get asked(): readonly ObjectRequest[] {
    return [...this.#asked.values()];
  }

  /** All packages that are loaded. */
  packages(): SuiObject[] {
    const found = new Map<string, SuiObject>();
    for (const object of this.#found.values()) {
      if (object?.data.kind === 'package') found.set(toHex(object.id), object);
    }
    return [...found.values()];
  }
}

export const LATEST: VersionBound = { kind: 'latest' };

export function requestKey({ bound, id }: ObjectRequest): string {
  const hex = toHex(id);
  switch (bound.kind) {
    case 'latest':
      return hex;
    case 'exact':
      return `${hex} ${bound.version}`;
    case 'atMost':
      return `${hex} <=${bound.version}`;
  }
}
