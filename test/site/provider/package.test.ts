/** The page's wallet as a package: what a dapp imports, and how much of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { ROOT } from '../../structure/sources';

jest.setTimeout(120_000);

// Inside the project, so that the packages that types name are found.
const FOLDER = join(ROOT, 'build/provider-package');
const BUILT = join(FOLDER, 'provider');
const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: FOLDER, encoding: 'utf8' });

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  node(join(ROOT, 'scripts/build-provider.mjs'), BUILT);
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

it('has all that package.json promises', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const files = Object.entries(exports)
    .filter(([name]) => name.startsWith('./provider'))
    .flatMap(([, entry]) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
    .map((path) => path.replace('./dist/provider', BUILT));
  expect(files).toHaveLength(8);
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('');
});

it('is a module that Node imports, away from any page', () => {
  const names = node(
    '--input-type=module',
    '--eval',
    `import * as provider from './provider/index.js';
     import { solana } from './provider/solana.js';
     import { sui } from './provider/sui.js';
     import { aptos } from './provider/aptos.js';
     console.log([provider.registerLookahead, solana, sui, aptos].map((each) => typeof each).join());`,
  );
  expect(names.trim()).toBe('function,function,function,function');
});

/** Minified, without the SDKs that come later, in bytes of gzip. */
function bundled(code: string): { text: string; size: number } {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: FOLDER },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
    external: ['@aptos-labs/*', '@mysten/*'],
  });
  const text = outputFiles.map((file) => file.text).join('');
  return { text, size: gzipSync(text).length };
}

it('costs a dapp of one chain little, and nothing for the others', () => {
  const one = bundled(`
    import { registerLookahead } from './provider/index.js';
    import { solana } from './provider/solana.js';
    registerLookahead([solana]);`);
  expect(one.text).toContain('solana:signTransaction');
  expect(one.text).not.toMatch(/aptos:signTransaction|sui:signTransaction/);
  expect(one.size).toBeLessThan(8_000);
  expect(bundled("import './provider/index.js';").text.trim()).toBe('');
});

it('is small as a script, which loads the SDKs when they are needed', () => {
  const script = readFileSync(join(BUILT, 'script/lookahead.js'));
  expect(gzipSync(script).length).toBeLessThan(12_000);
});

it('has types that a strict dapp compiles with, in either way of resolving', () => {
  writeFileSync(
    join(FOLDER, 'dapp.ts'),
    `import { LookaheadSnap, registerLookahead, type Wallet } from './provider/index.js';
     import { aptos } from './provider/aptos.js';
     import { solana } from './provider/solana.js';
     import { sui } from './provider/sui.js';
     registerLookahead([solana, aptos, sui]);
     export async function connect({ provider }: Wallet): Promise<string | undefined> {
       const { accounts } = await new LookaheadSnap(provider).request('wallet_connect', {});
       return accounts[0]?.address;
     }
     // @ts-expect-error a method that is not there
     export const wrong = (snap: LookaheadSnap) => snap.request('wallet_nothing', {});`,
  );
  for (const [name, file] of [
    ['index', 'index'],
    ['solana', 'solana/index'],
    ['aptos', 'aptos/index'],
    ['sui', 'sui/index'],
  ] as const) {
    // As the package's exports say it.
    writeFileSync(
      join(BUILT, `${name}.d.ts`),
      `export * from './types/site/provider/${file}.js';\n`,
    );
  }
  writeFileSync(join(FOLDER, 'package.json'), '{"type":"module"}');
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    const compilerOptions = { module, moduleResolution, types: [], lib: ['ES2022', 'DOM'] };
    const strict = { noEmit: true, strict: true, skipLibCheck: true, target: 'es2022' };
    writeFileSync(
      join(FOLDER, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...strict }, files: ['dapp.ts'] }),
    );
    expect(complaints()).toBe('');
  }
});

function complaints(): string {
  try {
    return node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json');
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}
