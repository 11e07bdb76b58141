/** Real programs, calling each other, under each way of laying out a program's input. */
import {
  Keypair,
  PublicKey,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { LAYOUTS, worldOf } from '../../../support/feature-modes';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { commit, compare, failureOf, setAccount } from './instructions';

const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
const TOKEN = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
const TOKEN_2022 = new PublicKey('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
const ATA = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');

const payer = key(1);
const mint = key(3);

function key(seed: number): PublicKey {
  return Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey;
}

function ata(owner: PublicKey, program: PublicKey): PublicKey {
  return PublicKey.findProgramAddressSync(
    [owner.toBytes(), program.toBytes(), mint.toBytes()],
    ATA,
  )[0];
}

function createAta(
  owner: PublicKey,
  program: PublicKey,
  data: number[] = [],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: ATA,
    keys: [
      { pubkey: payer, isSigner: true, isWritable: true },
      { pubkey: ata(owner, program), isSigner: false, isWritable: true },
      { pubkey: owner, isSigner: false, isWritable: false },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: SystemProgram.programId, isSigner: false, isWritable: false },
      { pubkey: program, isSigner: false, isWritable: false },
    ],
    data: Buffer.from(data),
  });
}

function token(
  program: PublicKey,
  keys: readonly (readonly [PublicKey, string])[],
  data: readonly number[],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: program,
    keys: keys.map(([pubkey, flags]) => ({
      pubkey,
      isSigner: flags.includes('s'),
      isWritable: flags.includes('w'),
    })),
    data: Buffer.from(data),
  });
}

function u64(value: bigint): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return [...bytes];
}

describe.each(LAYOUTS)('programs against agave, $name', (mode) => {
  it('moves lamports', () => {
    const world = new LitesvmWorld(worldOf(mode));
    setAccount(world, payer);
    const transfer = (lamports: number) =>
      SystemProgram.transfer({ fromPubkey: payer, toPubkey: key(2), lamports });
    expect(compare(world, payer, [transfer(5_000_000)]).error).toBeUndefined();
    expect(failureOf(compare(world, payer, [transfer(50_000_000_000)]))).toEqual({ Custom: 1 });
  });

  it('writes a memo', () => {
    const world = new LitesvmWorld(worldOf(mode));
    setAccount(world, payer);
    const memo = (data: Buffer) =>
      new TransactionInstruction({
        programId: MEMO,
        keys: [{ pubkey: payer, isSigner: true, isWritable: false }],
        data,
      });
    expect(compare(world, payer, [memo(Buffer.from('hello'))]).error).toBeUndefined();
    expect(failureOf(compare(world, payer, [memo(Buffer.from([0xff]))]))).toBe(
      'ProgramFailedToComplete',
    );
    expect(compare(world, payer, [memo(Buffer.alloc(600, 'x'))]).error).toBeUndefined();
  });

  it.each([
    ['Token', TOKEN],
    ['Token-2022', TOKEN_2022],
  ])('mints, moves and closes %s accounts', (_name, program) => {
    const world = new LitesvmWorld(worldOf(mode));
    setAccount(world, payer);
    const owner = key(5);
    const rent = Number(world.native.minimumBalanceForRentExemption(82n));
    const mine = ata(payer, program);
    const theirs = ata(owner, program);
    const mintTo = token(
      program,
      [
        [mint, 'w'],
        [mine, 'w'],
        [payer, 's'],
      ],
      [7, ...u64(1000n)],
    );
    const transfer = (amount: bigint) =>
      token(
        program,
        [
          [mine, 'w'],
          [mint, ''],
          [theirs, 'w'],
          [payer, 's'],
        ],
        [12, ...u64(amount), 6],
      );
    const close = token(
      program,
      [
        [mine, 'w'],
        [payer, 'w'],
        [payer, 's'],
      ],
      [9],
    );
    const created = commit(world, payer, [
      SystemProgram.createAccount({
        fromPubkey: payer,
        newAccountPubkey: mint,
        lamports: rent,
        space: 82,
        programId: program,
      }),
      token(
        program,
        [
          [mint, 'w'],
          [SYSVAR_RENT_PUBKEY, ''],
        ],
        [0, 6, ...payer.toBytes(), 0],
      ),
      createAta(payer, program),
      createAta(owner, program, [1]),
    ]);
    expect(created.error).toBeUndefined();
    expect(created.inner.flat().length).toBeGreaterThan(4);
    expect(compare(world, payer, [createAta(payer, program)]).error).toBeDefined();
    expect(compare(world, payer, [createAta(payer, program, [1])]).error).toBeUndefined();
    expect(commit(world, payer, [mintTo]).error).toBeUndefined();
    expect(failureOf(compare(world, payer, [transfer(1001n)]))).toEqual({ Custom: 1 });
    expect(compare(world, payer, [transfer(1000n), close]).error).toBeUndefined();
    expect(failureOf(compare(world, payer, [close]))).toEqual({ Custom: expect.any(Number) });
    expect(
      compare(world, payer, [transfer(10n), transfer(20n), transfer(30n)]).error,
    ).toBeUndefined();
    const forged = token(
      program,
      [
        [theirs, 'w'],
        [mint, ''],
        [mine, 'w'],
        [payer, 's'],
      ],
      [12, ...u64(1n), 6],
    );
    expect(failureOf(compare(world, payer, [transfer(10n), forged]))).toEqual({ Custom: 4 });
  });
});
