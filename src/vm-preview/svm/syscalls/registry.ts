/**
 * Every syscall that agave 4.3 registers, and when.
 * Source: agave `syscalls/src/lib.rs` (`create_program_runtime_environment`).
 */
import type { FeatureSet } from '../features/feature-set';
import type { FeatureName } from '../features/ids';
import { invokeSignedC, invokeSignedRust } from '../runtime/cpi/invoke-signed';
import type { InvokeContext } from '../runtime/types';
import { symbolHash } from '../sbpf/murmur3';
import type { Syscall } from '../sbpf/types';
import { altBn128Compression, altBn128GroupOp } from './alt-bn128-syscalls';
import { bigModExp } from './big-mod-exp';
import {
  curveDecompress,
  curveGroupOp,
  curveMultiscalarMul,
  curvePairingMap,
  curveValidatePoint,
} from './curve';
import { getEpochStake } from './epoch-stake';
import { blake3Syscall, keccak256Syscall, sha256Syscall, sha512Syscall } from './hash';
import { allocFree } from './heap';
import {
  getProcessedSiblingInstruction,
  getStackHeight,
  remainingComputeUnits,
} from './instructions';
import { log, log64, logComputeUnits, logData, logPubkey } from './logging';
import { memcmp, memcpy, memmove, memset } from './mem-ops';
import { abort, panic } from './panic';
import { poseidonSyscall } from './poseidon';
import { createProgramAddressSyscall, tryFindProgramAddress } from './program-address';
import { getReturnData, setReturnData } from './return-data';
import { secp256k1Recover } from './secp256k1';
import {
  getClockSysvar,
  getEpochRewardsSysvar,
  getEpochScheduleSysvar,
  getFeesSysvar,
  getLastRestartSlot,
  getRentSysvar,
  getSysvar,
} from './sysvar';

/** Charges its units, does its work and returns what r0 becomes. Arguments are r1 to r5, each a u64. */
export type SyscallHandler = (
  invoke: InvokeContext,
  r1: bigint,
  r2: bigint,
  r3: bigint,
  r4: bigint,
  r5: bigint,
) => bigint;

/** When a syscall is there: always, with a feature, or until a feature. */
type Gate = FeatureName | { readonly until: FeatureName } | undefined;

export interface SyscallRow {
  readonly name: string;
  /** By which programs call it: murmur3 of the name. */
  readonly hash: number;
  readonly handler: SyscallHandler;
  readonly gate: Gate;
  /** Programs that import it run, but cannot be deployed any more. */
  readonly isDeployable: boolean;
}

function row(name: string, handler: SyscallHandler, gate?: FeatureName): SyscallRow {
  return { name, hash: symbolHash(name), handler, gate, isDeployable: true };
}

