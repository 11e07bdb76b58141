// Compiles the sBPF interpreter (AssemblyScript) and inlines it as base64, so that the bundle needs no
// file beside it. Does nothing when the output already stems from these sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src/vm-preview/svm/interpreter');
const output = join(folder, 'interpreter.generated.ts');
const version = createRequire(import.meta.url)('assemblyscript/package.json').version;

const options = [
  'interpreter.ts',
  '--baseDir',
  join(folder, 'assembly'),
  '--outFile',
  'interpreter.wasm',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--noAssert',
  '-O3',
  '--converge',
  '--enable',
  'bulk-memory',
];

const sources = [
  fileURLToPath(import.meta.url),
  join(folder, 'operations.ts'),
  join(folder, 'layout.ts'),
  ...readdirSync(join(folder, 'assembly'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, 'assembly', name)),
];
const hash = createHash('sha256').update(version);
for (const source of sources) hash.update(readFileSync(source));
const stamp = `// ${hash.digest('hex')}`;

if (existsSync(output) && readFileSync(output, 'utf8').startsWith(stamp)) process.exit(0);

// Only now: the compiler takes a second to load.
const { default: asc } = await import('assemblyscript/asc');
let binary;
const { error, stderr } = await asc.main(options, {
  writeFile(_name, contents) {
    binary = contents;
  },
});
if (error || !binary) {
  console.error(stderr.toString());
  throw error ?? new Error('asc wrote nothing');
}
writeFileSync(
  output,
  `${stamp}
/** The interpreter as WebAssembly, in base64. Built by scripts/build-wasm.mjs. */
export const INTERPRETER =
  '${Buffer.from(binary).toString('base64')}';
`,
);
console.log(`interpreter: ${binary.length} bytes of WebAssembly`);
