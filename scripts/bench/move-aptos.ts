/** The Aptos VM over devnet as it began: a transfer from prologue to epilogue, and its whole framework. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AptosOutcome,
  type AptosRequest,
  executeTransaction,
  ModuleCache,
} from '../../src/vm-preview/move/aptos';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
} from '../../src/vm-preview/move/core/format';
import {
  Loader,
  type ModuleId,
  type MoveFunction,
  moduleId,
} from '../../src/vm-preview/move/core/loader';
import { lower } from '../../src/vm-preview/move/core/loader/lower';
import { Address } from '../../src/vm-preview/move/core/values';
import {
  APTOS_VERIFIER,
  verifyLinkage,
  verifyModule,
} from '../../src/vm-preview/move/core/verifier';
import { genesisState, type MemoryState } from '../../test/support/aptos-genesis';
import { FIXTURES } from '../../test/support/move-fixtures';
import { median, report, timed } from './report';

const CHAIN_ID = 243;
const ENVIRONMENT = { chainId: CHAIN_ID, timestampMicros: 1_000_000n };
/** Devnet's genesis gives it coins. */
const SENDER = Address.parse('0xa550c18');
const RECIPIENT = Address.parse('0xb0b');

const COLD_RUNS = 7;
const FIRST_RUNS = 20;
const WARM_UP = 300;
const RUNS = 300;

function transfer(sequenceNumber: bigint): AptosRequest {
  return {
    raw: {
      sender: SENDER,
      sequenceNumber,
      payload: {
        kind: 'entryFunction',
        call: {
          address: Address.parse('0x1'),
          module: 'aptos_account',
          function: 'transfer',
          typeArguments: [],
          args: [RECIPIENT.bytes, new BcsWriter().u64(5n).finish()],
        },
      },
      maxGasAmount: 200_000n,
      gasUnitPrice: 100n,
      expirationTimestampSecs: 50n,
      chainId: CHAIN_ID,
    },
    secondarySigners: [],
    feePayer: undefined,
  };
}

/** Milliseconds: medians. */
export interface AptosTimes {
  readonly cold: number;
  readonly first: number;
  readonly warm: number;
}

export function measureAptosTransfer(): AptosTimes {
  const state = genesisState('devnet');
  const run = (request: AptosRequest, cache: ModuleCache): AptosOutcome => {
    const outcome = executeTransaction(request, state, ENVIRONMENT, cache);
    if (outcome.status.kind !== 'success') throw new Error(JSON.stringify(outcome.status));
    return outcome;
  };
  // The recipient's store is there, as it is for most.
  state.apply(run(transfer(0n), new ModuleCache()));
  const request = transfer(1n);
  const times = (count: number, cache: () => ModuleCache): number =>
    median(Array.from({ length: count }, () => timed(() => run(request, cache()))));
  const cold = times(COLD_RUNS, () => new ModuleCache());
  const kept = new ModuleCache();
  run(request, kept);
  const first = times(FIRST_RUNS, () => kept);
  times(WARM_UP, () => kept);
  return { cold, first, warm: times(RUNS, () => kept) };
}

interface Coded {
  readonly id: ModuleId;
  readonly bytes: Uint8Array;
}

function frameworkOf(state: MemoryState): readonly Coded[] {
  return state
    .entries()
    .flatMap(([key, { bytes }]) =>
      key.kind === 'module'
        ? [{ id: moduleId(Address.fromBytes(key.address), key.name), bytes }]
        : [],
    );
}

/** Milliseconds: the first time in this process, then the median of more. */
export interface FrameworkTimes {
  readonly modules: number;
  readonly bytes: number;
  readonly decoding: readonly [first: number, median: number];
  readonly linking: readonly [first: number, median: number];
  readonly lowering: readonly [first: number, median: number];
  readonly verifying: readonly [first: number, median: number];
}

const FRAMEWORK_RUNS = 7;

export function measureFramework(): FrameworkTimes {
  const coded = frameworkOf(genesisState('devnet'));
  const several = (work: () => void): readonly [number, number] => {
    const all = Array.from({ length: FRAMEWORK_RUNS }, () => timed(work));
    return [all[0] ?? 0, median(all)];
  };
  const decode = (): ReadonlyMap<string, CompiledModule> =>
    new Map(coded.map(({ id, bytes }) => [id.key, decodeModule(bytes, APTOS_FORMAT)]));
  const decoding = several(decode);
  const modules = decode();
  const source = { module: ({ key }: ModuleId) => modules.get(key) ?? null };
  let linked: readonly MoveFunction[] = [];
  const link = (): void => {
    const loader = new Loader(source);
    linked = coded.flatMap(({ id }) => loader.module(id).functions);
  };
  const linking = several(link);
  // Of all functions; a run lowers those that it calls.
  const lowering = several(() => {
    for (const declared of linked) if (declared.code !== undefined) lower(declared);
  });
  const verifying = several(() => {
    for (const module of modules.values()) {
      verifyModule(module, APTOS_VERIFIER);
      verifyLinkage(module, source);
    }
  });
  const bytes = coded.reduce((sum, module) => sum + module.bytes.length, 0);
  return { modules: coded.length, bytes, decoding, linking, lowering, verifying };
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

/** @param svm - milliseconds of a token transfer in our SVM, warmed up */
export function benchAptos(svm: number): void {
  if (!existsSync(join(FIXTURES, 'aptos/genesis/devnet.blob'))) {
    report('Aptos over the devnet genesis', 'skipped: no fixtures');
    return;
  }
  const framework = measureFramework();
  const { decoding, linking, lowering, verifying } = framework;
  const both = ([first, later]: readonly [number, number]): string =>
    `${ms(first)} at first, then ${ms(later)}`;
  const size = `${framework.modules} modules, ${(framework.bytes / 1024).toFixed(0)} kB`;
  report(`Aptos devnet framework, decoding (${size})`, both(decoding));
  report('Aptos devnet framework, linking', both(linking));
  report('Aptos devnet framework, lowering all code', both(lowering));
  report(
    'Aptos devnet framework, decoding and linking',
    `${ms(decoding[0] + linking[0])} at first, aim 300 ms`,
  );
  report('Aptos devnet framework, verifying', both(verifying));
  const { cold, first, warm } = measureAptosTransfer();
  const ratio = (warm / svm).toFixed(0);
  report(
    'Aptos coin transfer, state in memory',
    `${ms(warm)}, aim 10 ms; its first runs ${ms(first)}; modules not cached ${ms(cold)}; ${ratio} token transfers of our SVM`,
  );
}
