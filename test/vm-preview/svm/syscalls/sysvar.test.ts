import { CannotPreview } from '../../../../src/vm-preview/errors';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  ALL_SYSCALLS,
  type Case,
  call,
  concat,
  DATA,
  itRunsLikeAgave,
  OUT,
  Probe,
  randomBytes,
} from './probe';
import { fakeGuest, INPUT, PROGRAM_ID, withoutFeatures } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const MAX = 2n ** 64n - 1n;
const STRUCTS = [
  ['sol_get_clock_sysvar', 40, 8],
  ['sol_get_epoch_schedule_sysvar', 40, 8],
  ['sol_get_rent_sysvar', 24, 8],
  ['sol_get_last_restart_slot', 8, 8],
  ['sol_get_epoch_rewards_sysvar', 96, 16],
] as const;

describe.each(STRUCTS)('%s', (name, size, align) => {
  const misaligned = OUT + BigInt(align / 2);
  const cases: Case[] = [
    // 0xee shows which bytes are written: all, padding included.
    {
      name: 'is written',
      calls: [call('sol_memset_', OUT, 0xeen, 120n), call(name, OUT)],
      outputSize: 120,
      gives: 0n,
    },
    { name: 'must be aligned', calls: [call(name, misaligned)], gives: 'Unaligned pointer' },
    {
      name: 'is not for programs of loader v1',
      calls: [call(name, OUT)],
      isUnaligned: true,
      gives: 'Unaligned pointer',
    },
    {
      name: 'may not go to the input',
      calls: [call(name, DATA)],
      data: new Uint8Array(128),
      gives: 'Invalid pointer',
    },
    { name: 'may not go above the input', calls: [call(name, MAX)], gives: 'Invalid pointer' },
    {
      name: 'needs a place',
      calls: [call(name, 0n)],
      gives: `Access violation writing ${size} bytes at address 0x0 (in unallocated region)`,
    },
  ];
  itRunsLikeAgave(() => probe, cases);

  test('costs 100 and its size', () => {
    const guest = fakeGuest({ sysvars: probe.sysvars() });
    guest.call(name, OUT);
    expect(guest.units()).toBe(100 + size);
  });

  test('that is missing fails after its place is checked', () => {
    const guest = fakeGuest();
    expect(() => guest.call(name, 0n)).toThrow('Access violation');
    expect(() => guest.call(name, OUT)).toThrow('Unsupported sysvar');
  });
});

test('no network has the fees sysvar', () => {
  const guest = fakeGuest({ features: withoutFeatures('disable_fees_sysvar') });
  expect(() => guest.call('sol_get_fees_sysvar', OUT)).toThrow(CannotPreview);
});

describe('sol_get_sysvar', () => {
  const { clock, rent, slotHashes, stakeHistory, epochRewards, epochSchedule } = SYSVAR_IDS;
  const get = (...args: readonly bigint[]) => call('sol_get_sysvar', DATA, ...args);
  const of = (id: { bytes: Uint8Array }) => ({ data: id.bytes, outputSize: 64 });
  const cases: Case[] = [
    { name: 'clock', calls: [get(OUT, 0n, 40n)], ...of(clock), gives: 0n },
    { name: 'a part of the clock', calls: [get(OUT + 3n, 5n, 9n)], ...of(clock), gives: 0n },
    { name: 'rent', calls: [get(OUT, 0n, 17n)], ...of(rent), gives: 0n },
    { name: 'epoch schedule', calls: [get(OUT, 0n, 33n)], ...of(epochSchedule), gives: 0n },
    { name: 'epoch rewards', calls: [get(OUT, 17n, 64n)], ...of(epochRewards), gives: 0n },
    { name: 'slot hashes', calls: [get(OUT, 0n, 48n)], ...of(slotHashes), gives: 0n },
    { name: 'stake history', calls: [get(OUT, 0n, 8n)], ...of(stakeHistory), gives: 0n },
    {
      name: 'much of slot hashes costs more',
      calls: [get(OUT, 0n, 10_000n)],
      ...of(slotHashes),
      gives: 0n,
    },
    { name: 'nothing, from the end', calls: [get(1n, 40n, 0n)], ...of(clock), gives: 0n },
    { name: 'nothing, past the end', calls: [get(1n, 41n, 0n)], ...of(clock), gives: 1n },
    { name: 'more than there is', calls: [get(OUT, 1n, 40n)], ...of(clock), gives: 1n },
    { name: 'another account', calls: [get(OUT, 0n, 8n)], data: randomBytes(3, 32), gives: 2n },
    {
      name: 'recent blockhashes, which it does not know',
      calls: [get(OUT, 0n, 8n)],
      ...of(SYSVAR_IDS.recentBlockhashes),
      gives: 2n,
    },
    {
      name: 'the instructions, which it does not know',
      calls: [get(OUT, 0n, 8n)],
      ...of(SYSVAR_IDS.instructions),
      gives: 2n,
    },
    {
      name: 'an offset that overflows',
      calls: [get(OUT, MAX, 1n)],
      ...of(clock),
      gives: 'Program arithmetic overflowed',
    },
    { name: 'into the input', calls: [get(DATA, 0n, 8n)], ...of(clock), gives: 'Invalid pointer' },
    {
      name: 'into nowhere',
      calls: [get(0n, 0n, 8n)],
      ...of(clock),
      gives: 'Access violation writing 8 bytes at address 0x0 (in unallocated region)',
    },
    {
      name: 'by an address that is nowhere',
      calls: [call('sol_get_sysvar', 5n << 32n, OUT, 0n, 8n)],
      gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'without units',
      calls: [get(OUT, 0n, MAX)],
      ...of(clock),
      gives: 'Computational budget exceeded',
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('sol_get_epoch_stake', () => {
  test('of the cluster, for 100 units', () => {
    const guest = fakeGuest();
    expect(guest.call('sol_get_epoch_stake', 0n)).toBe(1_000_000n);
    expect(guest.units()).toBe(100);
  });

  test('of a vote account, for 110 units', () => {
    const guest = fakeGuest({ input: concat(PROGRAM_ID.bytes, new Uint8Array(32)) });
    expect(guest.call('sol_get_epoch_stake', INPUT)).toBe(77n);
    expect(guest.units()).toBe(110);
    expect(guest.call('sol_get_epoch_stake', INPUT + 1n)).toBe(0n);
  });

  itRunsLikeAgave(
    () => probe,
    [
      {
        name: 'by an address that is nowhere',
        calls: [call('sol_get_epoch_stake', 5n << 32n)],
        gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
      },
    ],
  );
});
