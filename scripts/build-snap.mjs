// Stages the snap as a complete package in dist/snap, so that no tracked file changes with a build:
// the tools rewrite the manifest's checksum, and its format requires the registry's address.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stage = join(root, 'dist/snap');
const require = createRequire(import.meta.url);

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

/** The only registry that the manifest's format admits. */
const REGISTRY = `https://${['registry', 'npmjs', 'org'].join('.')}`;

function stageFiles() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, 'images'), { recursive: true });
  cpSync(join(root, 'images/icon.svg'), join(stage, 'images/icon.svg'));
  cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));

  const { name, version, description, license, repository } = readJson(join(root, 'package.json'));
  writeJson(join(stage, 'package.json'), {
    name,
    version,
    description,
    license,
    ...(repository === undefined ? {} : { repository }),
    files: ['dist/bundle.js', 'images/icon.svg', 'snap.manifest.json'],
    publishConfig: { access: 'public' },
  });

  const manifest = readJson(join(root, 'snap.manifest.json'));
  const sdk = readJson(require.resolve('@metamask/snaps-sdk/package.json'));
  const { npm } = manifest.source.location;
  writeJson(join(stage, 'snap.manifest.json'), {
    ...manifest,
    version,
    source: {
      // The tools put the real one here once the bundle is there.
      shasum: `${'A'.repeat(43)}=`,
      location: { npm: { ...npm, packageName: name, registry: REGISTRY } },
    },
    platformVersion: sdk.version,
  });
}

const interpreter = join(root, 'src/vm-preview/svm/interpreter');
const hasInterpreter = existsSync(join(interpreter, 'assembly'));
if (hasInterpreter) run('npm', ['run', '--silent', 'build:wasm']);
stageFiles();
run(process.execPath, [join(root, 'node_modules/@metamask/snaps-cli/dist/main.cjs'), 'build']);
