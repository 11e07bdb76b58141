import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import type { FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import {
  deploymentSyscallTable,
  syscallHashes,
  syscallTable,
} from '../../../../src/vm-preview/svm/syscalls/registry';
import { ALL_SYSCALLS, type Call, call, DATA, OUT, Probe } from './probe';

const probes = new Map<FeatureName, Probe>();

function without(feature: FeatureName): Probe {
  const known = probes.get(feature) ?? new Probe(ALL_SYSCALLS.filter((name) => name !== feature));
  probes.set(feature, known);
  return known;
}

/** Each syscall with a gate, called as it would succeed. */
const GATED: readonly (readonly [FeatureName, Call])[] = [
  ['blake3_syscall_enabled', call('sol_blake3', 0n, 0n, OUT)],
  ['enable_sha512_syscall', call('sol_sha512', 0n, 0n, OUT)],
  ['curve25519_syscall_enabled', call('sol_curve_validate_point', 0n, DATA)],
  ['curve25519_syscall_enabled', call('sol_curve_group_op', 0n, 0n, OUT, OUT, OUT)],
  ['curve25519_syscall_enabled', call('sol_curve_multiscalar_mul', 0n, 0n, 0n, 0n, OUT)],
  ['enable_bls12_381_syscall', call('sol_curve_decompress', 5n, OUT, OUT)],
  ['enable_bls12_381_syscall', call('sol_curve_pairing_map', 4n, 0n, 0n, 0n, OUT)],
  ['last_restart_slot_sysvar', call('sol_get_last_restart_slot', OUT)],
  ['get_sysvar_syscall_enabled', call('sol_get_sysvar', OUT, OUT, 0n, 0n)],
  ['enable_get_epoch_stake_syscall', call('sol_get_epoch_stake', 5n << 32n)],
  ['remaining_compute_units_syscall_enabled', call('sol_remaining_compute_units')],
  ['enable_alt_bn128_syscall', call('sol_alt_bn128_group_op', 0n, 0n, 0n, OUT)],
  ['enable_alt_bn128_compression_syscall', call('sol_alt_bn128_compression', 0n, 0n, 0n, OUT)],
  ['enable_big_mod_exp_syscall', call('sol_big_mod_exp', 0n, 0n)],
  ['enable_poseidon_syscall', call('sol_poseidon', 0n, 0n, 0n, 0n, OUT)],
];

describe('a syscall with a gate', () => {
  const all = new Probe(ALL_SYSCALLS);

  test.each(GATED)('%s', (feature, syscall) => {
    const script = { calls: [syscall], data: new Uint8Array(32) };
    const closed = without(feature);
    for (const version of ['v0', 'v3'] as const) {
      const open = all.runNative(script, version);
      expect(all.runMachine(script, version)).toEqual(open);
      const refused = closed.runNative(script, version);
      expect(closed.runMachine(script, version)).toEqual(refused);
      // The program is there with the gate open, and is none without.
      expect(refused).not.toEqual(open);
      expect(refused.returned).toBeUndefined();
    }
  });

  test('that closes', () => {
    const script = { calls: [call('sol_get_fees_sysvar', OUT)] };
    expect(all.runMachine(script)).toEqual(all.runNative(script));
    const open = new FeatureSet(ALL_SYSCALLS.filter((name) => name !== 'disable_fees_sysvar'));
    const names = syscallTable(open).map(({ name }) => name);
    expect(names).toContain('sol_get_fees_sysvar');
  });
});

describe('gates inside of syscalls', () => {
  const GROUP = 'sol_alt_bn128_group_op';
  test.each<[FeatureName, string, Call[]]>([
    [
      'alt_bn128_little_endian',
      'InvalidAttribute',
      [0x80n, 0x82n, 0x83n].map((operation) => call(GROUP, operation, 0n, 0n, OUT)),
    ],
    [
      'alt_bn128_little_endian',
      'InvalidAttribute',
      [0x80n, 0x81n, 0x82n, 0x83n].map((operation) =>
        call('sol_alt_bn128_compression', operation, 0n, 0n, OUT),
      ),
    ],
    [
      'enable_alt_bn128_g2_syscalls',
      'InvalidAttribute',
      [4n, 6n, 0x84n, 0x86n].map((operation) => call(GROUP, operation, 0n, 0n, OUT)),
    ],
    [
      'enable_bls12_381_syscall',
      'InvalidAttribute',
      [5n, 6n, 0x85n, 0x86n].flatMap((curve) => [
        call('sol_curve_validate_point', curve, OUT),
        call('sol_curve_group_op', curve, 0n, OUT, OUT, OUT),
      ]),
    ],
  ])('%s: %s', (feature, failure, calls) => {
    const closed = without(feature);
    for (const one of calls) {
      const theirs = closed.runNative({ calls: [one] });
      expect(theirs.failure).toBe(failure);
      expect(closed.runMachine({ calls: [one] })).toEqual(theirs);
    }
  });

  test('little-endian G2 operations have the gate of G2 alone', () => {
    const closed = without('alt_bn128_little_endian');
    const script = { calls: [call(GROUP, 0x84n, 0n, 0n, OUT)] };
    const theirs = closed.runNative(script);
    expect(theirs.returned?.r0).toEqual([1n]);
    expect(closed.runMachine(script)).toEqual(theirs);
  });

  test('abort_on_invalid_curve', () => {
    const closed = without('abort_on_invalid_curve');
    const calls = [
      call('sol_curve_validate_point', 2n, 0n),
      call('sol_curve_group_op', 2n, 0n, 0n, 0n, 0n),
      call('sol_curve_group_op', 0n, 3n, 0n, 0n, 0n),
      call('sol_curve_group_op', 1n, 3n, 0n, 0n, 0n),
      call('sol_curve_multiscalar_mul', 2n, 0n, 0n, 0n, 0n),
    ];
    const theirs = closed.runNative({ calls });
    expect(theirs.returned?.r0).toEqual([1n, 1n, 1n, 1n, 1n]);
    expect(closed.runMachine({ calls })).toEqual(theirs);
  });

  test('syscall_parameter_address_restrictions', () => {
    const closed = without('syscall_parameter_address_restrictions');
    const script = {
      calls: [
        call('sol_get_clock_sysvar', DATA),
        call('sol_memcpy_', OUT, DATA, 40n),
        call('sol_get_sysvar', DATA + 40n, DATA, 0n, 8n),
      ],
      data: new Uint8Array(72),
      outputSize: 40,
    };
    const theirs = closed.runNative(script);
    expect(theirs.returned?.r0).toEqual([0n, 0n, 2n]);
    expect(closed.runMachine(script)).toEqual(theirs);
  });
});

test('deployment knows all but sol_alloc_free_', () => {
  const features = FeatureSet.all();
  const names = (table: readonly { name: string }[]) => table.map(({ name }) => name);
  const running = names(syscallTable(features));
  expect(running).toHaveLength(42);
  expect(new Set(running).size).toBe(42);
  expect(names(deploymentSyscallTable(features))).toEqual(
    running.filter((name) => name !== 'sol_alloc_free_'),
  );
  expect(syscallHashes(features, { deployment: false }).size).toBe(42);
  expect(syscallHashes(features, { deployment: true }).size).toBe(41);
});
