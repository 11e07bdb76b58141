/** Syscalls that read and write accounts in a program's input, under each way of laying it out. */
import { FailedTransactionMetadata, type SimulatedTransactionInfo } from 'litesvm/dist/internal';
import { LOADER_V2 } from '../../../../src/vm-preview/svm/programs/ids';
import { LitesvmWorld } from '../../../support/litesvm-world';
import {
  address,
  instruction,
  readonly,
  transaction,
  writable,
} from '../../../support/solana-transaction';
import { ALL_SYSCALLS, type Call, call, OUT, randomBytes, SCRATCH, v0Elf, v3Elf } from './probe';
import { INPUT } from './support';

const PROGRAM = address(31);
const PAYER = address(32);
const MINE = address(33);
const THEIRS = address(34);

const MODES = [
  ['copied', []],
  ['apart', ['virtual_address_space_adjustments']],
  ['mapped', ['virtual_address_space_adjustments', 'account_data_direct_mapping']],
] as const;

const LENGTH = 100n;
/** Bytes by which a program may grow an account. */
const GROWTH = 10_240n;
/** Flags, key, owner, lamports and length stand before an account's data. */
const HEADER = 88n;
const FIRST = INPUT + 8n + HEADER;
/** Padded to 8, with the rent epoch after it. */
const SECOND = FIRST + LENGTH + GROWTH + 4n + 8n + HEADER;

const CASES: readonly (readonly [string, Call[]])[] = [
  ['fill an account', [call('sol_memset_', FIRST, 1n, LENGTH)]],
  ['fill one byte more', [call('sol_memset_', FIRST, 1n, LENGTH + 1n)]],
  ['grow an account from within', [call('sol_memset_', FIRST + 90n, 2n, 200n)]],
  ['grow an account from its end', [call('sol_memset_', FIRST + LENGTH, 2n, 8n)]],
  ['grow an account past its end', [call('sol_memset_', FIRST + LENGTH + 50n, 2n, 8n)]],
  ['grow an account as far as it goes', [call('sol_memset_', FIRST + LENGTH, 3n, GROWTH)]],
  ['grow an account too far', [call('sol_memset_', FIRST + LENGTH, 3n, GROWTH + 1n)]],
  ['grow an account into the next', [call('sol_memset_', FIRST, 3n, LENGTH + GROWTH + 40n)]],
  ['copy out of an account', [call('sol_memcpy_', OUT, FIRST, LENGTH)]],
  ['copy out of more than an account', [call('sol_memcpy_', OUT, FIRST, LENGTH + 1n)]],
  ['copy out of where an account could grow', [call('sol_memcpy_', OUT, FIRST + LENGTH, 8n)]],
  [
    'copy out of a grown account',
    [call('sol_memset_', FIRST + LENGTH, 5n, 20n), call('sol_memcpy_', OUT, FIRST + 90n, 30n)],
  ],
  ['copy into an account', [call('sol_memcpy_', FIRST + 3n, OUT, 50n)]],
  [
    'copy into a growing account',
    [call('sol_memset_', SCRATCH, 8n, 300n), call('sol_memcpy_', FIRST + 80n, SCRATCH, 300n)],
  ],
  ['copy within an account', [call('sol_memcpy_', FIRST + 50n, FIRST, 50n)]],
  ['move within an account', [call('sol_memmove_', FIRST + 5n, FIRST, 90n)]],
  ['move within a growing account', [call('sol_memmove_', FIRST + 50n, FIRST, 100n)]],
  ['copy between accounts', [call('sol_memcpy_', FIRST, SECOND, LENGTH)]],
  ['copy to an account that is read-only', [call('sol_memcpy_', SECOND, FIRST, LENGTH)]],
  ['fill nothing of an account that is read-only', [call('sol_memset_', SECOND, 1n, 0n)]],
  ['compare accounts', [call('sol_memcmp_', FIRST, SECOND, LENGTH, OUT)]],
  ['compare into an account', [call('sol_memcmp_', FIRST, SECOND, 20n, FIRST + 8n)]],
  [
    'compare into a growing account',
    [call('sol_memcmp_', FIRST, SECOND, 20n, FIRST + LENGTH + 4n)],
  ],
  ['copy an account’s header', [call('sol_memcpy_', OUT, INPUT + 8n, HEADER)]],
  ['copy a header and data', [call('sol_memcpy_', OUT, INPUT + 8n, HEADER + 20n)]],
  ['copy data and what follows', [call('sol_memcpy_', SCRATCH, FIRST, LENGTH + GROWTH + 8n)]],
  ['write a key', [call('sol_memset_', INPUT + 16n, 1n, 4n)]],
  ['write an owner', [call('sol_memset_', INPUT + 48n, 1n, 4n)]],
  ['log an account', [call('sol_log_', FIRST, 10n)]],
  ['log where an account could grow', [call('sol_log_', FIRST + LENGTH, 3n)]],
  ['hash into an account', [call('sol_sha256', 0n, 0n, FIRST + 4n)]],
  ['hash into a growing account', [call('sol_sha256', 0n, 0n, FIRST + 80n)]],
  ['hash into an account that is read-only', [call('sol_sha256', 0n, 0n, SECOND)]],
  [
    'return an account’s data',
    [
      call('sol_set_return_data', FIRST, LENGTH),
      call('sol_get_return_data', SCRATCH, LENGTH, FIRST),
    ],
  ],
  [
    'take return data into a growing account',
    [
      call('sol_set_return_data', FIRST, LENGTH),
      call('sol_get_return_data', FIRST + 60n, LENGTH, FIRST),
    ],
  ],
  [
    'take return data and program into a growing account',
    [
      call('sol_set_return_data', FIRST, 40n),
      call('sol_get_return_data', FIRST + 90n, 40n, FIRST + 140n),
    ],
  ],
  [
    'find an address into an account',
    [call('sol_try_find_program_address', 0n, 0n, FIRST, FIRST + 95n, FIRST + 200n)],
  ],
  [
    'find an address over itself',
    [call('sol_try_find_program_address', 0n, 0n, FIRST, FIRST + 95n, FIRST + 100n)],
  ],
];

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The account's data after a run, in hex; a run that failed changes nothing. */
function dataAfter(
  run: SimulatedTransactionInfo | FailedTransactionMetadata,
  before: Uint8Array,
): string {
  if (run instanceof FailedTransactionMetadata) return hex(before);
  const entry = run.postAccounts().find(({ address: at }) => hex(at) === hex(MINE.bytes));
  if (entry === undefined) throw new Error('the account is gone');
  return hex(entry.account().data());
}

