import { sha256 } from '@noble/hashes/sha2.js';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { type Bench, SOL } from '../bench';
import { at, type Cell, custom } from '../cell';

const OWNER = new PublicKey(new Uint8Array(32).fill(9));

function transfer(from: PublicKey, to: PublicKey, lamports: bigint): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });
}

/** The same instruction, with no account but the payer signing. */
function unsigned(instruction: TransactionInstruction, payer: PublicKey): TransactionInstruction {
  for (const key of instruction.keys) key.isSigner = key.pubkey.equals(payer);
  return instruction;
}

function create(bench: Bench, lamports: bigint, space: number): TransactionInstruction {
  return SystemProgram.createAccount({
    fromPubkey: bench.payer,
    newAccountPubkey: bench.key('new'),
    lamports: Number(lamports),
    space,
    programId: OWNER,
  });
}

function seeded(bench: Bench, seed: string, address?: PublicKey): TransactionInstruction {
  const base = bench.fund(bench.key('base'), SOL);
  const newAccountPubkey = address ?? derive(base, seed);
  return SystemProgram.createAccountWithSeed({
    fromPubkey: bench.payer,
    newAccountPubkey,
    basePubkey: base,
    seed,
    lamports: Number(bench.rent(10)),
    space: 10,
    programId: OWNER,
  });
}

/** `createWithSeed` of web3.js waits for its hash, and cells do not. */
function derive(base: PublicKey, seed: string, owner = OWNER): PublicKey {
  return new PublicKey(
    sha256(Buffer.concat([base.toBuffer(), Buffer.from(seed), owner.toBuffer()])),
  );
}

/** CreateAccountAllowPrefund, which web3.js does not know. */
function createAllowPrefund(bench: Bench, lamports: bigint): TransactionInstruction {
  const data = Buffer.alloc(52);
  data.writeUInt32LE(13, 0);
  data.writeBigUInt64LE(lamports, 4);
  data.writeBigUInt64LE(10n, 12);
  OWNER.toBuffer().copy(data, 20);
  const keys = [
    { pubkey: bench.key('new'), isSigner: true, isWritable: true },
    { pubkey: bench.payer, isSigner: true, isWritable: true },
  ];
  return new TransactionInstruction({ programId: SystemProgram.programId, keys, data });
}

const program = 'System';

