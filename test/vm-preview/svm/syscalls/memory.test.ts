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
import { HEAP, HEAP_SIZE, STACK } from './support';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const text = (value: string) => new TextEncoder().encode(value);
const MAX = 2n ** 64n - 1n;
const violation = (verb: string, length: bigint, address: bigint, region: string) =>
  `Access violation ${verb} ${length} bytes at address 0x${address.toString(16)} (in ${region} region)`;

describe('memory operations', () => {
  const data = randomBytes(1, 700);
  const n = BigInt(data.length);
  const cases: Case[] = [
    {
      name: 'memcpy copies',
      calls: [call('sol_memcpy_', OUT, DATA, n)],
      data,
      outputSize: 720,
      gives: 0n,
    },
    {
      name: 'memcpy of nothing may point anywhere',
      calls: [call('sol_memcpy_', 1n, 2n, 0n)],
      gives: 0n,
    },
    {
      name: 'memcpy of nothing onto itself',
      calls: [call('sol_memcpy_', OUT, OUT, 0n)],
      gives: 0n,
    },
    {
      name: 'memcpy refuses to overlap forwards',
      calls: [call('sol_memcpy_', OUT, OUT + 7n, 8n)],
      gives: 'Overlapping copy',
    },
    {
      name: 'memcpy refuses to overlap backwards',
      calls: [call('sol_memcpy_', OUT + 7n, OUT, 8n)],
      gives: 'Overlapping copy',
    },
    { name: 'memcpy takes neighbours', calls: [call('sol_memcpy_', OUT + 8n, OUT, 8n)], gives: 0n },
    {
      name: 'memcpy looks for overlap before it looks at memory',
      calls: [call('sol_memcpy_', 3n, 1n, 8n)],
      gives: 'Overlapping copy',
    },
    {
      name: 'memcpy to where nothing is',
      calls: [call('sol_memcpy_', 5n << 32n, OUT, 8n)],
      gives: violation('writing', 8n, 5n << 32n, 'unallocated'),
    },
    {
      name: 'memcpy to the program',
      calls: [call('sol_memcpy_', 1n << 32n, OUT, 8n)],
      gives: violation('writing', 8n, 1n << 32n, 'unallocated'),
    },
    {
      name: 'memcpy checks the destination first',
      calls: [call('sol_memcpy_', 5n << 32n, 6n << 32n, 8n)],
      gives: violation('writing', 8n, 5n << 32n, 'unallocated'),
    },
    {
      name: 'memcpy from where nothing is',
      calls: [call('sol_memcpy_', OUT, 6n << 32n, 8n)],
      gives: violation('reading', 8n, 6n << 32n, 'unallocated'),
    },
    {
      name: 'memcpy past the heap',
      calls: [call('sol_memcpy_', HEAP + BigInt(HEAP_SIZE) - 4n, OUT, 8n)],
      gives: violation('writing', 8n, HEAP + BigInt(HEAP_SIZE) - 4n, 'heap'),
    },
    {
      name: 'memcpy that costs more than there is',
      calls: [call('sol_memcpy_', OUT, DATA, MAX)],
      gives: 'Computational budget exceeded',
    },
    {
      name: 'memmove moves forwards',
      calls: [call('sol_memcpy_', OUT, DATA, 64n), call('sol_memmove_', OUT + 9n, OUT, 64n)],
      data,
      outputSize: 80,
      gives: 0n,
    },
    {
      name: 'memmove moves backwards',
      calls: [call('sol_memcpy_', OUT + 9n, DATA, 64n), call('sol_memmove_', OUT, OUT + 9n, 64n)],
      data,
      outputSize: 80,
      gives: 0n,
    },
    { name: 'memmove of nothing', calls: [call('sol_memmove_', 0n, 0n, 0n)], gives: 0n },
    {
      name: 'memset takes the lowest byte',
      calls: [call('sol_memset_', OUT, 0x1234n, 10n)],
      outputSize: 16,
      gives: 0n,
    },
    { name: 'memset of nothing', calls: [call('sol_memset_', 0n, 1n, 0n)], gives: 0n },
    { name: 'memset on the stack', calls: [call('sol_memset_', STACK, 1n, 4096n)], gives: 0n },
    {
      name: 'memset on the input',
      calls: [call('sol_memset_', DATA, 1n, 8n)],
      data: new Uint8Array(8),
      gives: 0n,
    },
    {
      name: 'memset on the program',
      calls: [call('sol_memset_', 1n << 32n, 1n, 8n)],
      gives: violation('writing', 8n, 1n << 32n, 'unallocated'),
    },
    {
      name: 'memset costs by length',
      calls: [call('sol_memset_', SCRATCH, 1n, 30_000n)],
      gives: 0n,
    },
    {
      name: 'memcmp of equals',
      calls: [call('sol_memcpy_', SCRATCH, DATA, n), call('sol_memcmp_', SCRATCH, DATA, n, OUT)],
      data,
      outputSize: 8,
      gives: 0n,
    },
    {
      name: 'memcmp gives a negative difference',
      calls: [
        call('sol_memset_', SCRATCH, 3n, 40n),
        call('sol_memset_', SCRATCH + 100n, 3n, 39n),
        call('sol_memset_', SCRATCH + 139n, 250n, 1n),
        call('sol_memcmp_', SCRATCH, SCRATCH + 100n, 40n, OUT),
      ],
      outputSize: 8,
      gives: 0n,
    },
    {
      name: 'memcmp gives a positive difference',
      calls: [
        call('sol_memset_', SCRATCH, 200n, 40n),
        call('sol_memset_', SCRATCH + 100n, 3n, 39n),
        call('sol_memcmp_', SCRATCH, SCRATCH + 100n, 40n, OUT),
      ],
      outputSize: 8,
      gives: 0n,
    },
    {
      name: 'memcmp of nothing writes zero',
      calls: [call('sol_memset_', OUT, 9n, 8n), call('sol_memcmp_', 0n, 0n, 0n, OUT)],
      outputSize: 8,
      gives: 0n,
    },
    {
      name: 'memcmp wants its result aligned',
      calls: [call('sol_memcmp_', SCRATCH, SCRATCH, 8n, OUT + 2n)],
      gives: 'Unaligned pointer',
    },
    {
      name: 'memcmp does not mind alignment under loader v1',
      calls: [call('sol_memcmp_', SCRATCH, SCRATCH, 8n, OUT + 2n)],
      isUnaligned: true,
      gives: 0n,
    },
    {
      name: 'log data without alignment under loader v1',
      calls: [call('sol_log_data', DATA + 1n, 1n)],
      data: new Uint8Array(40),
      isUnaligned: true,
      gives: 0n,
    },
    {
      name: 'allocate without alignment under loader v1',
      calls: [call('sol_alloc_free_', 9n, 0n), call('sol_alloc_free_', 9n, 0n)],
      isUnaligned: true,
      gives: HEAP + 9n,
    },
    {
      name: 'memcmp checks the result last',
      calls: [call('sol_memcmp_', SCRATCH, 1n, 8n, 2n)],
      gives: violation('reading', 8n, 1n, 'unallocated'),
    },
    {
      name: 'memcmp to where nothing is',
      calls: [call('sol_memcmp_', SCRATCH, SCRATCH, 8n, 5n << 32n)],
      gives: violation('writing', 4n, 5n << 32n, 'unallocated'),
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('logging', () => {
  const data = concat(text('héllo'), Uint8Array.of(0xff, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98));
  const invalid = (bytes: number[]): Pick<Case, 'calls' | 'data'> => ({
    calls: [call('sol_log_', DATA, BigInt(bytes.length))],
    data: Uint8Array.from(bytes),
  });
  const cases: Case[] = [
    { name: 'a text', calls: [call('sol_log_', DATA, 6n)], data, gives: 0n },
    { name: 'an empty text', calls: [call('sol_log_', 1n, 0n)], gives: 0n },
    {
      name: 'a text with a byte order mark',
      calls: [call('sol_log_', DATA, 4n)],
      data: Uint8Array.of(0xef, 0xbb, 0xbf, 65),
      gives: 0n,
    },
    {
      name: 'a long text costs by length',
      calls: [call('sol_log_', DATA, 300n)],
      data: new Uint8Array(300).fill(65),
      gives: 0n,
    },
    {
      name: 'a text longer than isize',
      calls: [call('sol_log_', DATA, MAX)],
      gives: 'Computational budget exceeded',
    },
    {
      name: 'bytes that start nothing',
      ...invalid([65, 0xff, 66]),
      gives: 'invalid utf-8 sequence of 1 bytes from index 1: [65, 255, 66]',
    },
    {
      name: 'a sequence that stops',
      ...invalid([65, 0xe2, 0x82]),
      gives: 'incomplete utf-8 byte sequence from index 1: [65, 226, 130]',
    },
    {
      name: 'a sequence broken at its second byte',
      ...invalid([0xe2, 65, 65]),
      gives: 'invalid utf-8 sequence of 1 bytes from index 0: [226, 65, 65]',
    },
    {
      name: 'a sequence broken at its third byte',
      ...invalid([0xe2, 0x82, 65]),
      gives: 'invalid utf-8 sequence of 2 bytes from index 0: [226, 130, 65]',
    },
    {
      name: 'a sequence broken at its fourth byte',
      ...invalid([0xf0, 0x9f, 0x98, 65]),
      gives: 'invalid utf-8 sequence of 3 bytes from index 0: [240, 159, 152, 65]',
    },
    {
      name: 'a surrogate',
      ...invalid([0xed, 0xa0, 0x80]),
      gives: 'invalid utf-8 sequence of 1 bytes from index 0: [237, 160, 128]',
    },
    {
      name: 'an overlong sequence',
      ...invalid([0xc0, 0x80]),
      gives: 'invalid utf-8 sequence of 1 bytes from index 0: [192, 128]',
    },
    {
      name: 'a sequence past the last character',
      ...invalid([0xf4, 0x90, 0x80, 0x80]),
      gives: 'invalid utf-8 sequence of 1 bytes from index 0: [244, 144, 128, 128]',
    },
    {
      name: 'a text from where nothing is',
      calls: [call('sol_log_', 5n << 32n, 3n)],
      gives: violation('reading', 3n, 5n << 32n, 'unallocated'),
    },
    { name: 'five numbers', calls: [call('sol_log_64_', 0n, 1n, 255n, MAX, 1n << 63n)], gives: 0n },
    {
      name: 'units left',
      calls: [call('sol_log_compute_units_'), call('sol_log_compute_units_')],
      gives: 0n,
    },
    {
      name: 'an address',
      calls: [call('sol_log_pubkey', DATA + 1n)],
      data: randomBytes(3, 33),
      gives: 0n,
    },
    {
      name: 'an address that is cut off',
      calls: [call('sol_log_pubkey', HEAP + BigInt(HEAP_SIZE) - 31n)],
      gives: violation('reading', 32n, HEAP + BigInt(HEAP_SIZE) - 31n, 'heap'),
    },
    {
      name: 'data',
      calls: [call('sol_log_data', DATA, 3n)],
      data: concat(vmSlices([DATA + 48n, 10], [1n, 0], [DATA + 50n, 3]), randomBytes(4, 10)),
      gives: 0n,
    },
    { name: 'no data', calls: [call('sol_log_data', 1n, 0n)], gives: 0n },
    {
      name: 'data whose slices are not aligned',
      calls: [call('sol_log_data', DATA + 1n, 1n)],
      data: new Uint8Array(40),
      gives: 'Unaligned pointer',
    },
    {
      name: 'data with too many slices',
      calls: [call('sol_log_data', DATA, 1n << 60n)],
      gives: 'InvalidLength',
    },
    {
      name: 'data with more slices than memory',
      calls: [call('sol_log_data', SCRATCH, 2000n)],
      gives: violation('reading', 32_000n, SCRATCH, 'heap'),
    },
    {
      name: 'data that costs too much',
      calls: [call('sol_log_data', DATA, 2n)],
      data: vmSlices([DATA, MAX], [DATA, MAX]),
      gives: 'Computational budget exceeded',
    },
    {
      name: 'data from where nothing is',
      calls: [call('sol_log_data', DATA, 1n)],
      data: vmSlices([5n << 32n, 7]),
      gives: violation('reading', 7n, 5n << 32n, 'unallocated'),
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('giving up', () => {
  const cases: Case[] = [
    { name: 'abort', calls: [call('abort')], gives: 'SBF program panicked' },
    {
      name: 'panic',
      calls: [call('sol_panic_', DATA, 7n, 12n, 345n)],
      data: text('src/a.c'),
      gives: 'SBF program Panicked in src/a.c at 12:345',
    },
    {
      name: 'panic with a bad name',
      calls: [call('sol_panic_', DATA, 1n, 12n, 345n)],
      data: Uint8Array.of(0x80),
      gives: 'invalid utf-8 sequence of 1 bytes from index 0: [128]',
    },
    {
      name: 'panic where nothing is',
      calls: [call('sol_panic_', 0n, 1n, 12n, 345n)],
      gives: violation('reading', 1n, 0n, 'unallocated'),
    },
    {
      name: 'panic without units',
      calls: [call('sol_panic_', DATA, MAX, 0n, 0n)],
      gives: 'Computational budget exceeded',
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('the heap', () => {
  const cases: Case[] = [
    {
      name: 'hands out neighbours',
      calls: [
        call('sol_alloc_free_', 9n, 0n),
        call('sol_alloc_free_', 1n, 0n),
        call('sol_alloc_free_', 0n, 0n),
      ],
      gives: HEAP + 24n,
    },
    {
      name: 'ends',
      calls: [call('sol_alloc_free_', BigInt(HEAP_SIZE), 0n), call('sol_alloc_free_', 1n, 0n)],
      gives: 0n,
    },
    {
      name: 'is not larger than it is',
      calls: [call('sol_alloc_free_', BigInt(HEAP_SIZE) + 1n, 0n)],
      gives: 0n,
    },
    {
      name: 'takes nothing back',
      calls: [call('sol_alloc_free_', 8n, HEAP), call('sol_alloc_free_', 8n, 0n)],
      gives: HEAP,
    },
    {
      name: 'refuses what no layout holds',
      calls: [
        call('sol_alloc_free_', MAX, 0n),
        call('sol_alloc_free_', 1n << 63n, 0n),
        call('sol_alloc_free_', (1n << 63n) - 8n, 0n),
      ],
      gives: 0n,
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('return data', () => {
  const data = randomBytes(6, 900);
  const cases: Case[] = [
    { name: 'is empty at first', calls: [call('sol_get_return_data', 1n, 100n, 2n)], gives: 0n },
    {
      name: 'comes back',
      calls: [
        call('sol_set_return_data', DATA, 900n),
        call('sol_get_return_data', OUT, 500n, OUT + 600n),
      ],
      data,
      outputSize: 700,
      gives: 900n,
    },
    {
      name: 'comes back whole',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', OUT, MAX, OUT + 600n),
      ],
      data,
      outputSize: 700,
      gives: 9n,
    },
    {
      name: 'comes back in no bytes',
      calls: [call('sol_set_return_data', DATA, 9n), call('sol_get_return_data', 1n, 0n, 2n)],
      data,
      gives: 9n,
    },
    {
      name: 'can be cleared',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_set_return_data', 1n, 0n),
        call('sol_get_return_data', OUT, 500n, OUT),
      ],
      data,
      gives: 0n,
    },
    { name: 'may be 1,024 bytes', calls: [call('sol_set_return_data', SCRATCH, 1024n)], gives: 0n },
    {
      name: 'may not be longer',
      calls: [call('sol_set_return_data', SCRATCH, 1025n)],
      gives: 'Return data too large (1025 > 1024)',
    },
    {
      name: 'costs before it is too long',
      calls: [call('sol_set_return_data', SCRATCH, MAX)],
      gives: 'Computational budget exceeded',
    },
    {
      name: 'must be there',
      calls: [call('sol_set_return_data', 5n << 32n, 3n)],
      gives: violation('reading', 3n, 5n << 32n, 'unallocated'),
    },
    {
      name: 'may not overlap its program',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', OUT, 9n, OUT + 8n),
      ],
      data,
      gives: 'Overlapping copy',
    },
    {
      name: 'may not overlap its program from above',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', OUT + 31n, 9n, OUT),
      ],
      data,
      gives: 'Overlapping copy',
    },
    {
      name: 'may touch its program',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', OUT + 32n, 9n, OUT),
      ],
      data,
      outputSize: 60,
      gives: 9n,
    },
    {
      name: 'needs a place',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', 5n << 32n, 9n, 6n << 32n),
      ],
      data,
      gives: violation('writing', 9n, 5n << 32n, 'unallocated'),
    },
    {
      name: 'needs a place for its program',
      calls: [
        call('sol_set_return_data', DATA, 9n),
        call('sol_get_return_data', OUT, 9n, 6n << 32n),
      ],
      data,
      gives: violation('writing', 32n, 6n << 32n, 'unallocated'),
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});

describe('where a program stands', () => {
  const cases: Case[] = [
    { name: 'its height', calls: [call('sol_get_stack_height')], gives: 1n },
    { name: 'its units', calls: [call('sol_remaining_compute_units')], gives: 1_399_749n },
    {
      name: 'no sibling before the first but the budget',
      calls: [call('sol_get_processed_sibling_instruction', 1n, 0n, 0n, 0n, 0n)],
      gives: 0n,
    },
    {
      name: 'no sibling that far',
      calls: [call('sol_get_processed_sibling_instruction', MAX, 0n, 0n, 0n, 0n)],
      gives: 0n,
    },
    {
      name: 'lengths of the sibling',
      calls: [call('sol_get_processed_sibling_instruction', 0n, OUT, 0n, 0n, 0n)],
      outputSize: 16,
      gives: 1n,
    },
    {
      name: 'the sibling',
      calls: [
        call('sol_memset_', OUT, 5n, 1n),
        call('sol_get_processed_sibling_instruction', 0n, OUT, OUT + 16n, OUT + 48n, OUT + 60n),
      ],
      outputSize: 64,
      gives: 1n,
    },
    {
      name: 'the sibling into its own header',
      calls: [
        call('sol_memset_', OUT, 5n, 1n),
        call('sol_get_processed_sibling_instruction', 0n, OUT, OUT + 16n, OUT + 8n, OUT + 60n),
      ],
      gives: 'Overlapping copy',
    },
    {
      name: 'a header that is not aligned',
      calls: [call('sol_get_processed_sibling_instruction', 0n, OUT + 4n, 0n, 0n, 0n)],
      gives: 'Unaligned pointer',
    },
    {
      name: 'a header that is nowhere',
      calls: [call('sol_get_processed_sibling_instruction', 0n, 0n, 0n, 0n, 0n)],
      gives: violation('writing', 16n, 0n, 'unallocated'),
    },
  ];
  itRunsLikeAgave(() => probe, cases);
});
