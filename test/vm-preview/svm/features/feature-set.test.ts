import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPreview } from '../../../../src/vm-preview/errors';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { FEATURE_EFFECTS } from '../../../../src/vm-preview/svm/features/effects';
import {
  FeatureSet,
  featureActivationSlot,
} from '../../../../src/vm-preview/svm/features/feature-set';
import {
  FEATURE_IDS,
  type FeatureName,
  FORMER_FEATURE_IDS,
} from '../../../../src/vm-preview/svm/features/ids';
import { FEATURE_PROGRAM, SYSTEM_PROGRAM } from '../../../../src/vm-preview/svm/programs/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';

const fixture = join(
  process.env.LOOKAHEAD_FIXTURES ?? '../shared/fixtures',
  'svm/mainnet-features.json',
);
const names = Object.keys(FEATURE_IDS) as FeatureName[];

function feature(data: number[], owner = FEATURE_PROGRAM): Account {
  return { lamports: 1n, data: Uint8Array.from(data), owner, executable: false, rentEpoch: 0n };
}

const ACTIVE = feature([1, 7, 0, 0, 0, 0, 0, 0, 0]);
const minimal = names.filter((name) => FEATURE_EFFECTS[name] === 'assumed');
const entries = (list: readonly FeatureName[]) =>
  list.map((name) => [Pubkey.fromBase58(FEATURE_IDS[name]), ACTIVE] as const);

test('no two features share an address', () => {
  expect(new Set(Object.values(FEATURE_IDS)).size).toBe(names.length);
});

test('a feature account holds an optional activation slot', () => {
  expect(featureActivationSlot(ACTIVE)).toBe(7n);
  expect(featureActivationSlot(feature([0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
  expect(featureActivationSlot(feature([1, 7]))).toBeUndefined();
  expect(featureActivationSlot(feature([...ACTIVE.data], SYSTEM_PROGRAM))).toBeUndefined();
});

test('pending features are not active', () => {
  const pending = feature([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const id = Pubkey.fromBase58(FEATURE_IDS.enable_tx_v1);
  expect(
    FeatureSet.fromAccounts([...entries(minimal), [id, pending]]).isActive('enable_tx_v1'),
  ).toBe(false);
  expect(
    FeatureSet.fromAccounts([...entries(minimal), [id, ACTIVE]]).isActive('enable_tx_v1'),
  ).toBe(true);
});

test.each([
  [
    'feature-unknown',
    [...entries(minimal), [SYSTEM_PROGRAM, ACTIVE] as const],
    String(SYSTEM_PROGRAM),
  ],
  [
    'feature-unsupported',
    entries([...minimal, 'enable_big_mod_exp_syscall']),
    FEATURE_IDS.enable_big_mod_exp_syscall,
  ],
  ['feature-missing', entries(minimal).slice(1), FEATURE_IDS[minimal[0] ?? 'enable_tx_v1']],
])('%s: the network is refused by the address of the feature', (code, accounts, address) => {
  let thrown: unknown;
  try {
    FeatureSet.fromAccounts(accounts);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(CannotPreview);
  expect(thrown).toMatchObject({ code, context: { feature: address } });
});

/** What a network with, or without, these is told. */
function refusal(active: readonly (readonly [Pubkey, Account])[]): unknown {
  try {
    FeatureSet.fromAccounts(active);
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

const unsupported = names.filter((name) => FEATURE_EFFECTS[name] === 'unsupported');

test.each(unsupported)("a network with %s is refused by agave's name for it", (name) => {
  const thrown = refusal(entries([...minimal, name]));
  expect(thrown).toBeInstanceOf(CannotPreview);
  const message = `cannot preview: the network runs with the feature ${name} (${FEATURE_IDS[name]})`;
  expect(thrown).toMatchObject({ code: 'feature-unsupported', context: { name } });
  expect(thrown).toHaveProperty('message', message);
});

test.each(minimal)("a network without %s is refused by agave's name for it", (name) => {
  const thrown = refusal(entries(minimal.filter((other) => other !== name)));
  const message = `cannot preview: the network runs without the feature ${name} (${FEATURE_IDS[name]})`;
  expect(thrown).toMatchObject({ code: 'feature-missing', context: { name } });
  expect(thrown).toHaveProperty('message', message);
});

test.each(Object.entries(FORMER_FEATURE_IDS))(
  'a network with the gate at its former address %s is refused by its name, %s',
  (address, name) => {
    expect(Object.values(FEATURE_IDS)).not.toContain(address);
    const thrown = refusal([...entries(minimal), [Pubkey.fromBase58(address), ACTIVE]]);
    const message = `cannot preview: the network runs with the feature ${name} (${address})`;
    expect(thrown).toMatchObject({ code: 'feature-unsupported', context: { name } });
    expect(thrown).toHaveProperty('message', message);
  },
);

test("every feature of mainnet's recorded set is known, and the set is accepted", () => {
  if (!existsSync(fixture)) {
    console.info('skipped: no fixtures');
    return;
  }
  const recorded: { active: [string, number, string][]; inactive: [string, string][] } = JSON.parse(
    readFileSync(fixture, 'utf8'),
  );
  const known = new Set<string>(Object.values(FEATURE_IDS));
  for (const [address] of [...recorded.active, ...recorded.inactive])
    expect(known).toContain(address);
  const set = FeatureSet.fromAddresses(
    recorded.active.map(([address]) => Pubkey.fromBase58(address)),
  );
  expect(set.isActive('relax_post_exec_min_balance_check')).toBe(true);
  expect(set.isActive('enable_tx_v1')).toBe(true);
  expect(set.isActive('virtual_address_space_adjustments')).toBe(false);
});

test('the VM reads the gates that select behaviour, and no other', () => {
  const root = join(__dirname, '../../../../src/vm-preview/svm');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('features'))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  const read = names.filter((name) => sources.includes(`'${name}'`));
  const selecting = names.filter((name) => FEATURE_EFFECTS[name] === 'selects');
  expect(read.filter((name) => FEATURE_EFFECTS[name] !== 'unsupported')).toEqual(selecting);
});
