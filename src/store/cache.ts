import {
  array,
  type Infer,
  integer,
  is,
  literal,
  object,
  size,
  string,
} from '@metamask/superstruct';

/**
 * What can be fetched again: programs by deployment slot, say. It lives in MetaMask's unencrypted state,
 * apart from everything else, since it is public data, large, and of no loss.
 */
const CacheStruct = object({
  version: literal(1),
  entries: array(object({ key: size(string(), 1, 300), value: string(), used: integer() })),
});
type CacheDocument = Infer<typeof CacheStruct>;

/** Characters of all values together; MetaMask takes about 60 ms to write a million. */
export const CACHE_CHARACTERS = 12_000_000;

interface Entry {
  readonly value: string;
  used: number;
}

/** A bounded store of strings; the least recently used give way. */
export class Cache {
  readonly #limit: number;
  #entries: Promise<Map<string, Entry>> | undefined;
  #changed = false;
  #clock = 0;

  constructor(limit: number = CACHE_CHARACTERS) {
    this.#limit = limit;
  }

  async get(key: string): Promise<string | undefined> {
    const entry = (await this.#load()).get(key);
    if (entry === undefined) return undefined;
    this.#clock += 1;
    entry.used = this.#clock;
    return entry.value;
  }

  /** Kept in memory at once, in MetaMask's state at the next `flush`. Too large a value is not kept. */
  async set(key: string, value: string): Promise<void> {
    const entries = await this.#load();
    if (value.length > this.#limit || key.length > 300) return;
    this.#clock += 1;
    entries.set(key, { value, used: this.#clock });
    this.#changed = true;
    evict(entries, this.#limit);
  }

  /** Writes what is new. */
  async flush(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const entries = await this.#load();
    const document: CacheDocument = {
      version: 1,
      entries: [...entries].map(([key, { value, used }]) => ({ key, value, used })),
    };
    await snap.request({
      method: 'snap_manageState',
      params: { operation: 'update', encrypted: false, newState: document },
    });
  }

  #load(): Promise<Map<string, Entry>> {
    this.#entries ??= readEntries().then((entries) => {
      for (const { used } of entries.values()) this.#clock = Math.max(this.#clock, used);
      return entries;
    });
    return this.#entries;
  }
}

/** A cache that cannot be read is an empty one: all of it can be fetched again. */
async function readEntries(): Promise<Map<string, Entry>> {
  const found = await snap.request({
    method: 'snap_manageState',
    params: { operation: 'get', encrypted: false },
  });
  if (!is(found, CacheStruct)) return new Map();
  return new Map(found.entries.map(({ key, value, used }) => [key, { value, used }]));
}

function evict(entries: Map<string, Entry>, limit: number): void {
  let total = 0;
  for (const { value } of entries.values()) total += value.length;
  if (total <= limit) return;
  const oldestFirst = [...entries].sort(([, left], [, right]) => left.used - right.used);
  for (const [key, { value }] of oldestFirst) {
    if (total <= limit) return;
    entries.delete(key);
    total -= value.length;
  }
}
