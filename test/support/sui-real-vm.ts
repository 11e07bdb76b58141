/** Sui's own VM and compiler, as WebAssembly in a process beside this one. What they gave is kept by what they got. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Files = Readonly<Record<string, string>>;

const KEPT = 'node_modules/.cache/sui-real-vm';
const PROGRAM = 'test/support/sui-real-vm.mjs';
const COMPILER = 'node_modules/@zktx.io/sui-move-builder/package.json';
const MAX_OUTPUT = 100_000_000;

function ask(what: 'dump' | 'test', files: Files): string {
  const input = JSON.stringify(files);
  const hash = createHash('sha256').update(what).update(input);
  for (const file of [PROGRAM, COMPILER]) hash.update(readFileSync(file));
  const kept = join(KEPT, `${hash.digest('hex')}.txt`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const output = execFileSync(process.execPath, [PROGRAM, what], {
    input,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(kept, output);
  return output;
}

/** Modules without what is there for tests alone. @throws Error with the compiler's words */
export function compileMove(files: Files): Uint8Array[] {
  const output = ask('dump', files);
  if (!output.startsWith('[')) throw new Error(output);
  const modules: string[] = JSON.parse(output);
  return modules.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
}

/** Undefined for a test that passed; else why it failed, in the VM's words, in one line. */
export type RealOutcomes = ReadonlyMap<string, string | undefined>;

/**
 * Runs all tests of a package.
 *
 * @returns outcomes by `module::test`
 * @throws Error with the compiler's words, or where the VM came to no end
 */
export function testMove(files: Files): RealOutcomes {
  const output = ask('test', files);
  const total = /Total tests: (\d+);/.exec(output)?.[1];
  if (total === undefined) throw new Error(output.slice(0, 5000));
  const outcomes = new Map<string, string | undefined>();
  for (const [, result, name] of output.matchAll(/^\[ (PASS|FAIL|TIMEOUT) +\] \w+::(\S+)/gm))
    if (name !== undefined) outcomes.set(name, result === 'PASS' ? undefined : 'failed');
  for (const [, module, rest] of output.matchAll(
    /^Failures in \w+::(\w+):\n([\s\S]*?)(?=^Failures in|^Test result:)/gm,
  ))
    for (const [, name, text] of (rest ?? '').matchAll(/^┌── (\w+) ─+\n([\s\S]*?)^└─+/gm)) {
      const words = /Test was not expected to error, but it ([^\n]*?) rooted here/.exec(text ?? '');
      outcomes.set(`${module}::${name}`, words?.[1] ?? text ?? '');
    }
  if (outcomes.size !== Number(total))
    throw new Error(`${outcomes.size} of ${total} outcomes read`);
  return outcomes;
}
