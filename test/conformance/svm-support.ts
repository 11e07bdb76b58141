/**
 * What the SVM supports, as a page: read out of its registries, so that the page cannot say more than
 * the code does. `npx tsx scripts/support-table.ts` writes it.
 */
import { LiteSvm } from 'litesvm/dist/internal';
import {
  FEATURE_IDS,
  FEATURE_PROGRAM,
  type FeatureName,
  FeatureSet,
  featureActivationSlot,
  Pubkey,
} from '../../src/vm-preview/svm';
import { FEATURE_EFFECTS, type FeatureEffect } from '../../src/vm-preview/svm/features/effects';
import * as programIds from '../../src/vm-preview/svm/programs/ids';
import { builtinProgram, isPrecompile } from '../../src/vm-preview/svm/programs/registry';
import { zkProofProgram } from '../../src/vm-preview/svm/programs/zk-proof';
import { sbpfConfig } from '../../src/vm-preview/svm/runtime/sbpf-config';
import { VERSION_RULES } from '../../src/vm-preview/svm/sbpf/version';
import { type SyscallRow, syscallTable } from '../../src/vm-preview/svm/syscalls/registry';

export const SUPPORT_PAGE = 'docs/svm-support.md';

const NAMES = Object.keys(FEATURE_IDS) as readonly FeatureName[];
const ALL = FeatureSet.all();
const NONE = new FeatureSet([]);

/** By name, the slot at which mainnet activated it, as litesvm's recording has it. */
function activations(): ReadonlyMap<FeatureName, bigint> {
  const slots = new Map<FeatureName, bigint>();
  const names = new Map(NAMES.map((name) => [FEATURE_IDS[name] as string, name]));
  for (const entry of new LiteSvm().getProgramAccounts(FEATURE_PROGRAM.bytes)) {
    const native = entry.account();
    const slot = featureActivationSlot({
      lamports: native.lamports(),
      data: Uint8Array.from(native.data()),
      owner: FEATURE_PROGRAM,
      executable: false,
      rentEpoch: 0n,
    });
    const name = names.get(Pubkey.from(entry.address).toBase58());
    if (name !== undefined && slot !== undefined) slots.set(name, slot);
  }
  return slots;
}

type Slots = ReturnType<typeof activations>;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const code = (text: string): string => `\`${text}\``;

function since(name: FeatureName, slots: Slots): string {
  const slot = slots.get(name);
  return slot === undefined ? 'not on mainnet yet' : `slot ${slot}`;
}

/** Features without which a thing is not there, found by leaving out each in turn. */
function gatesOf(isThere: (features: FeatureSet) => boolean): readonly FeatureName[] {
  if (isThere(NONE) || !isThere(ALL)) return [];
  return NAMES.filter((name) => isThere(new FeatureSet([name])));
}

function versions(): string {
  const rules = Object.entries(VERSION_RULES).map(([version, rule]) => {
    const differs = Object.entries(rule)
      .filter(([key, value]) => VERSION_RULES[0][key as keyof typeof rule] !== value)
      .map(([key]) => code(key));
    const runsIn = (features: FeatureSet, deployment: boolean): boolean => {
      const { minVersion, maxVersion } = sbpfConfig(features, { deployment });
      return Number(version) >= minVersion && Number(version) <= maxVersion;
    };
    const until = (deployment: boolean): string => {
      if (!runsIn(NONE, deployment)) return 'no';
      const ends = NAMES.filter((name) => !runsIn(new FeatureSet([name]), deployment));
      const resumes = NAMES.filter((name) =>
        ends.some((end) => runsIn(new FeatureSet([end, name]), deployment)),
      );
      const again = resumes.length === 0 ? '' : `, and again with ${resumes.map(code).join(', ')}`;
      return ends.length === 0 ? 'yes' : `until ${ends.map(code).join(', ')}${again}`;
    };
    return [`v${version}`, until(false), until(true), differs.join(', ') || 'the first'];
  });
  return table(['sBPF', 'runs', 'can be deployed', 'other than v0 in'], rules);
}

function syscallGate({ gate }: SyscallRow, slots: Slots): readonly [string, string] {
  if (gate === undefined) return ['always', ''];
  if (typeof gate !== 'string') return [`until ${code(gate.until)}`, since(gate.until, slots)];
  return [`with ${code(gate)}`, since(gate, slots)];
}

function syscalls(slots: Slots): string {
  const rows = new Map([...syscallTable(ALL), ...syscallTable(NONE)].map((row) => [row.name, row]));
  const sorted = [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return table(
    ['syscall', 'there', 'mainnet', 'supported'],
    sorted.map((row) => {
      const [gate, when] = syscallGate(row, slots);
      const isRefused = typeof row.gate === 'string' && FEATURE_EFFECTS[row.gate] === 'unsupported';
      const supported = isRefused ? 'no: a network with this feature is refused' : 'yes';
      return [code(row.name), gate, when, row.isDeployable ? supported : 'yes; not deployable'];
    }),
  );
}

function programs(slots: Slots): string {
  const rows = Object.entries(programIds).flatMap(([name, id]): string[][] => {
    const builtin = builtinProgram(id, ALL);
    if (builtin === undefined && !isPrecompile(id, ALL)) return [];
    const gates = gatesOf((features) => builtinProgram(id, features) !== undefined);
    const there = gates.map((gate) => `with ${code(gate)} (${since(gate, slots)})`).join(', ');
    return [
      [
        code(id.toBase58()),
        name.toLowerCase().replaceAll('_', ' '),
        builtin === undefined ? 'precompile' : 'builtin',
        there || 'always',
        builtin === zkProofProgram ? 'no: "cannot preview" when it is called' : 'yes',
      ],
    ];
  });
  return table(['address', 'program', 'kind', 'there', 'supported'], rows);
}

const EFFECTS: Readonly<Record<FeatureEffect, string>> = {
  selects: 'The VM reads these gates and behaves either way.',
  unsupported: 'A network on which one of these is active is refused by its name.',
  assumed: 'A network without one of these is refused: agave has no code for it any more either.',
  none: 'These change no transaction by themselves (consensus, block limits, rewards, and what is read from accounts).',
};

function features(slots: Slots): string {
  return (Object.keys(EFFECTS) as FeatureEffect[])
    .map((effect) => {
      const names = NAMES.filter((name) => FEATURE_EFFECTS[name] === effect);
      const rows = names.map((name) => [code(name), code(FEATURE_IDS[name]), since(name, slots)]);
      return `### ${effect} (${names.length})\n\n${EFFECTS[effect]}\n\n${table(['feature', 'address', 'mainnet'], rows)}`;
    })
    .join('\n\n');
}

/** The whole page. */
export function supportPage(): string {
  const slots = activations();
  return `# What the SVM supports

Generated from the registries by \`npx tsx scripts/support-table.ts\`; a test holds the two together. "Mainnet" is the
slot of activation there as npm \`litesvm\` recorded it (${slots.size} active features). The set of a network is read live, and
a feature that stands nowhere on this page makes the network refused by the feature's address, which is all that the
chain says of it; one that agave lists and this VM lacks, by its name.

## sBPF versions

${versions()}

## Syscalls

\`sol_get_epoch_stake\` needs the epoch's stakes from the caller; without them a program that asks cannot be previewed.

${syscalls(slots)}

## Programs of the validator

Every other program, Token, Token-2022, Associated Token, Memo, Stake, Address Lookup Table and Config among them, runs
as the ELF that the chain has, under loaders v1, v2 and v3.

${programs(slots)}

## Features

${features(slots)}
`;
}
