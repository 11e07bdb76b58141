/** Code as the snap's users run it: in one file, minified, for the browsers that MetaMask supports. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
/** Those of `@metamask/snaps-cli`, which builds the snap. */
const TARGETS = ['chrome113', 'firefox115'];

/**
 * Bundles a file of this folder.
 *
 * @returns the address to import it from
 */
export async function bundled(file: string): Promise<string> {
  const outfile = join(ROOT, 'dist', 'bench', file.replace(/\.ts$/, '.cjs'));
  await build({
    entryPoints: [join(ROOT, 'scripts', 'bench', file)],
    outfile,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: TARGETS,
    // Native code.
    external: ['litesvm', 'litesvm/*', '@zktx.io/sui-move-builder/full'],
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}
