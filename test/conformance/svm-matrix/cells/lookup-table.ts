import {
  AddressLookupTableAccount,
  AddressLookupTableProgram,
  type PublicKey,
  SystemProgram,
  type TransactionInstruction,
} from '@solana/web3.js';
import { type Bench, SOL } from '../bench';
import { at, type Cell } from '../cell';

const program = 'Address Lookup Table';

function create(bench: Bench, recentSlot: bigint): [TransactionInstruction, PublicKey] {
  return AddressLookupTableProgram.createLookupTable({
    authority: bench.payer,
    payer: bench.payer,
    recentSlot,
  });
}

function extend(bench: Bench, lookupTable: PublicKey, names: string[]): TransactionInstruction {
  return AddressLookupTableProgram.extendLookupTable({
    lookupTable,
    authority: bench.payer,
    payer: bench.payer,
    addresses: names.map((name) => bench.key(name)),
  });
}

/** A table with two addresses that can be used, since a slot has passed. */
function setUp(bench: Bench): PublicKey {
  const { native } = bench.world;
  const hash = bench.key('slot hash').toBase58();
  native.setSlotHashes([{ slot: 999n, hash }]);
  const [instruction, table] = create(bench, 999n);
  bench.run(instruction, extend(bench, table, ['alice', 'bob']));
  bench.warp(1010n);
  native.setSlotHashes([{ slot: 1009n, hash }]);
  return table;
}

function loaded(bench: Bench, key: PublicKey, extra = 0): AddressLookupTableAccount {
  const state = AddressLookupTableAccount.deserialize(bench.get(key).data);
  for (let i = 0; i < extra; i++) state.addresses.push(bench.key(`missing ${i}`));
  return new AddressLookupTableAccount({ key, state });
}

function pay(bench: Bench, name: string): TransactionInstruction {
  return SystemProgram.transfer({
    fromPubkey: bench.payer,
    toPubkey: bench.key(name),
    lamports: SOL,
  });
}

function freeze(bench: Bench, lookupTable: PublicKey): TransactionInstruction {
  return AddressLookupTableProgram.freezeLookupTable({ lookupTable, authority: bench.payer });
}

export const LOOKUP_TABLE_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'CreateLookupTable, ExtendLookupTable',
    outcome: 'success',
    build: (bench) => {
      bench.world.native.setSlotHashes([{ slot: 999n, hash: bench.key('slot hash').toBase58() }]);
      const [instruction, table] = create(bench, 999n);
      return bench.transaction([instruction, extend(bench, table, ['alice', 'bob', 'carol'])]);
    },
  },
  {
    program,
    instruction: 'CreateLookupTable',
    outcome: 'slot is not recent',
    error: at(0, 'InvalidInstructionData'),
    build: (bench) => {
      bench.world.native.setSlotHashes([{ slot: 999n, hash: bench.key('slot hash').toBase58() }]);
      return bench.transaction([create(bench, 998n)[0]]);
    },
  },
  {
    program,
    instruction: 'FreezeLookupTable, ExtendLookupTable',
    outcome: 'frozen',
    error: at(1, 'Immutable'),
    build: (bench) => {
      const table = setUp(bench);
      return bench.transaction([freeze(bench, table), extend(bench, table, ['carol'])]);
    },
  },
  {
    program,
    instruction: 'DeactivateLookupTable',
    outcome: 'success',
    build: (bench) => {
      const lookupTable = setUp(bench);
      const fields = { lookupTable, authority: bench.payer };
      return bench.transaction([AddressLookupTableProgram.deactivateLookupTable(fields)]);
    },
  },
  {
    program,
    instruction: 'CloseLookupTable',
    outcome: 'still active',
    error: at(0, 'InvalidArgument'),
    build: (bench) => {
      const lookupTable = setUp(bench);
      const fields = { lookupTable, authority: bench.payer, recipient: bench.payer };
      return bench.transaction([AddressLookupTableProgram.closeLookupTable(fields)]);
    },
  },
  {
    program,
    instruction: '(use)',
    outcome: 'success',
    build: (bench) => {
      const table = setUp(bench);
      const instructions = [pay(bench, 'alice'), pay(bench, 'bob')];
      return bench.transaction(instructions, { version: 0, tables: [loaded(bench, table)] });
    },
  },
  {
    program,
    instruction: '(use)',
    outcome: 'index beyond the table',
    error: 'InvalidAddressLookupTableIndex',
    build: (bench) => {
      const tables = [loaded(bench, setUp(bench), 1)];
      return bench.transaction([pay(bench, 'missing 0')], { version: 0, tables });
    },
  },
  {
    program,
    instruction: '(use)',
    outcome: 'there is no table',
    error: 'AddressLookupTableNotFound',
    build: (bench) => {
      const { state } = loaded(bench, setUp(bench));
      const tables = [new AddressLookupTableAccount({ key: bench.key('no table'), state })];
      return bench.transaction([pay(bench, 'alice')], { version: 0, tables });
    },
  },
  {
    program,
    instruction: '(use)',
    outcome: 'owned by another program',
    error: 'InvalidAddressLookupTableOwner',
    build: (bench) => {
      const { state } = loaded(bench, setUp(bench));
      const key = bench.fund(bench.key('no table'), SOL);
      const tables = [new AddressLookupTableAccount({ key, state })];
      return bench.transaction([pay(bench, 'alice')], { version: 0, tables });
    },
  },
];
