/** Modules out of recorded chain data: genesis transactions of Aptos, framework packages of Sui. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Flavour } from '../../src/vm-preview/move/core/format';

export interface RecordedModule {
  readonly flavour: Flavour;
  /** Where it was, for messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const FIXTURES = process.env.LOOKAHEAD_FIXTURES ?? '../shared/fixtures';

export interface ModuleSource {
  readonly name: string;
  readonly load: () => RecordedModule[];
}

/** One source per genesis blob and Sui package that is at hand. */
export function moduleSources(fixtures: string = FIXTURES): ModuleSource[] {
  const filesBelow = (folder: string): string[] => {
    const path = join(fixtures, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  };
  const genesis = filesBelow('aptos/genesis')
    .filter((path) => path.endsWith('.blob'))
    .map((path) => ({ name: `aptos ${basename(path)}`, load: () => genesisModules(path) }));
  const framework = filesBelow('sui/framework')
    .filter((path) => !path.endsWith('.json'))
    .map((path) => ({
      name: `sui ${path.slice(join(fixtures, 'sui/').length)}`,
      load: () => packageModules(path),
    }));
  const packages = filesBelow('sui/packages')
    .filter((path) => path.endsWith('.mv'))
    .map((path) => ({
      name: `sui ${path.slice(join(fixtures, 'sui/').length)}`,
      load: (): RecordedModule[] => [
        { flavour: 'sui', name: basename(path), bytes: new Uint8Array(readFileSync(path)) },
      ],
    }));
  return [...genesis, ...framework, ...packages];
}

/** Reads as much BCS as the recordings need. */
class Bcs {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new Error('the recording is cut off');
    return value;
  }

  expect(...values: readonly number[]): void {
    for (const value of values)
      if (this.byte() !== value) throw new Error(`not the recording expected at ${this.position}`);
  }

  length(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  take(length: number): Uint8Array {
    const taken = this.bytes.slice(this.position, this.position + length);
    if (taken.length !== length) throw new Error('the recording is cut off');
    this.position += length;
    return taken;
  }

  blob(): Uint8Array {
    return this.take(this.length());
  }
}

const MODIFICATION = 1;
const ACCESS_PATH = 0;
const CODE_PATH = 0;

/** Genesis transaction → direct write set → V0 → map of state key to write operation. */
function genesisModules(path: string): RecordedModule[] {
  const bcs = new Bcs(new Uint8Array(readFileSync(path)));
  bcs.expect(1, 0, 0);
  const modules: RecordedModule[] = [];
  for (let left = bcs.length(); left > 0; left--) {
    const key = bcs.byte();
    // A path and a table item are an address (or handle) and bytes; a raw key is bytes.
    if (key < 2) bcs.take(32);
    const at = bcs.blob();
    if (bcs.byte() > MODIFICATION) throw new Error(`${path} deletes or has metadata`);
    const bytes = bcs.blob();
    if (key !== ACCESS_PATH || at[0] !== CODE_PATH) continue;
    const name = new TextDecoder().decode(at.slice(34));
    modules.push({ flavour: 'aptos', name: `${basename(path)} ${name}`, bytes });
  }
  return modules;
}

/** Package id, then the modules; the ids of dependencies follow. */
function packageModules(path: string): RecordedModule[] {
  const bcs = new Bcs(new Uint8Array(readFileSync(path)));
  bcs.take(32);
  return Array.from({ length: bcs.length() }, (_, i) => ({
    flavour: 'sui' as const,
    name: `${basename(path)} ${i}`,
    bytes: bcs.blob(),
  }));
}

/** Modules and scripts that stand as whole strings in recorded Aptos transactions, base64 or hex. */
export function transactionBinaries(fixtures: string = FIXTURES): RecordedModule[] {
  return ['aptos/transactions', 'aptos/replay'].flatMap((folder) => {
    const path = join(fixtures, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path).flatMap((file) => {
      const text = readFileSync(join(path, file), 'utf8');
      const found = [
        ...[...text.matchAll(/"(oRzrC[A-Za-z0-9+/=]+)"/g)].map(
          ([, t = '']) => [t, 'base64'] as const,
        ),
        ...[...text.matchAll(/"(?:0x)?(a11ceb0b[0-9a-f]+)"/g)].map(
          ([, t = '']) => [t, 'hex'] as const,
        ),
      ];
      return found.map(([encoded, form], i) => ({
        flavour: 'aptos' as const,
        name: `${file} ${i}`,
        bytes: new Uint8Array(Buffer.from(encoded, form)),
      }));
    });
  });
}
