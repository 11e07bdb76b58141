import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FeatureSet } from '../features/feature-set';
import type { SbpfConfig } from '../sbpf/types';
import { syscallTable } from '../syscalls/registry';
import { sbpfConfig } from './sbpf-config';

/** What a program is loaded and verified against. */
export interface ProgramEnvironment {
  readonly config: SbpfConfig;
  /** Hashes of the names that a program may call. */
  readonly syscalls: ReadonlySet<number>;
  /** Differs where a program might load otherwise. */
  readonly fingerprint: string;
}

/** Not registered for deployment: new programs bring an allocator of their own. */
const RETIRED_SYSCALL = 'sol_alloc_free_';

const EXECUTION_ENVIRONMENTS = new WeakMap<FeatureSet, ProgramEnvironment>();

/** Source: agave `syscalls/src/lib.rs` (`create_program_runtime_environment`). */
export function executionEnvironment(features: FeatureSet): ProgramEnvironment {
  const known = EXECUTION_ENVIRONMENTS.get(features);
  if (known !== undefined) return known;
  const config = sbpfConfig(features, { deployment: false });
  const syscalls = new Set(syscallTable(features).map(({ hash }) => hash));
  const text = `${JSON.stringify(config)}${[...syscalls].sort((a, b) => a - b).join()}`;
  // Short, since each run makes a key of the program cache with it.
  const fingerprint = bytesToHex(sha256(utf8ToBytes(text)));
  const environment = { config, syscalls, fingerprint };
  EXECUTION_ENVIRONMENTS.set(features, environment);
  return environment;
}

/** Source: agave `program-runtime/src/deploy.rs` (`morph_into_deployment_environment`). */
export function deploymentEnvironment(
  features: FeatureSet,
  allowOldVersions: boolean,
): Omit<ProgramEnvironment, 'fingerprint'> {
  const rows = syscallTable(features).filter(({ name }) => name !== RETIRED_SYSCALL);
  return {
    config: sbpfConfig(features, { deployment: true, allowOldVersions }),
    syscalls: new Set(rows.map(({ hash }) => hash)),
  };
}
