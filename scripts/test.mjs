// `npm test`: installs what is missing, builds what the tests load, runs them all.
import { ensureInstalled, run } from './ensure-installed.mjs';

try {
  ensureInstalled();
  run('npm', ['run', '--silent', 'build:wasm']);
  run('npm', ['run', '--silent', 'build:snap']);
  run('npx', ['jest', ...process.argv.slice(2)]);
} catch (error) {
  // The command that failed has said why.
  process.exitCode = error.status ?? 1;
  if (error.status === undefined) throw error;
}
