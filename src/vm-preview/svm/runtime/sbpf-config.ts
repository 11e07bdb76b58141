import type { FeatureSet } from '../features/feature-set';
import type { SbpfConfig } from '../sbpf/types';

/**
 * How programs are loaded and run. Source: agave `syscalls/src/lib.rs`
 * (`create_program_runtime_environment`), and for deployment `program-runtime/src/deploy.rs`
 * (`morph_into_deployment_environment`).
 */
export function sbpfConfig(
  features: FeatureSet,
  options: {
    readonly deployment: boolean;
    /** Extending a program accepts versions that are no longer deployed. */
    readonly allowOldVersions?: boolean;
  },
): SbpfConfig {
  const { deployment, allowOldVersions = !deployment } = options;
  const isV0Executable =
    !features.isActive('disable_sbpf_v0_execution') ||
    features.isActive('reenable_sbpf_v0_execution');
  const isOnlyV3Deployable =
    !allowOldVersions && features.isActive('disable_sbpf_v0_v1_v2_deployment');
  const isSpaceAdjusted = features.isActive('virtual_address_space_adjustments');
  return {
    maxCallDepth: 64,
    stackFrameSize: 4096,
    enableStackFrameGaps: !isSpaceAdjusted,
    rejectBrokenElfs: deployment,
    minVersion: isV0Executable && !isOnlyV3Deployable ? 0 : 3,
    maxVersion: 3,
    alignedMemoryMapping: !isSpaceAdjusted,
  };
}
