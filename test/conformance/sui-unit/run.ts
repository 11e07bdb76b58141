/**
 * The unit tests of Sui's framework: `npm run conformance -- sui-unit DIR [--only TEXT]`.
 *
 * DIR is a checkout of Sui. The standard library and the framework are compiled here with their tests, and each
 * test is run by our VM with our natives: it must end as its attributes say. A test that plays several transactions,
 * by natives which are there for tests alone, is counted as left out.
 */
import { join } from 'node:path';
import { CannotPreview } from '../../../src/vm-preview/errors';
import { decodeModule, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../src/vm-preview/move/core/gas/gas';
import { moduleId } from '../../../src/vm-preview/move/core/loader';
import { Interpreter, MoveError } from '../../../src/vm-preview/move/core/runtime';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { ConformanceResult } from '../main';
import { newestNatives } from '../shared/newest-protocol';
import { checkoutArguments } from '../shared/options';
import { selfIdOf } from '../shared/self-id';
import { CompileError, compile } from '../sui-transactional/compile';
import { SYSTEM_NAMES } from '../sui-transactional/framework';
import { type Expectation, testSources, type UnitTest } from './sources';
import { testNatives } from './test-natives';

const PACKAGES = 'crates/sui-framework/packages';
const TESTED = ['move-stdlib', 'sui-framework'];
const EDITION = '2024.beta';
const MAX_INSTRUCTIONS = 50_000_000;

export async function runSuiUnit(args: readonly string[]): Promise<ConformanceResult> {
  const { directory, only } = checkoutArguments(args);
  const tested = TESTED.map((name) =>
    testSources(join(directory, PACKAGES, name), `sources/${name}`, SYSTEM_NAMES),
  );
  const sources = Object.fromEntries(tested.flatMap(({ sources }) => Object.entries(sources)));
  const { modules, dropped } = await compiled(sources);
  for (const path of dropped) console.log(`does not compile without what tests may do: ${path}`);
  const tests = tested.flatMap(({ tests }) => tests).filter(({ path }) => !dropped.has(path));
  const run = runner(modules);
  const failures: string[] = [];
  const leftOut = new Map<string, number>();
  let passed = 0;
  for (const test of tests) {
    const name = `${test.module}::${test.name}`.replace(/0x0+/, '0x');
    if (only !== undefined && !name.includes(only)) continue;
    const { ending, lacks } = run(test);
    if (lacks !== undefined) leftOut.set(lacks, (leftOut.get(lacks) ?? 0) + 1);
    else if (isAs(test.expects, ending)) passed++;
    else if (EXPLAINED.has(name)) console.log(`explained: ${name}: ${EXPLAINED.get(name)}`);
    else
      failures.push(`${name}: ${said(ending)}, expected ${JSON.stringify(test.expects, digits)}`);
  }
  for (const [why, count] of leftOut) console.log(`left out: ${count} tests, ${why}`);
  return { passed, failures };
}

/** Files of tests may make witnesses, and call what is internal, which no chain lets them: those are left out. */
async function compiled(sources: Readonly<Record<string, string>>): Promise<{
  readonly modules: readonly Uint8Array[];
  readonly dropped: ReadonlySet<string>;
}> {
  const dropped = new Set<string>();
  for (;;) {
    const left = Object.entries(sources).filter(([path]) => !dropped.has(path));
    try {
      const root = { sources: Object.fromEntries(left), edition: EDITION };
      const modules = await compile({ root, dependencies: {}, addresses: SYSTEM_NAMES });
      return { modules, dropped };
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      const known = dropped.size;
      for (const [, path = ''] of error.message.matchAll(ERROR_IN)) {
        if (path.includes('/tests/')) dropped.add(path);
      }
      if (dropped.size === known) throw error;
    }
  }
}

/** `error[E04001]: …` and the file on the next line. */
const ERROR_IN = /^error\[[^\n]*\n[^\n]*?─ (\S+?):\d+:\d+/gm;

/** What the transaction is before a test says otherwise. */
const FIRST_CONTEXT = {
  sender: Address.parse('0x0'),
  digest: new Uint8Array(32),
  epoch: 0n,
  epochTimestampMs: 0n,
  referenceGasPrice: 0n,
  gasPrice: 0n,
  gasBudget: 0n,
};

/** Tests that end otherwise, each with the reason. */
const EXPLAINED: ReadonlyMap<string, string> = new Map([
  [
    '0x1::vector_tests::size_limit_fail',
    'its runner has less gas than it takes to make a vector as long as the protocol allows',
  ],
]);

interface Ran {
  /** The error that it ended in; undefined where it ended well. */
  readonly ending: MoveError | undefined;
  /** What the VM does not do, where the test needs that. */
  readonly lacks?: string;
}

/** Each test in a session of its own, by the rules of the newest protocol. */
function runner(modules: readonly Uint8Array[]): (test: UnitTest) => Ran {
  const byId = new Map(
    modules.map((bytes) => {
      const module = decodeModule(bytes, SUI_FORMAT);
      return [selfIdOf(module).key, module] as const;
    }),
  );
  const source = { module: ({ key }: { readonly key: string }) => byId.get(key) ?? null };
  return ({ module, name }) => {
    const { context, loader, natives } = newestNatives(source, FIRST_CONTEXT);
    const machine = new Interpreter({
      loader,
      natives: new Map([...natives, ...testNatives(context)]),
      gas: freeGas(),
      maxInstructions: MAX_INSTRUCTIONS,
    });
    const [address = '', ...rest] = module.split('::');
    try {
      const declared = loader.function(moduleId(Address.parse(address), rest.join('::')), name);
      machine.run(declared.instance([]), []);
      return { ending: undefined };
    } catch (error) {
      if (error instanceof MoveError) return { ending: error };
      if (error instanceof CannotPreview) return { ending: undefined, lacks: error.message };
      throw error;
    }
  };
}

function isAs(expects: Expectation, ending: MoveError | undefined): boolean {
  switch (expects.kind) {
    case 'success':
      return ending === undefined;
    case 'failure':
      return ending !== undefined;
    case 'abort':
      return (
        ending?.status === 'ABORTED' &&
        (expects.code === undefined || ending.subStatus === expects.code)
      );
    case 'status':
      return (
        ending?.status === expects.status &&
        (expects.minor === undefined || ending.subStatus === expects.minor)
      );
  }
}

const said = (ending: MoveError | undefined): string =>
  ending === undefined ? 'ended well' : `${ending.message} in ${ending.location?.module}`;

const digits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
