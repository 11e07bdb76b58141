// Runs before anything is installed, so it may use Node alone.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Installs the locked dependencies when one is missing or of another version than the lock file says. */
export function ensureInstalled() {
  if (isInstalled()) return;
  // Not `npm ci`: it refuses a lock file that lacks litesvm's builds for platforms that the registry
  // has no matching version of. This installs what is locked as well, and leaves the lock file as it is.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
}

/** Runs a command in the project's root, its output shown; throws when it fails. */
export function run(command, args, env = {}) {
  execFileSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // npm and npx are scripts on Windows.
    shell: process.platform === 'win32',
  });
}

function isInstalled() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = packages(join(ROOT, 'package-lock.json'));
  const present = packages(installed);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || present[path]?.version === version,
  );
}

function packages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
