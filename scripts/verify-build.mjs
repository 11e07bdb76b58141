// `npm run verify -- [SHASUM | FOLDER]`: builds the snap of the checked-out commit in a fresh clone and
// compares it with a checksum, or file by file with a package's folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from './ensure-installed.mjs';

/** SHA-256 in base64, as a manifest has it. */
const CHECKSUM = /^[A-Za-z0-9+/]{43}=$/;

const wanted = process.argv[2];
const git = (...args) =>
  execFileSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** What was built, and where it lies. */
function buildFresh(folder) {
  const clone = join(folder, 'lookahead');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone], { stdio: 'inherit' });
  const inClone = (script) =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { ensureInstalled, run } from './scripts/ensure-installed.mjs'; ${script}`,
      ],
      { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  inClone('ensureInstalled();');
  inClone("run('npm', ['run', '--silent', 'build:snap']);");
  return join(clone, 'dist/snap');
}

const checksumOf = (folder) =>
  JSON.parse(readFileSync(join(folder, 'snap.manifest.json'), 'utf8')).source.shasum;

const filesOf = (folder, from = folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path, from) : [relative(from, path)];
  });

/** What is not the same in both, one line each. */
function differences(built, given) {
  const names = [...new Set([...filesOf(built), ...filesOf(given)])].sort();
  return names.flatMap((name) => {
    const [ours, theirs] = [join(built, name), join(given, name)];
    if (!existsSync(theirs)) return [`${name} is missing in ${given}`];
    if (!existsSync(ours)) return [`${name} is in ${given} only`];
    return readFileSync(ours).equals(readFileSync(theirs)) ? [] : [`${name} differs`];
  });
}

/** What the build is compared with. */
function compare(built) {
  if (wanted === undefined) return [];
  if (CHECKSUM.test(wanted)) {
    const shasum = checksumOf(built);
    return shasum === wanted ? [] : [`the checksum is ${shasum}, not ${wanted}`];
  }
  return differences(built, wanted);
}

if (
  wanted !== undefined &&
  !CHECKSUM.test(wanted) &&
  !(existsSync(wanted) && statSync(wanted).isDirectory())
) {
  console.error(`${wanted} is neither a checksum (SHA-256 in base64) nor a package's folder.`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'lookahead-verify-'));
try {
  const built = buildFresh(folder);
  console.log(`commit   ${git('rev-parse', 'HEAD')}`);
  console.log(`checksum ${checksumOf(built)}`);
  if (git('status', '--porcelain') !== '') {
    console.log('Changes that are not committed are not part of this build.');
  }
  const found = compare(built);
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
  else if (wanted !== undefined) console.log('The same, byte for byte.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
