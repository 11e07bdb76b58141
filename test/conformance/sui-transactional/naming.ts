/** Names that stand for addresses and ids in what the tests print (test_adapter.rs, `stabilize_str`). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { compareFakeIds, type FakeId } from './fake-ids';
import { SYSTEM_NAMES } from './framework';
import type { ObjectId } from './world';

const ZERO = '0'.repeat(64);
/** Objects that go by their own ids. */
const WELL_KNOWN = ['0x1', '0xdee9', '0x2', '0x3', '0x5', '0x6', '0x403', '0x8', '0xc'];

const full = (text: string): string => text.replace(/^0x/, '').padStart(64, '0');

export class Naming {
  /** Hexadecimal addresses of 64 digits by name. */
  readonly addresses = new Map<string, string>();
  readonly #fakes = new Map<ObjectId, FakeId>();
  readonly #ids = new Map<FakeId, ObjectId>();
  #task = 0;
  #count = 0;

  constructor() {
    for (const [name, address] of Object.entries(SYSTEM_NAMES))
      this.addresses.set(name, full(address));
    for (const id of WELL_KNOWN) this.#remember(full(id), `0x${full(id)}`);
  }

  nextTask(): void {
    this.#task++;
    this.#count = 0;
  }

  enumerate(id: ObjectId): FakeId {
    return this.#fakes.get(id) ?? this.#remember(id, `${this.#task},${this.#count++}`);
  }

  idOf(fake: FakeId): ObjectId | undefined {
    return this.#ids.get(fake);
  }

  fakeOf(id: ObjectId): FakeId | undefined {
    return this.#fakes.get(id);
  }

  /** What no name is given to stands for zero. */
  address(name: string): string {
    return this.addresses.get(name) ?? ZERO;
  }

  addressBytes(name: string): Uint8Array {
    return new Uint8Array(Buffer.from(this.address(name), 'hex'));
  }

  /** As the compiler is told: all, but those that a text names where names differ by case, which it does not see. */
  forCompiler(text: string): Record<string, string> {
    const names = [...this.addresses.keys()];
    const differ = new Set(names.map((name) => name.toLowerCase())).size === names.length;
    const isTold = (name: string): boolean =>
      differ || name in SYSTEM_NAMES || new RegExp(`\\b${name}::|@${name}\\b`).test(text);
    return Object.fromEntries(
      [...this.addresses].flatMap(([name, hex]) => (isTold(name) ? [[name, `0x${hex}`]] : [])),
    );
  }

  sorted(ids: readonly Uint8Array[]): ObjectId[] {
    return ids
      .map(bytesToHex)
      .sort((left, right) => compareFakeIds(this.fakeOf(left), this.fakeOf(right)));
  }

  list(ids: readonly ObjectId[]): string {
    return ids
      .map((id) => {
        const fake = this.fakeOf(id);
        if (fake?.startsWith('0x')) return fake;
        return `object(${fake ?? '_'})`;
      })
      .join(', ');
  }

  /** Replaces what are addresses: with `0x`, or of 64 digits. */
  stabilize(text: string): string {
    return text.replace(/(?:0x)?[0-9a-fA-F]+/g, (found) => this.#stable(found));
  }

  /** As errors are processed: `@name` for accounts, `object(…)` for objects. */
  processError(text: string, accounts: ReadonlyMap<string, string>): string {
    let out = text;
    const replace = (hex: string, by: string): void => {
      out = out.replaceAll(`0x${hex}`, by).replaceAll(hex, by);
    };
    for (const [name, address] of accounts) replace(address, `@${name}`);
    for (const [id, fake] of [...this.#fakes].sort(([left], [right]) => (left < right ? -1 : 1)))
      replace(id, `object(${fake})`);
    return out;
  }

  #stable(found: string): string {
    if (found.startsWith('0x') ? found.length < 3 : found.length !== 64) return found;
    const hex = full(found.toLowerCase());
    const names = [...this.addresses].filter(([, address]) => address === hex);
    const [name] = names.map(([known]) => known).sort();
    if (name !== undefined) return name;
    const fake = this.fakeOf(hex);
    if (fake === undefined) return '_';
    return fake.startsWith('0x') ? fake : `fake(${fake})`;
  }

  #remember(id: ObjectId, fake: FakeId): FakeId {
    this.#fakes.set(id, fake);
    this.#ids.set(fake, id);
    return fake;
  }
}
