/**
 * `npx tsx localnet/aptos/framework/build.ts FOLDER`: compiles the sources anew. FOLDER is one in which
 * `npm i @initia/builder.js@0.2.12` was run; the compiler is no dependency of this project.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { APTOS_FORMAT, decodeModule, encode } from '../../../src/vm-preview/move/core/format';
import { metadataOf } from './metadata';

const HERE = import.meta.dirname;

interface Builder {
  build(): Promise<unknown>;
}

type BuilderClass = new (
  path: string,
  options: { readonly bytecodeVersion: number; readonly languageVersion: string },
) => Builder;

async function build(toolFolder: string): Promise<void> {
  const require = createRequire(join(resolve(toolFolder), 'package.json'));
  const { MoveBuilder }: { MoveBuilder: BuilderClass } = require('@initia/builder.js');
  const work = mkdtempSync(join(tmpdir(), 'localnet-framework-'));
  try {
    for (const name of ['Move.toml', 'sources'])
      cpSync(join(HERE, name), join(work, name), { recursive: true });
    await new MoveBuilder(work, { bytecodeVersion: 7, languageVersion: '2.1' }).build();
    keep(join(work, 'build/LocalnetFramework/bytecode_modules'));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Compiled modules, with the metadata that Aptos' own compiler would have given them. */
function keep(compiled: string): void {
  const modules = readdirSync(compiled)
    .filter((file) => file.endsWith('.mv'))
    .sort()
    .map((file): [string, { source: string; code: string }] => {
      const name = basename(file, '.mv');
      const source = readFileSync(join(HERE, 'sources', `${name}.move`), 'utf8');
      const bytes = new Uint8Array(readFileSync(join(compiled, file)));
      const module = decodeModule(bytes, APTOS_FORMAT);
      const { layout: _, ...unit } = module;
      const code = encode({ ...unit, metadata: metadataOf(source) }, APTOS_FORMAT);
      const hash = createHash('sha256').update(source).digest('hex');
      return [name, { source: hash, code: Buffer.from(code).toString('base64') }];
    });
  writeFileSync(
    join(HERE, 'bytecode.json'),
    `${JSON.stringify(Object.fromEntries(modules), null, 2)}\n`,
  );
  console.log(`${modules.length} modules`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('say in which folder @initia/builder.js is installed');
await build(folder);
