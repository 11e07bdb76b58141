// `node test/conformance/sui-fuzz/move/build.mjs`: compiles the package, and notes of which sources it was made.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  dumpMovePackage,
  initMovePackageBuilder,
  MovePackageFetcher,
} from '@zktx.io/sui-move-builder';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const FRAMEWORK = resolve(FOLDER, '../../../../localnet/sui/framework');

/** Dependencies are those of the local chain. */
class Neighbours extends MovePackageFetcher {
  fetchLocal = async (path) => filesOf(join(FRAMEWORK, path.endsWith('std') ? 'std' : 'sui'));

  async fetch(url) {
    throw new Error(`${url} is not needed`);
  }
}

function filesOf(folder) {
  const sources = readdirSync(join(folder, 'sources')).sort();
  const paths = ['Move.toml', ...sources.map((file) => `sources/${file}`)];
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

await initMovePackageBuilder();
const files = filesOf(FOLDER);
const compiled = await dumpMovePackage({ files, fetcher: new Neighbours(), ansiColor: false });
if ('error' in compiled) throw new Error(compiled.error);
if (compiled.warnings) console.warn(compiled.warnings);
const sources = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [
    path,
    createHash('sha256').update(text).digest('hex'),
  ]),
);
const digest = Buffer.from(compiled.digest).toString('hex');
const text = JSON.stringify({ sources, digest, modules: compiled.modules }, null, 2);
writeFileSync(join(FOLDER, 'bytecode.json'), `${text}\n`);
