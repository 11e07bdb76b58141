/**
 * From a program's accounts to something that runs, or to why it does not.
 * Source: agave `svm/src/program_loader.rs`, `program-runtime/src/{loaded_programs,deploy}.rs`.
 */
import { CannotPreview } from '../../errors';
import type { Account } from '../account';
import type { FeatureSet } from '../features/feature-set';
import { LOADER_V1, LOADER_V2, LOADER_V3, LOADER_V4 } from '../programs/ids';
import { loaderStateOf, PROGRAM_DATA_HEADER_BYTES } from '../programs/loader/state';
import type { Pubkey } from '../pubkey';
import { ElfError, Executable } from '../sbpf/executable';
import { VerifierError } from '../sbpf/verifier';
import type { StateReader } from '../state';
import { type ProgramCache, programCacheKey } from './program-cache';
import {
  deploymentEnvironment,
  executionEnvironment,
  type ProgramEnvironment,
} from './program-environment';
import { sameBytes } from './same-bytes';

/**
 * `closed`: no program is there any more, or none was ever deployed. `delay-visibility`: it was
 * deployed in this slot and runs from the next. All three end in "Program is not deployed".
 */
export type NotDeployed = 'closed' | 'delay-visibility' | 'failed-verification';

/** `undefined` when no loader owns the account ("Program is not cached"). */
export type LoadedProgram = Executable | NotDeployed | undefined;

export interface LoadOptions {
  readonly features: FeatureSet;
  /** In which the transaction runs. */
  readonly slot: bigint;
  readonly cache: ProgramCache | undefined;
}

/** A program's code and when it was deployed; slot 0 where the loader does not say. */
interface ProgramCode {
  readonly elf: Uint8Array | undefined;
  readonly deploymentSlot: bigint;
}

/** What the cache keeps. The code is kept too: a node may give other code for the same slot. */
class VerifiedProgram {
  constructor(
    /** Equal bytes that were read last: a run on the same state need not compare them. */
    public elf: Uint8Array,
    /** Undefined when it failed verification. */
    readonly executable: Executable | undefined,
  ) {}
}

/**
 * The program as it was before the transaction.
 *
 * @throws MissingStateError when its program data was never loaded
 */
export function loadProgram(
  state: StateReader,
  programId: Pubkey,
  options: LoadOptions,
): LoadedProgram {
  const account = state.get(programId);
  if (account === undefined) return undefined;
  const code = findCode(state, account);
  if (code === undefined || code === 'closed') return code;
  if (code.deploymentSlot === options.slot) return 'delay-visibility';
  if (code.elf === undefined) return 'failed-verification';
  const environment = executionEnvironment(options.features);
  const program = verifiedProgram(programId, code.deploymentSlot, code.elf, environment, options);
  return program.executable ?? 'failed-verification';
}

/** `load_program_accounts` */
function findCode(state: StateReader, account: Account): ProgramCode | 'closed' | undefined {
  if (account.owner.equals(LOADER_V3)) return findUpgradeableCode(state, account);
  if (account.owner.equals(LOADER_V1) || account.owner.equals(LOADER_V2)) {
    return { elf: account.data, deploymentSlot: 0n };
  }
  if (account.owner.equals(LOADER_V4)) {
    throw new CannotPreview('loader-v4', 'a program of the abandoned loader v4');
  }
  return undefined;
}

function findUpgradeableCode(state: StateReader, account: Account): ProgramCode | 'closed' {
  const program = loaderStateOf(account);
  if (program?.kind !== 'Program') return 'closed';
  const dataAccount = state.get(program.programData);
  if (dataAccount === undefined || !dataAccount.owner.equals(LOADER_V3)) return 'closed';
  const programData = loaderStateOf(dataAccount);
  if (programData?.kind !== 'ProgramData') return 'closed';
  const elf =
    dataAccount.data.length < PROGRAM_DATA_HEADER_BYTES
      ? undefined
      : dataAccount.data.subarray(PROGRAM_DATA_HEADER_BYTES);
  return { elf, deploymentSlot: programData.slot };
}

function verifiedProgram(
  programId: Pubkey,
  deploymentSlot: bigint,
  elf: Uint8Array,
  environment: ProgramEnvironment,
  { cache }: LoadOptions,
): VerifiedProgram {
  const key = programCacheKey(programId, deploymentSlot) + environment.fingerprint;
  const known = cache?.get(key);
  if (known instanceof VerifiedProgram && isSameCode(known.elf, elf)) {
    known.elf = elf;
    return known;
  }
  const program = new VerifiedProgram(elf, loadAndVerify(elf, environment));
  cache?.set(key, program);
  return program;
}

function isSameCode(a: Uint8Array, b: Uint8Array): boolean {
  const isSameView =
    a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
  return isSameView || sameBytes(a, b);
}

function loadAndVerify(elf: Uint8Array, environment: ProgramEnvironment): Executable | undefined {
  try {
    const executable = Executable.load(elf, environment.config, environment.syscalls);
    executable.verify();
    return executable;
  } catch (thrown) {
    if (thrown instanceof ElfError || thrown instanceof VerifierError) return undefined;
    throw thrown;
  }
}

/**
 * Checks an ELF as strictly as its deployment does, then that it also loads for execution.
 *
 * @throws ElfError, VerifierError
 */
export function verifyForDeployment(
  elf: Uint8Array,
  features: FeatureSet,
  options: { readonly allowOldVersions?: boolean } = {},
): void {
  const { config, syscalls } = deploymentEnvironment(features, options.allowOldVersions ?? false);
  Executable.load(elf, config, syscalls).verify();
  const execution = executionEnvironment(features);
  Executable.load(elf, execution.config, execution.syscalls);
}
