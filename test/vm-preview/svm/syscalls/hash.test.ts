import { createHash } from 'node:crypto';
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
  SCRATCH,
  vmSlices,
} from './probe';
import { fakeGuest, INPUT } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const NAMES = ['sol_sha256', 'sol_keccak256', 'sol_blake3', 'sol_sha512'] as const;
const SHOWN = {
  sol_sha256: 'Sha256',
  sol_keccak256: 'Keccak256',
  sol_blake3: 'Blake3',
  sol_sha512: 'Sha512',
};

const bytes = randomBytes(11, 700);
const slices = vmSlices([DATA + 64n, 700], [DATA + 64n, 0], [DATA + 65n, 33], [DATA + 70n, 300]);
const data = concat(slices, bytes);

describe.each(NAMES)('%s', (name) => {
  const cases: Case[] = [
    { name: 'of four slices', calls: [call(name, DATA, 4n, OUT)], data, outputSize: 72, gives: 0n },
    { name: 'of nothing', calls: [call(name, 1n, 0n, OUT)], outputSize: 72, gives: 0n },
    {
      name: 'of an empty slice',
      calls: [call(name, DATA + 16n, 1n, OUT)],
      data,
      outputSize: 72,
      gives: 0n,
    },
    {
      name: 'over its own input',
      calls: [call('sol_memcpy_', OUT, DATA, 64n), call(name, OUT, 4n, OUT)],
      data,
      outputSize: 72,
      gives: 0n,
    },
    {
      name: 'of too many slices',
      calls: [call(name, DATA, 20_001n, OUT)],
      data,
      gives: 'Hashing too many sequences',
    },
    {
      name: 'of slices that are not aligned',
      calls: [call(name, DATA + 1n, 1n, OUT)],
      data,
      gives: 'Unaligned pointer',
    },
    {
      name: 'of slices that are nowhere',
      calls: [call(name, 5n << 32n, 2n, OUT)],
      gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'of a slice that is nowhere',
      calls: [call(name, DATA, 1n, OUT)],
      data: vmSlices([5n << 32n, 9]),
      gives: 'Access violation reading 9 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'of a slice longer than isize',
      calls: [call(name, DATA, 1n, OUT)],
      data: vmSlices([DATA, 1n << 63n]),
      gives: 'InvalidLength',
    },
  ];
  itRunsLikeAgave(() => probe, cases);

  test('looks at the result before it looks at the slices', () => {
    const theirs = probe.runNative({ calls: [call(name, 5n << 32n, 2n, 6n << 32n)] });
    expect(theirs.failure).toContain('0x600000000');
    expect(probe.runOurs({ calls: [call(name, 5n << 32n, 2n, 6n << 32n)] })).toEqual(theirs);
  });

  test('says which limit it was', () => {
    const { logs } = probe.runOurs({ calls: [call(name, DATA, 20_001n, OUT)], data });
    expect(logs).toEqual([
      `${SHOWN[name]} Hashing 20001 sequences in one syscall is over the limit 20000`,
    ]);
  });

  test('costs 85, and half a unit for each byte but at least 10 for each slice', () => {
    const guest = fakeGuest({ input: concat(new Uint8Array(16), data) });
    expect(DATA).toBe(INPUT + 16n);
    guest.call(name, DATA, 4n, OUT);
    expect(guest.units()).toBe(85 + 350 + 10 + 16 + 150);
    expect(guest.hostCost()).toBeGreaterThan(0);
  });
});

test.each([
  ['sol_sha256', 'sha256'],
  ['sol_sha512', 'sha512'],
] as const)('%s is OpenSSL’s %s', (name, algorithm) => {
  const guest = fakeGuest();
  for (const length of [0, 1, 55, 56, 63, 64, 111, 112, 127, 128, 1000]) {
    const message = randomBytes(length, length);
    guest.memory.heap.set(vmSlices([SCRATCH, length]), 0);
    guest.memory.map('store', SCRATCH, BigInt(length)).set(message);
    guest.call(name, SCRATCH - 2048n, 1n, OUT);
    const digest = createHash(algorithm).update(message).digest();
    expect(Buffer.from(guest.memory.map('load', OUT, BigInt(digest.length)))).toEqual(digest);
  }
});