export const SYSTEM_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'Transfer',
    outcome: 'success',
    build: (bench) => bench.transaction([transfer(bench.payer, bench.key('to'), SOL)]),
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'insufficient funds',
    error: custom(0, 1),
    build: (bench) => bench.transaction([transfer(bench.payer, bench.key('to'), 100n * SOL)]),
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'missing signature',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      const from = bench.fund(bench.key('from'), SOL);
      return bench.transaction([unsigned(transfer(from, bench.key('to'), 1n), bench.payer)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'leaves the recipient below rent',
    error: { InsufficientFundsForRent: { account_index: 1 } },
    build: (bench) => bench.transaction([transfer(bench.payer, bench.key('to'), 1n)]),
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'leaves the sender below rent',
    error: { InsufficientFundsForRent: { account_index: 1 } },
    build: (bench) => {
      const from = bench.fund(bench.key('from'), SOL);
      return bench.transaction([transfer(from, bench.fund(bench.key('to'), SOL), SOL - 1n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'of everything, which ends the account',
    build: (bench) => {
      const from = bench.fund(bench.key('from'), SOL);
      return bench.transaction([transfer(from, bench.payer, SOL)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'to oneself',
    build: (bench) => bench.transaction([transfer(bench.payer, bench.payer, SOL)]),
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'from an account with data',
    error: at(0, 'InvalidArgument'),
    build: (bench) => {
      const from = bench.set(bench.key('from'), { lamports: SOL, data: new Uint8Array(8) });
      return bench.transaction([transfer(from, bench.payer, 1n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'to a read-only account',
    error: at(0, 'ReadonlyLamportChange'),
    build: (bench) => {
      const instruction = transfer(bench.payer, bench.fund(bench.key('to'), SOL), 1n);
      for (const key of instruction.keys) if (!key.isSigner) key.isWritable = false;
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'second fails, first is undone',
    error: custom(1, 1),
    build: (bench) =>
      bench.transaction([
        transfer(bench.payer, bench.key('to'), SOL),
        transfer(bench.payer, bench.key('to'), 100n * SOL),
      ]),
  },
  {
    program,
    instruction: 'CreateAccount',
    outcome: 'success',
    build: (bench) => bench.transaction([create(bench, bench.rent(100), 100)]),
  },
  {
    program,
    instruction: 'CreateAccount',
    outcome: 'already in use',
    error: custom(0, 0),
    build: (bench) => {
      bench.fund(bench.key('new'), SOL);
      return bench.transaction([create(bench, bench.rent(100), 100)]);
    },
  },
  {
    program,
    instruction: 'CreateAccount',
    outcome: 'too large',
    error: custom(0, 3),
    build: (bench) => bench.transaction([create(bench, SOL, 10 * 1024 * 1024 + 1)]),
  },
  {
    program,
    instruction: 'CreateAccount',
    outcome: 'below rent',
    error: { InsufficientFundsForRent: { account_index: 1 } },
    build: (bench) => bench.transaction([create(bench, bench.rent(100) - 1n, 100)]),
  },
  {
    program,
    instruction: 'CreateAccountWithSeed',
    outcome: 'success',
    build: (bench) => bench.transaction([seeded(bench, 'seed')]),
  },
  {
    program,
    instruction: 'CreateAccountWithSeed',
    outcome: 'address mismatch',
    error: custom(0, 5),
    build: (bench) => bench.transaction([seeded(bench, 'seed', bench.key('else'))]),
  },
  {
    program,
    instruction: 'CreateAccountWithSeed',
    outcome: 'seed too long',
    error: custom(0, 0),
    build: (bench) => bench.transaction([seeded(bench, 'x'.repeat(33), bench.key('else'))]),
  },
  {
    program,
    instruction: 'CreateAccountAllowPrefund',
    outcome: 'success on an account with lamports',
    build: (bench) => {
      bench.fund(bench.key('new'), SOL);
      return bench.transaction([createAllowPrefund(bench, 5n)]);
    },
  },
  {
    program,
    instruction: 'CreateAccountAllowPrefund',
    outcome: 'gate is off',
    world: { features: ['system_transfer_zero_check'] },
    error: at(0, 'InvalidInstructionData'),
    build: (bench) => bench.transaction([createAllowPrefund(bench, SOL)]),
  },
  {
    program,
    instruction: 'Allocate',
    outcome: 'success',
    build: (bench) => {
      const accountPubkey = bench.fund(bench.key('account'), SOL);
      return bench.transaction([SystemProgram.allocate({ accountPubkey, space: 50 })]);
    },
  },
  {
    program,
    instruction: 'AllocateWithSeed',
    outcome: 'success',
    build: (bench) => {
      const base = bench.fund(bench.key('base'), SOL);
      const account = bench.fund(derive(base, 's'), SOL);
      const fields = { accountPubkey: account, basePubkey: base, seed: 's', programId: OWNER };
      return bench.transaction([SystemProgram.allocate({ ...fields, space: 50 })]);
    },
  },
  {
    program,
    instruction: 'Assign',
    outcome: 'success',
    build: (bench) => {
      const accountPubkey = bench.fund(bench.key('account'), SOL);
      return bench.transaction([SystemProgram.assign({ accountPubkey, programId: OWNER })]);
    },
  },
  {
    program,
    instruction: 'Assign',
    outcome: 'an account of another program',
    error: at(0, 'ModifiedProgramId'),
    build: (bench) => {
      const accountPubkey = bench.set(bench.key('account'), { lamports: SOL, owner: OWNER });
      const { programId } = SystemProgram;
      return bench.transaction([SystemProgram.assign({ accountPubkey, programId })]);
    },
  },
  {
    program,
    instruction: 'TransferWithSeed',
    outcome: 'success',
    build: (bench) => {
      const basePubkey = bench.fund(bench.key('base'), SOL);
      const fromPubkey = bench.fund(derive(basePubkey, 's'), SOL);
      const toPubkey = bench.payer;
      const fields = { fromPubkey, basePubkey, toPubkey, seed: 's', programId: OWNER };
      return bench.transaction([SystemProgram.transfer({ ...fields, lamports: Number(SOL) })]);
    },
  },
  {
    program,
    instruction: '(none)',
    outcome: 'unknown tag',
    error: at(0, 'InvalidInstructionData'),
    build: (bench) => {
      const { programId } = SystemProgram;
      const data = Buffer.from([99, 0, 0, 0]);
      return bench.transaction([new TransactionInstruction({ programId, keys: [], data })]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'too few accounts',
    error: at(0, 'MissingAccount'),
    build: (bench) => {
      const instruction = transfer(bench.payer, bench.payer, 1n);
      instruction.keys.pop();
      return bench.transaction([instruction]);
    },
  },
];