describe.each(MODES)('with input %s', (mode, features) => {
  const world = new LitesvmWorld({
    features: [...ALL_SYSCALLS, ...features],
  });
  world.set(PAYER, { lamports: 1_000_000_000n });
  const text = new TextEncoder().encode('some text of an account that a program may log');
  const data = randomBytes(90, 100);
  data.set(text);
  world.set(MINE, { lamports: 1_000_000_000n, owner: PROGRAM, data });
  world.set(THEIRS, { lamports: 1_000_000_000n, owner: PROGRAM, data: randomBytes(91, 100) });

  test.each(CASES)('%s', (__, calls) => {
    for (const build of mode === 'mapped' ? [v0Elf, v3Elf] : [v0Elf]) {
      world.addProgram(PROGRAM, build({ calls, outputSize: 200 }), LOADER_V2);
      const sent = transaction({
        payer: PAYER,
        blockhash: world.blockhash,
        instructions: [instruction(PROGRAM, [writable(MINE), readonly(THEIRS)], [1, 2, 3])],
      });
      const theirs = world.native.simulateLegacyTransaction(sent);
      const ours = world.runOurs(sent).result;
      // Status, units and return data stand in the logs.
      expect(ours.logs).toEqual(theirs.meta().logs());
      expect(ours.post[MINE.toBase58()]?.data).toBe(dataAfter(theirs, data));
    }
  });
});
