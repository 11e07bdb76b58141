/** The Sui VM: a transfer of coins, its preview over a node in memory, and mainnet's recorded transactions. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSuiCache, previewTransaction } from '../../src/chains/sui';
import { fullAddress } from '../../src/chains/sui/address';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import {
  encodeTransaction,
  executeTransaction,
  MissingObjectsError,
  SuiCache,
  type TransactionData,
} from '../../src/vm-preview/move/sui';
import { fakeNode } from '../../test/chains/sui/node';
import { RecordedState } from '../../test/conformance/sui-checkpoint/recording';
import { environmentOf, readCheckpoint } from '../../test/conformance/sui-checkpoint/run';
import { Program, plainTransaction } from '../../test/conformance/sui-fuzz/program';
import { SENDER, STRANGER, SuiWorld, VERSIONS } from '../../test/conformance/sui-fuzz/world';
import { FIXTURES } from '../../test/support/move-fixtures';
import { median, report, timed } from './report';

const CHECKPOINT = join(FIXTURES, 'sui/checkpoints/20958462.chk');
const COLD_RUNS = 7;
const FIRST_RUNS = 20;
const WARM_UP = 300;
const RUNS = 300;
const ROUNDS = 5;

/** Milliseconds: medians. */
export interface SuiTimes {
  readonly cold: number;
  readonly first: number;
  readonly warm: number;
}

/** From the coin that pays for gas. */
function transfer(world: SuiWorld): TransactionData {
  const program = new Program();
  const amount = program.pure(new BcsWriter().u64(5000n).finish());
  const coin = program.add({ kind: 'splitCoins', coin: { kind: 'gasCoin' }, amounts: [amount] });
  program.add({ kind: 'transferObjects', objects: [coin], address: program.pure(STRANGER) });
  return plainTransaction(program.finish(), SENDER, world.gasCoins.slice(0, 1));
}

export function measureSuiTransfer(world: SuiWorld): SuiTimes {
  const data = transfer(world);
  const run = (cache: SuiCache): void => {
    const { status } = executeTransaction(data, world, world.environment, cache);
    if (status.kind !== 'success') throw new Error(JSON.stringify(status));
  };
  const times = (count: number, cache: () => SuiCache): number =>
    median(Array.from({ length: count }, () => timed(() => run(cache()))));
  const cold = times(COLD_RUNS, () => new SuiCache());
  const kept = new SuiCache();
  run(kept);
  const first = times(FIRST_RUNS, () => kept);
  times(WARM_UP, () => kept);
  return { cold, first, warm: times(RUNS, () => kept) };
}

/** From bytes to all that is shown, a node in memory answering: milliseconds. */
export async function measureSuiPreview(world: SuiWorld): Promise<SuiTimes> {
  const node = fakeNode([...world.packages, ...world.inputs]);
  node.service.protocolVersion = world.protocolVersion;
  const transaction = encodeTransaction(transfer(world));
  const run = async (cache: ReturnType<typeof createSuiCache>): Promise<number> => {
    const start = performance.now();
    const { outcome } = await previewTransaction({
      network: node.network,
      transaction,
      account: fullAddress(SENDER),
      cache,
      fetch: node.fetch,
    });
    if (outcome.status.kind !== 'success') throw new Error(JSON.stringify(outcome.status));
    return performance.now() - start;
  };
  const times = async (
    count: number,
    cache: () => ReturnType<typeof createSuiCache>,
  ): Promise<number> => {
    const all: number[] = [];
    for (let i = 0; i < count; i++) all.push(await run(cache()));
    return median(all);
  };
  const cold = await times(COLD_RUNS, () => createSuiCache());
  const kept = createSuiCache();
  await run(kept);
  const first = await times(FIRST_RUNS, () => kept);
  await times(WARM_UP, () => kept);
  return { cold, first, warm: await times(RUNS, () => kept) };
}

/** Transactions of a checkpoint that are run in a second, all packages decoded and linked before. */
export function measureCheckpoint(file: string): { readonly count: number; readonly rate: number } {
  const checkpoint = readCheckpoint(file);
  const environment = environmentOf(checkpoint);
  const cache = new SuiCache();
  const ready = checkpoint.transactions.flatMap((recorded) => {
    const { data } = recorded.transaction;
    if (data.kind.kind !== 'programmable') return [];
    const state = new RecordedState(recorded, environment.protocolVersion);
    const run = () => executeTransaction(data, state, environment, cache);
    try {
      run();
      return [run];
    } catch (error) {
      if (error instanceof MissingObjectsError) return [];
      throw error;
    }
  });
  const all = (): number =>
    timed(() => {
      for (const run of ready) run();
    });
  all();
  const milliseconds = median(Array.from({ length: ROUNDS }, all));
  return { count: ready.length, rate: (1000 * ready.length) / milliseconds };
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

export async function benchSui(): Promise<void> {
  const world = new SuiWorld(VERSIONS.at(-1) ?? 0);
  const { cold, first, warm } = measureSuiTransfer(world);
  report(
    `Sui coin transfer at version ${world.protocolVersion}, state in memory`,
    `${ms(warm)}, aim 10 ms; its first runs ${ms(first)}; packages not cached ${ms(cold)}`,
  );
  const preview = await measureSuiPreview(world);
  report(
    'Sui coin transfer, whole preview, node in memory',
    `${ms(preview.warm)}; its first runs ${ms(preview.first)}; packages not cached ${ms(preview.cold)}`,
  );
  const label = 'Sui checkpoint 20958462, transactions a second';
  if (!existsSync(CHECKPOINT)) {
    report(label, 'skipped: no fixtures');
    return;
  }
  const { count, rate } = measureCheckpoint(CHECKPOINT);
  report(label, `${rate.toFixed(0)}, of the ${count} that are recorded in full`);
}
