/** Sets of features to run the matrix under: mainnet's, and what networks turn on next. */
import { FEATURE_IDS, type FeatureName } from '../../../src/vm-preview/svm';
import { FEATURE_EFFECTS } from '../../../src/vm-preview/svm/features/effects';
import { LitesvmWorld, type WorldOptions } from '../../support/litesvm-world';

export interface Mode {
  readonly name: string;
  /** Active besides mainnet's. */
  readonly add: readonly FeatureName[];
  /** Of mainnet's, those that are not active yet. */
  readonly remove?: readonly FeatureName[];
}

export const MAINNET: Mode = { name: 'mainnet', add: [] };

/**
 * Not turned on with the rest: cells deploy and run programs of sBPF version 0, and under Alpenglow
 * the Vote program is not previewed.
 */
const LEFT_OUT: readonly FeatureName[] = [
  'alpenglow',
  'disable_sbpf_v0_execution',
  'disable_sbpf_v0_v1_v2_deployment',
];

/** Every other gate that the VM reads. */
function selecting(): FeatureName[] {
  return (Object.keys(FEATURE_IDS) as FeatureName[]).filter(
    (name) => FEATURE_EFFECTS[name] === 'selects' && !LEFT_OUT.includes(name),
  );
}

export const MODES: readonly Mode[] = [
  MAINNET,
  { name: 'unrestricted', add: [], remove: ['syscall_parameter_address_restrictions'] },
  { name: 'adjusted-space', add: ['virtual_address_space_adjustments'] },
  {
    name: 'direct-mapping',
    add: ['virtual_address_space_adjustments', 'account_data_direct_mapping'],
  },
  {
    name: 'account-pointers',
    add: [
      'virtual_address_space_adjustments',
      'account_data_direct_mapping',
      'direct_account_pointers_in_program_input',
    ],
  },
  { name: 'everything', add: selecting() },
];

let mainnet: readonly FeatureName[] | undefined;

/** The features that litesvm carries: mainnet's, as recorded. */
function mainnetFeatures(): readonly FeatureName[] {
  if (mainnet === undefined) {
    const { features } = new LitesvmWorld();
    mainnet = (Object.keys(FEATURE_IDS) as FeatureName[]).filter((name) => features.isActive(name));
  }
  return mainnet;
}

export function worldOf({ add, remove = [] }: Mode): WorldOptions | undefined {
  if (add.length === 0 && remove.length === 0) return undefined;
  const active = new Set([...mainnetFeatures(), ...add]);
  for (const name of remove) active.delete(name);
  return { features: [...active] };
}
