/** Real programs, calling each other, under each way of laying out a program's input. */
import {
  Keypair,
  PublicKey,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { MODES, Twin } from './native';

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

describe.each(MODES)('programs against agave, %s', (_mode, changes) => {
  it('moves lamports', () => {
    const twin = new Twin(changes);
    twin.set(payer, {});
    const transfer = (lamports: number) =>
      SystemProgram.transfer({ fromPubkey: payer, toPubkey: key(2), lamports });
    expect(twin.compare(payer, [transfer(5_000_000)]).error).toBeUndefined();
    expect(twin.compare(payer, [transfer(50_000_000_000)]).error).toContain('Custom(1)');
  });

  it('writes a memo', () => {
    const twin = new Twin(changes);
    twin.set(payer, {});
    const memo = (data: Buffer) =>
      new TransactionInstruction({
        programId: MEMO,
        keys: [{ pubkey: payer, isSigner: true, isWritable: false }],
        data,
      });
    expect(twin.compare(payer, [memo(Buffer.from('hello'))]).error).toBeUndefined();
    expect(twin.compare(payer, [memo(Buffer.from([0xff]))]).error).toContain(
      'ProgramFailedToComplete',
    );
    expect(twin.compare(payer, [memo(Buffer.alloc(600, 'x'))]).error).toBeUndefined();
  });

  it.each([
    ['Token', TOKEN],
    ['Token-2022', TOKEN_2022],
  ])('mints, moves and closes %s accounts', (_name, program) => {
    const twin = new Twin(changes);
    twin.set(payer, {});
    const owner = key(5);
    const rent = Number(twin.svm.minimumBalanceForRentExemption(82n));
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
    const created = twin.commit(payer, [
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
    expect(twin.compare(payer, [createAta(payer, program)]).error).toBeDefined();
    expect(twin.compare(payer, [createAta(payer, program, [1])]).error).toBeUndefined();
    expect(twin.commit(payer, [mintTo]).error).toBeUndefined();
    expect(twin.compare(payer, [transfer(1001n)]).error).toContain('Custom(1)');
    expect(twin.compare(payer, [transfer(1000n), close]).error).toBeUndefined();
    expect(twin.compare(payer, [close]).error).toContain('Custom');
    expect(
      twin.compare(payer, [transfer(10n), transfer(20n), transfer(30n)]).error,
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
    expect(twin.compare(payer, [transfer(10n), forged]).error).toContain('Custom(4)');
  });
});
