/** Sets of features to compare under, each with another way of laying out a program's input. */
import { FEATURE_IDS, type FeatureName } from '../../src/vm-preview/svm';
import { LitesvmWorld, type WorldOptions } from './litesvm-world';

export interface Mode {
  readonly name: string;
  /** Active besides mainnet's. */
  readonly add: readonly FeatureName[];
  /** Of mainnet's, those that are not active yet. */
  readonly remove?: readonly FeatureName[];
}

export const MAINNET: Mode = { name: 'mainnet', add: [] };

export const LAYOUTS: readonly Mode[] = [
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

/** Undefined for mainnet's own, which a world has unless told. */
export function worldOf({ add, remove = [] }: Mode): WorldOptions | undefined {
  if (add.length === 0 && remove.length === 0) return undefined;
  const active = new Set([...mainnetFeatures(), ...add]);
  for (const name of remove) active.delete(name);
  return { features: [...active] };
}
