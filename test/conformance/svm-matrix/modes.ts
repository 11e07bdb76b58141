/** Sets of features to run the matrix under: mainnet's, and what networks turn on next. */
import { FEATURE_IDS, type FeatureName } from '../../../src/vm-preview/svm';
import { FEATURE_EFFECTS } from '../../../src/vm-preview/svm/features/effects';
import { LAYOUTS, type Mode } from '../../support/feature-modes';

export { MAINNET, type Mode, worldOf } from '../../support/feature-modes';

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

export const MODES: readonly Mode[] = [...LAYOUTS, { name: 'everything', add: selecting() }];
