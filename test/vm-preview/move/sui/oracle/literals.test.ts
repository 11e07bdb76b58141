/**
 * The natives beside the chain's own VM: what ours give is written into Move unit tests, which the Sui VM in
 * `@zktx.io/sui-move-builder` runs over its own natives.
 */
import { MoveError } from '../../../../../src/vm-preview/move/core/runtime';
import { Address, ByteVector } from '../../../../../src/vm-preview/move/core/values';
import { testSuiNatives } from '../../../../support/sui-native-context';
import { testMove } from '../../../../support/sui-real-vm';
import { address, bytes, type Call, calls, MODULES, nativeOf } from './literals';

/** What our native gives: a literal of Move, or the code that it aborts with. */
function ours({
  native,
  args,
  types = [],
}: Call): { readonly text: string } | { readonly abort: bigint } {
  const name = nativeOf(native);
  try {
    const [result] = testSuiNatives().call(
      name,
      args.map(({ value }) => value),
      types,
    );
    if (result instanceof ByteVector) return bytes(result.bytes);
    if (result instanceof Address) return address(result);
    if (typeof result === 'object' || result === undefined) throw new Error('another result');
    return { text: String(result) };
  } catch (error) {
    if (error instanceof MoveError && error.subStatus !== undefined)
      return { abort: error.subStatus };
    throw error;
  }
}

function testOf(one: Call, index: number): string {
  const result = ours(one);
  const name = one.native.slice(one.native.lastIndexOf('::') + 2);
  const expression = `${name}(${one.args.map(({ text }) => text).join(', ')})`;
  if ('text' in result)
    return `#[test] fun t${index}() { assert!(${expression} == ${result.text}) }`;
  const location = one.native.slice(0, one.native.lastIndexOf('::'));
  return `#[test, expected_failure(abort_code = ${result.abort}, location = ${location})] fun t${index}() { ${expression}; }`;
}

it('gives what the chain’s VM gives', () => {
  const files: Record<string, string> = {
    'Move.toml':
      '[package]\nname = "natives"\nedition = "2024"\nimplicit-dependencies = false\n[addresses]\nstd = "0x1"\nsui = "0x2"\n',
    'sources/unit_test.move': '#[test_only] module std::unit_test; public native fun poison();',
  };
  for (const [module, declarations] of Object.entries(MODULES)) {
    const tests = calls.flatMap((one, index) =>
      one.native.startsWith(`${module}::`) ? [testOf(one, index)] : [],
    );
    files[`sources/${module.replace('::', '_')}.move`] = [
      `module ${module};`,
      declarations,
      ...tests,
    ].join('\n');
  }
  const failed = [...testMove(files)].flatMap(([name, words]) =>
    words === undefined
      ? []
      : [`${calls[Number(name.slice(name.indexOf('::t') + 3))]?.native} ${name}: ${words}`],
  );
  expect(failed).toEqual([]);
  expect(calls.length).toBeGreaterThan(200);
  expect(testMove(files).size).toBe(calls.length);
}, 120_000);
