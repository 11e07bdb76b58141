import { PublicKey } from '@solana/web3.js';
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
  vmSlices,
} from './probe';
import { fakeGuest } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const CREATE = 'sol_create_program_address';
const FIND = 'sol_try_find_program_address';
const PROGRAM = DATA;
const SLICES = DATA + 32n;
const program = randomBytes(21, 32);

/** A program id, then slices, then their bytes. */
function seeds(...values: readonly Uint8Array[]): Uint8Array {
  let at = SLICES + BigInt(16 * values.length);
  const slices = values.map((value) => {
    const slice = [at, value.length] as const;
    at += BigInt(value.length);
    return slice;
  });
  return concat(program, vmSlices(...slices), ...values);
}

const one = Uint8Array.of(1);
const FULL = Array.from({ length: 16 }, (_, index) => randomBytes(index, 32));
const BAD_SEEDS =
  'Could not create program address with signer seeds: Length of the seed is too long for address generation';

describe.each([CREATE, FIND])('%s', (name) => {
  const result = (count: bigint, more: Partial<Case>): Pick<Case, 'calls' | 'outputSize'> => ({
    calls: [call(name, SLICES, count, PROGRAM, OUT, OUT + 40n)],
    outputSize: 48,
    ...more,
  });
  const cases: Case[] = [
    { name: 'more than 16 seeds', ...result(17n, {}), data: seeds(...FULL, one), gives: BAD_SEEDS },
    {
      name: 'a seed of 33 bytes',
      ...result(1n, {}),
      data: seeds(randomBytes(1, 33)),
      gives: BAD_SEEDS,
    },
    {
      name: 'a long seed that is nowhere',
      ...result(1n, {}),
      data: concat(program, vmSlices([5n << 32n, 33])),
      gives: BAD_SEEDS,
    },
    {
      name: 'a seed that is nowhere',
      ...result(1n, {}),
      data: concat(program, vmSlices([5n << 32n, 32])),
      gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'slices that are not aligned',
      calls: [call(name, SLICES + 4n, 1n, PROGRAM, OUT, OUT)],
      data: seeds(one),
      gives: 'Unaligned pointer',
    },
    {
      name: 'more slices than isize',
      calls: [call(name, SLICES, 1n << 62n, PROGRAM, OUT, OUT)],
      data: seeds(one),
      gives: 'InvalidLength',
    },
    {
      name: 'slices that are nowhere',
      calls: [call(name, 5n << 32n, 3n, PROGRAM, OUT, OUT)],
      gives: 'Access violation reading 48 bytes at address 0x500000000 (in unallocated region)',
    },
    {
      name: 'a program that is nowhere',
      calls: [call(name, SLICES, 1n, 5n << 32n, OUT, OUT)],
      data: seeds(one),
      gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('finding', () => {
  const find = (count: bigint) => call(FIND, SLICES, count, PROGRAM, OUT, OUT + 40n);
  const cases: Case[] = [
    ...Array.from({ length: 12 }, (_, index) => ({
      name: `with ${index} seeds`,
      calls: [find(BigInt(index))],
      data: seeds(...FULL.slice(0, index).map((seed) => seed.subarray(0, index * 3))),
      outputSize: 48,
      gives: 0n,
    })),
    {
      name: 'with 15 seeds',
      calls: [find(15n)],
      data: seeds(...FULL.slice(0, 15)),
      outputSize: 48,
      gives: 0n,
    },
    {
      name: 'with no room for a bump',
      calls: [find(16n)],
      data: seeds(...FULL),
      outputSize: 48,
      gives: 1n,
    },
    {
      name: 'into a bump within the address',
      calls: [call(FIND, SLICES, 1n, PROGRAM, OUT, OUT + 31n)],
      data: seeds(one),
      gives: 'Overlapping copy',
    },
    {
      name: 'into a bump that is nowhere',
      calls: [call(FIND, SLICES, 1n, PROGRAM, OUT, 0n)],
      data: seeds(one),
      gives: 'Access violation writing 1 bytes at address 0x0 (in unallocated region)',
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('creating', () => {
  const on: Case[] = [];
  for (let bump = 0; bump < 24; bump++) {
    const seed = Uint8Array.of(bump);
    let gives = 0n;
    try {
      PublicKey.createProgramAddressSync([seed], new PublicKey(program));
    } catch {
      gives = 1n;
    }
    on.push({
      name: `with the seed ${bump}`,
      calls: [call(CREATE, SLICES, 1n, PROGRAM, OUT)],
      data: seeds(seed),
      outputSize: 32,
      gives,
    });
  }
  itRunsLikeAgave(() => probe, on);
  itRunsLikeAgave(
    () => probe,
    [
      {
        name: 'to where nothing is',
        calls: [call(CREATE, SLICES, 1n, PROGRAM, 5n << 32n)],
        data: on.find(({ gives }) => gives === 0n)?.data ?? program,
        gives: 'Access violation writing 32 bytes at address 0x500000000 (in unallocated region)',
      },
    ],
  );
});

test('each try costs 1,500 units', () => {
  const guest = fakeGuest({ input: concat(new Uint8Array(16), seeds(...FULL)) });
  expect(guest.call(FIND, SLICES, 16n, PROGRAM, OUT, OUT + 40n)).toBe(1n);
  expect(guest.units()).toBe(256 * 1500);
});