const SYSCALLS: readonly SyscallRow[] = [
  row('abort', abort),
  row('sol_panic_', panic),
  row('sol_log_', log),
  row('sol_log_64_', log64),
  row('sol_log_pubkey', logPubkey),
  row('sol_log_compute_units_', logComputeUnits),
  row('sol_log_data', logData),
  row('sol_create_program_address', createProgramAddressSyscall),
  row('sol_try_find_program_address', tryFindProgramAddress),
  row('sol_sha256', sha256Syscall),
  row('sol_keccak256', keccak256Syscall),
  row('sol_blake3', blake3Syscall, 'blake3_syscall_enabled'),
  row('sol_sha512', sha512Syscall, 'enable_sha512_syscall'),
  row('sol_secp256k1_recover', secp256k1Recover),
  row('sol_curve_validate_point', curveValidatePoint, 'curve25519_syscall_enabled'),
  row('sol_curve_group_op', curveGroupOp, 'curve25519_syscall_enabled'),
  row('sol_curve_multiscalar_mul', curveMultiscalarMul, 'curve25519_syscall_enabled'),
  row('sol_curve_decompress', curveDecompress, 'enable_bls12_381_syscall'),
  row('sol_curve_pairing_map', curvePairingMap, 'enable_bls12_381_syscall'),
  row('sol_get_clock_sysvar', getClockSysvar),
  row('sol_get_epoch_schedule_sysvar', getEpochScheduleSysvar),
  { ...row('sol_get_fees_sysvar', getFeesSysvar), gate: { until: 'disable_fees_sysvar' } },
  row('sol_get_rent_sysvar', getRentSysvar),
  row('sol_get_last_restart_slot', getLastRestartSlot, 'last_restart_slot_sysvar'),
  row('sol_get_epoch_rewards_sysvar', getEpochRewardsSysvar),
  row('sol_get_sysvar', getSysvar, 'get_sysvar_syscall_enabled'),
  row('sol_get_epoch_stake', getEpochStake, 'enable_get_epoch_stake_syscall'),
  row('sol_memcpy_', memcpy),
  row('sol_memmove_', memmove),
  row('sol_memset_', memset),
  row('sol_memcmp_', memcmp),
  row('sol_get_processed_sibling_instruction', getProcessedSiblingInstruction),
  row('sol_get_stack_height', getStackHeight),
  row(
    'sol_remaining_compute_units',
    remainingComputeUnits,
    'remaining_compute_units_syscall_enabled',
  ),
  row('sol_set_return_data', setReturnData),
  row('sol_get_return_data', getReturnData),
  row('sol_invoke_signed_c', invokeSignedC),
  row('sol_invoke_signed_rust', invokeSignedRust),
  { ...row('sol_alloc_free_', allocFree), isDeployable: false },
  row('sol_alt_bn128_group_op', altBn128GroupOp, 'enable_alt_bn128_syscall'),
  row('sol_alt_bn128_compression', altBn128Compression, 'enable_alt_bn128_compression_syscall'),
  row('sol_big_mod_exp', bigModExp, 'enable_big_mod_exp_syscall'),
  row('sol_poseidon', poseidonSyscall, 'enable_poseidon_syscall'),
];

function isOpen(gate: Gate, features: FeatureSet): boolean {
  if (gate === undefined) return true;
  return typeof gate === 'string' ? features.isActive(gate) : !features.isActive(gate.until);
}

/** Each run asks for it. */
const TABLES = new WeakMap<FeatureSet, readonly SyscallRow[]>();

/** The syscalls that programs may call when they run. */
export function syscallTable(features: FeatureSet): readonly SyscallRow[] {
  const known = TABLES.get(features);
  if (known !== undefined) return known;
  const table = SYSCALLS.filter((syscall) => isOpen(syscall.gate, features));
  TABLES.set(features, table);
  return table;
}

/**
 * The syscalls that a program may import when it is deployed.
 * Source: agave `program-runtime/src/deploy.rs` (`morph_into_deployment_environment`).
 */
export function deploymentSyscallTable(features: FeatureSet): readonly SyscallRow[] {
  return syscallTable(features).filter((syscall) => syscall.isDeployable);
}

/** Their hashes, as an Executable is checked against. */
export function syscallHashes(
  features: FeatureSet,
  { deployment }: { readonly deployment: boolean },
): ReadonlySet<number> {
  const table = deployment ? deploymentSyscallTable(features) : syscallTable(features);
  return new Set(table.map(({ hash }) => hash));
}

/** Each run asks for it. */
const HANDLERS = new WeakMap<FeatureSet, ReadonlyMap<number, SyscallHandler>>();

function handlersOf(features: FeatureSet): ReadonlyMap<number, SyscallHandler> {
  const known = HANDLERS.get(features);
  if (known !== undefined) return known;
  const handlers = new Map(syscallTable(features).map(({ hash, handler }) => [hash, handler]));
  HANDLERS.set(features, handlers);
  return handlers;
}

/** The syscalls of one program's run, by hash; each is bound when it is first called. */
export function bindSyscalls(
  invoke: InvokeContext,
  features: FeatureSet,
): Pick<ReadonlyMap<number, Syscall>, 'get'> {
  const handlers = handlersOf(features);
  const bound = new Map<number, Syscall>();
  return {
    get(hash) {
      const known = bound.get(hash);
      if (known !== undefined) return known;
      const handler = handlers.get(hash);
      if (handler === undefined) return undefined;
      const syscall: Syscall = (r1, r2, r3, r4, r5) => handler(invoke, r1, r2, r3, r4, r5);
      bound.set(hash, syscall);
      return syscall;
    },
  };
}
