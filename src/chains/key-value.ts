/** Where a cache outlives the process, and how it is read back. */
import { is, type Struct } from '@metamask/superstruct';

/** The snap's state, say. May forget whatever it likes. */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Undefined for what is not there, is half-written, or was written by another version. */
export async function readStored<T, S>(
  store: KeyValueStore | undefined,
  key: string,
  shape: Struct<T, S>,
): Promise<T | undefined> {
  const text = await store?.get(key);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // All of it can be fetched again.
    return undefined;
  }
  return is(value, shape) ? value : undefined;
}

export async function writeStored<T>(
  store: KeyValueStore | undefined,
  key: string,
  value: T,
): Promise<void> {
  await store?.set(key, JSON.stringify(value));
}
