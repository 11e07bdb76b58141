/** Version 0 transactions and their lookup tables, beside agave's own code. */
import { AddressLookupTableAccount, SystemProgram } from '@solana/web3.js';
import {
  ADDRESS_LOOKUP_TABLE_PROGRAM,
  executeTransaction,
  LoadedState,
  MEMO_PROGRAM,
  MissingStateError,
  type Pubkey,
  parseTransaction,
  programDataAddress,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import {
  address,
  instruction,
  message,
  readonly,
  transaction,
  unsigned,
  web3Key,
  writable,
} from '../../../support/solana-transaction';

const payer = address(7);
const table = address(50);
const SOL = 1_000_000_000n;
const NEVER = 2n ** 64n - 1n;
const held = [address(101), address(102), MEMO_PROGRAM, TOKEN_PROGRAM, address(104)];

interface TableState {
  deactivationSlot?: bigint;
  lastExtendedSlot?: bigint;
  startIndex?: number;
}

function tableData(addresses: readonly Pubkey[], state: TableState = {}): Uint8Array {
  const data = new Uint8Array(56 + 32 * addresses.length);
  const view = new DataView(data.buffer);
  view.setUint32(0, 1, true);
  view.setBigUint64(4, state.deactivationSlot ?? NEVER, true);
  view.setBigUint64(12, state.lastExtendedSlot ?? 0n, true);
  data[20] = state.startIndex ?? 0;
  data[21] = 1;
  data.set(address(1).bytes, 22);
  for (const [index, held] of addresses.entries()) data.set(held.bytes, 56 + 32 * index);
  return data;
}

function world(data = tableData(held), owner = ADDRESS_LOOKUP_TABLE_PROGRAM): LitesvmWorld {
  const made = new LitesvmWorld();
  made.set(payer, { lamports: 10n * SOL });
  made.set(table, { lamports: SOL, data, owner });
  return made;
}

const known = new AddressLookupTableAccount({
  key: web3Key(table),
  state: {
    deactivationSlot: NEVER,
    lastExtendedSlot: 0,
    lastExtendedSlotStartIndex: 0,
    addresses: held.map(web3Key),
  },
});

const transfers = [0, 1].map((index) =>
  SystemProgram.transfer({
    fromPubkey: web3Key(payer),
    toPubkey: web3Key(held[index] ?? payer),
    lamports: SOL,
  }),
);

const send = (on: LitesvmWorld) =>
  transaction({ payer, blockhash: on.blockhash, instructions: transfers, tables: [known] });

test('accounts come through the table, in two rounds of loading', () => {
  const on = world();
  const { outcome, rounds } = on.expectSame(send(on));
  expect(outcome.error).toBeUndefined();
  expect(outcome.accounts.map(({ address }) => address.toBase58())).toEqual(
    [payer, SYSTEM_PROGRAM, address(101), address(102)].map(String),
  );
  expect(outcome.accounts[2]).toMatchObject({ isWritable: true, isSigner: false });
  expect(rounds).toBe(2);
  expect(outcome.loadedAccountsDataSize).toBeGreaterThan(8248);
});

test('a program that came through the table is there to be called, its code loaded with it', () => {
  const on = world();
  const bytes = transaction({
    payer,
    blockhash: on.blockhash,
    instructions: [
      instruction(
        SYSTEM_PROGRAM,
        [readonly(MEMO_PROGRAM), readonly(TOKEN_PROGRAM), writable(address(104))],
        [99],
      ),
    ],
    tables: [known],
  });
  const { outcome, rounds } = on.expectSame(bytes);
  expect(rounds).toBe(2);
  expect(outcome.read.map(String)).toContain(String(programDataAddress(TOKEN_PROGRAM)));
});

describe('as agave', () => {
  const { slot } = new LitesvmWorld().native.getClock();
  const cases: [string, () => LitesvmWorld, unknown][] = [
    ['a table in use', () => world(), undefined],
    [
      'a table that does not exist',
      () => {
        const on = new LitesvmWorld();
        on.set(payer, { lamports: SOL });
        return on;
      },
      'AddressLookupTableNotFound',
    ],
    [
      'a table of another owner',
      () => world(undefined, TOKEN_PROGRAM),
      'InvalidAddressLookupTableOwner',
    ],
    ['a table that is none', () => world(new Uint8Array(56)), 'InvalidAddressLookupTableData'],
    ['a table that is too short', () => world(new Uint8Array(55)), 'InvalidAddressLookupTableData'],
    [
      'a table with half an address',
      () => world(tableData(held).slice(0, -1)),
      'InvalidAddressLookupTableData',
    ],
    [
      'a table with one address',
      () => world(tableData(held.slice(0, 1))),
      'InvalidAddressLookupTableIndex',
    ],
    [
      'a table deactivated long ago',
      () => world(tableData(held, { deactivationSlot: 5n })),
      'AddressLookupTableNotFound',
    ],
    [
      'a table deactivated in this slot',
      () => world(tableData(held, { deactivationSlot: slot })),
      undefined,
    ],
    [
      'addresses added in this slot',
      () => world(tableData(held, { lastExtendedSlot: slot, startIndex: 1 })),
      'InvalidAddressLookupTableIndex',
    ],
    [
      'addresses added before those of this slot',
      () => world(tableData(held, { lastExtendedSlot: slot, startIndex: 2 })),
      undefined,
    ],
    [
      'a start index past the addresses',
      () => world(tableData(held, { lastExtendedSlot: slot, startIndex: 9 })),
      'InvalidAddressLookupTableData',
    ],
  ];
  test.each(cases)('%s', (_name, make, error) => {
    const on = make();
    const { outcome } = on.expectSame(send(on), error === undefined ? [] : ['post']);
    expect(outcome.error).toEqual(error);
    expect(outcome.landing).toBe(error === undefined ? 'executed' : 'refused');
  });
});

test('a table whose deactivation is still in the slot hashes can be used', () => {
  const on = world(tableData(held, { deactivationSlot: 447_551_990n }));
  const hash = (slot: bigint) => ({ slot, hash: '11111111111111111111111111111111' });
  on.native.setSlotHashes([hash(447_551_999n), hash(447_551_990n)] as never);
  expect(on.expectSame(send(on)).outcome.error).toBeUndefined();
});

test('a table entry that is already a static key is loaded twice', () => {
  const on = world(tableData([payer, ...held]));
  expect(on.expectSame(send(on), ['post']).outcome.error).toBe('AccountLoadedTwice');
});

test('more than 64 accounts are too many', () => {
  const many = Array.from({ length: 70 }, (_, index) => address(110 + index));
  const on = world(tableData(many));
  const build = (count: number) => {
    const built = message({ payer, blockhash: on.blockhash, instructions: [], tables: [] });
    return unsigned({
      ...built,
      lookups: [
        {
          table,
          writableIndexes: Uint8Array.from({ length: count }, (_, i) => i),
          readonlyIndexes: new Uint8Array(),
        },
      ],
    });
  };
  expect(on.expectSame(build(63)).outcome.landing).toBe('executed');
  expect(on.expectSame(build(64), ['post']).outcome.error).toBe('TooManyAccountLocks');
});

test('what is missing is asked for all at once, and programs with where their code would be', () => {
  const on = world();
  const parsed = parseTransaction(send(on));
  const asked = (state: LoadedState): string[] => {
    try {
      executeTransaction(parsed, state, on.environment());
    } catch (error) {
      if (error instanceof MissingStateError) return error.addresses.map(String);
      throw error;
    }
    return [];
  };
  const first = asked(new LoadedState());
  expect(first).toEqual(
    expect.arrayContaining(
      [payer, SYSTEM_PROGRAM, table, SYSVAR_IDS.clock, SYSVAR_IDS.rent].map(String),
    ),
  );
  const memo = transaction({
    payer,
    blockhash: on.blockhash,
    instructions: [instruction(MEMO_PROGRAM, [])],
  });
  const state = new LoadedState();
  try {
    executeTransaction(parseTransaction(memo), state, on.environment());
  } catch (error) {
    const { addresses } = error as MissingStateError;
    expect(addresses.map(String)).toContain(String(programDataAddress(MEMO_PROGRAM)));
    expect(addresses.map(String)).not.toContain(String(programDataAddress(SYSTEM_PROGRAM)));
  }
  expect.assertions(3);
});
