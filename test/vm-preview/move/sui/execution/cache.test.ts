/** What is kept of packages from one run to the next. */
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { executeTransaction } from '../../../../../src/vm-preview/move/sui';
import { publishedModules } from '../../../../conformance/sui-fuzz/package';
import { Program, plainTransaction } from '../../../../conformance/sui-fuzz/program';
import { SENDER, SuiWorld } from '../../../../conformance/sui-fuzz/world';

it.each([70, 92])('does not keep what a transaction publishes at version %i', (version) => {
  const world = new SuiWorld(version);
  const { cache, environment, gasCoins } = world;
  const publish = (budget: bigint) => {
    const program = new Program();
    const dependencies = ['0x1', '0x2'].map((id) => Address.parse(id).bytes);
    const cap = program.add({ kind: 'publish', modules: publishedModules(), dependencies });
    program.add({ kind: 'transferObjects', objects: [cap], address: program.pure(SENDER) });
    const data = plainTransaction(program.finish(), SENDER, gasCoins.slice(0, 1));
    const gas = { ...data.gas, budget };
    return executeTransaction({ ...data, gas }, world, environment, cache).status;
  };
  expect(publish(1_000_000_000n)).toEqual({ kind: 'success' });
  const kept = cache.contexts.size;
  expect(publish(1_000_000_001n)).toEqual({ kind: 'success' });
  expect(cache.contexts.size).toBe(kept);
});
