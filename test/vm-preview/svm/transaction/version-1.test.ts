/** Version 1 transactions (SIMD-0385), beside agave's own code. */
import { SystemProgram } from '@solana/web3.js';
import {
  FEATURE_IDS,
  type FeatureName,
  FeatureSet,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { FEATURE_EFFECTS } from '../../../../src/vm-preview/svm/features/effects';
import type {
  Message,
  TransactionConfig,
} from '../../../../src/vm-preview/svm/transaction/message';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { address, message, unsigned, web3Key } from '../../../support/solana-transaction';

const payer = address(7);
const SOL = 1_000_000_000n;
const enough: TransactionConfig = {
  computeUnitLimit: 10_000,
  loadedAccountsDataSizeLimit: 100_000,
};

function world(): LitesvmWorld {
  const made = new LitesvmWorld();
  made.set(payer, { lamports: 10n * SOL });
  return made;
}

function build(on: LitesvmWorld, config: TransactionConfig, transfers = 1): Message {
  const instructions = Array.from({ length: transfers }, (_, index) =>
    SystemProgram.transfer({
      fromPubkey: web3Key(payer),
      toPubkey: web3Key(address(20 + index)),
      lamports: SOL / 10n,
    }),
  );
  return { ...message({ payer, blockhash: on.blockhash, instructions }), version: 1, config };
}

describe('as agave', () => {
  const cases: [string, TransactionConfig, unknown][] = [
    ['enough of everything', enough, undefined],
    ['a priority fee', { ...enough, priorityFee: 123n }, undefined],
    ['a heap', { ...enough, heapSize: 64 * 1024 }, undefined],
    [
      'no compute units',
      { loadedAccountsDataSizeLimit: 100_000 },
      { InstructionError: [0, 'ComputationalBudgetExceeded'] },
    ],
    ['more compute units than allowed', { ...enough, computeUnitLimit: 2 ** 32 - 1 }, undefined],
    [
      'more account data than allowed',
      { ...enough, loadedAccountsDataSizeLimit: 2 ** 32 - 1 },
      undefined,
    ],
  ];
  test.each(cases)('%s', (_name, config, error) => {
    const on = world();
    const { outcome } = on.expectSame(unsigned(build(on, config)));
    expect(outcome.error).toEqual(error);
    expect(outcome.landing).toBe('executed');
    expect(outcome.fee).toEqual({ signature: 5000n, priority: config.priorityFee ?? 0n });
  });

  test('more bytes than a packet holds', () => {
    const on = world();
    const built = build(on, { ...enough, computeUnitLimit: 100_000 });
    const receivers = Array.from({ length: 50 }, (_, index) => address(20 + index));
    const bytes = unsigned({
      ...built,
      staticKeys: [payer, ...receivers, SYSTEM_PROGRAM],
      instructions: receivers.flatMap((_, index) =>
        built.instructions.map(({ data }) => ({
          programIdIndex: 51,
          accounts: Uint8Array.of(0, 1 + index),
          data,
        })),
      ),
    });
    expect(bytes.length).toBeGreaterThan(1232);
    expect(on.expectSame(bytes).outcome.error).toBeUndefined();
  });

  test.each([
    ['a heap that is not a multiple of 1,024', { ...enough, heapSize: 40_000 }],
    ['a heap that is too small', { ...enough, heapSize: 1024 }],
  ])('%s', (_name, config) => {
    const on = world();
    expect(on.expectSame(unsigned(build(on, config)), ['post']).outcome.error).toBe(
      'SanitizeFailure',
    );
  });

  test('more than 64 keys', () => {
    const on = world();
    const built = build(on, enough);
    const more = Array.from({ length: 62 }, (_, index) => address(100 + index));
    const bytes = unsigned({
      ...built,
      staticKeys: [...built.staticKeys.slice(0, 2), ...more, SYSTEM_PROGRAM],
    });
    expect(on.expectSame(bytes, ['post']).outcome.error).toBe('SanitizeFailure');
  });
});

test('without account data allowed it only pays, where litesvm charges nothing', () => {
  const on = world();
  const { outcome } = on.runOurs(unsigned(build(on, { computeUnitLimit: 1000 })));
  expect(outcome).toMatchObject({
    landing: 'fees-only',
    error: 'MaxLoadedAccountsDataSizeExceeded',
    loadedAccountsDataSize: 0,
  });
  expect(outcome.accounts[0]?.after?.lamports).toBe(10n * SOL - 5000n);
});

test('before its feature is active the version is not supported', () => {
  const on = world();
  const active = (Object.keys(FEATURE_IDS) as FeatureName[]).filter(
    (name) => FEATURE_EFFECTS[name] === 'assumed',
  );
  const environment = { ...on.environment(), features: new FeatureSet(active) };
  const { outcome } = on.runOurs(unsigned(build(on, enough)), environment);
  expect(outcome).toMatchObject({ landing: 'refused', error: 'UnsupportedVersion' });
});
