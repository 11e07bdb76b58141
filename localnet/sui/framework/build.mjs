// `node localnet/sui/framework/build.mjs`: compiles the packages of this folder, and notes of which sources
// the bytecode was made. Asks nobody.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  dumpMovePackage,
  getPinnedSuiMoveVersion,
  initMovePackageBuilder,
  MovePackageFetcher,
} from '@zktx.io/sui-move-builder';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const PACKAGES = ['std', 'sui', 'demo'];

/** Dependencies are the other packages here, and nothing else. */
class Neighbours extends MovePackageFetcher {
  fetchLocal = async (path) => filesOf(basename(path));

  async fetch(url) {
    throw new Error(`${url} is not needed`);
  }
}

function filesOf(name) {
  const sources = readdirSync(join(FOLDER, name, 'sources')).sort();
  const paths = ['Move.toml', ...sources.map((file) => `sources/${file}`)];
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(FOLDER, name, path), 'utf8')]),
  );
}

await initMovePackageBuilder();
const sources = {};
const packages = {};
const digests = {};
for (const name of PACKAGES) {
  const files = filesOf(name);
  const compiled = await dumpMovePackage({ files, fetcher: new Neighbours(), ansiColor: false });
  if ('error' in compiled) throw new Error(`${name}: ${compiled.error}`);
  if (compiled.warnings) console.warn(compiled.warnings);
  packages[name] = compiled.modules;
  digests[name] = Buffer.from(compiled.digest).toString('hex');
  for (const [path, text] of Object.entries(files)) sources[`${name}/${path}`] = sha256(text);
  console.log(`${name}: ${compiled.modules.length} modules`);
}
const compiler = await getPinnedSuiMoveVersion();
const text = JSON.stringify({ compiler, sources, digests, packages }, null, 2);
writeFileSync(join(FOLDER, 'bytecode.json'), `${text}\n`);

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
