// Builds the page's side of the wallet, dist/provider: ES modules with types, one entry for each chain, and
// one file for pages without a build. Where the snap is staged, the package gets it too.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = process.argv[2] ?? join(root, 'dist/provider');
const stage = join(root, 'dist/snap');
const source = join(root, 'site/provider');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const {
  devDependencies,
  dependencies,
  exports: entries,
  version,
} = readJson(join(root, 'package.json'));

/** What types name, and what only a dapp of the chain has loaded. */
const NEEDED = [
  '@wallet-standard/base',
  '@wallet-standard/features',
  '@solana/wallet-standard-features',
];
const OPTIONAL = {
  '@aptos-labs/ts-sdk': '>=5',
  '@aptos-labs/wallet-standard': '>=0.5',
  '@mysten/sui': '>=2',
  '@mysten/wallet-standard': '>=0.20',
};

async function buildModules() {
  const common = {
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  };
  await build({
    ...common,
    entryPoints: {
      index: join(source, 'index.ts'),
      solana: join(source, 'solana/index.ts'),
      aptos: join(source, 'aptos/index.ts'),
      sui: join(source, 'sui/index.ts'),
    },
    outdir: out,
    external: ['@aptos-labs/*', '@mysten/*'],
  });
  await build({
    ...common,
    entryPoints: { lookahead: join(source, 'script.ts') },
    outdir: join(out, 'script'),
    platform: 'browser',
    minify: true,
    legalComments: 'linked',
  });
  writeJson(join(out, 'package.json'), {
    type: 'module',
    version,
    sideEffects: ['./script/*'],
  });
}

function buildTypes() {
  const types = join(out, 'types');
  const config = join(out, 'tsconfig.json');
  writeJson(config, {
    extends: join(root, 'site/tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: types,
      typeRoots: [join(root, 'node_modules/@types')],
      types: [],
    },
    include: [],
    files: ['index', 'solana/index', 'aptos/index', 'sui/index'].map((name) =>
      join(source, `${name}.ts`),
    ),
  });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', config], { cwd: root, stdio: 'inherit' });
  rmSync(config);
  for (const file of filesBelow(types)) withExtensions(file);
}

/** Node's resolution wants whole file names. */
function withExtensions(file) {
  const text = readFileSync(file, 'utf8').replace(
    /(from\s+|import\(|import\s+)(['"])(\.[^'"]+)\2/g,
    (_, before, quote, path) => {
      const target = join(dirname(file), path);
      const name = existsSync(`${target}.d.ts`) ? `${path}.js` : `${path}/index.js`;
      return `${before}${quote}${name}${quote}`;
    },
  );
  writeFileSync(file, text);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** The published package is the snap's; pages import from it by the same names as here. */
function stagePackage() {
  const path = join(stage, 'package.json');
  if (out !== join(root, 'dist/provider') || !existsSync(path)) return;
  cpSync(out, join(stage, 'provider'), { recursive: true });
  const staged = readJson(path);
  writeJson(path, {
    ...staged,
    files: [...new Set([...staged.files, 'provider'])],
    exports: JSON.parse(JSON.stringify(entries).replaceAll('./dist/provider/', './provider/')),
    dependencies: Object.fromEntries(
      NEEDED.map((name) => [name, `^${{ ...dependencies, ...devDependencies }[name]}`]),
    ),
    peerDependencies: OPTIONAL,
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(OPTIONAL).map((name) => [name, { optional: true }]),
    ),
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await buildModules();
buildTypes();
stagePackage();
