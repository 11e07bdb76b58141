/** What the tests of the Solana chain share. */
import {
  type Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from '@solana/web3.js';

export const TOKEN = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
export const TOKEN_2022 = new PublicKey('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
export const ATA = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');

export function associatedToken(owner: PublicKey, mint: PublicKey, program: PublicKey): PublicKey {
  return PublicKey.findProgramAddressSync(
    [owner.toBytes(), program.toBytes(), mint.toBytes()],
    ATA,
  )[0];
}

export function createAssociatedToken(
  payer: PublicKey,
  owner: PublicKey,
  mint: PublicKey,
  program: PublicKey,
): TransactionInstruction {
  const account = associatedToken(owner, mint, program);
  return new TransactionInstruction({
    programId: ATA,
    keys: [
      { pubkey: payer, isSigner: true, isWritable: true },
      { pubkey: account, isSigner: false, isWritable: true },
      { pubkey: owner, isSigner: false, isWritable: false },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: SystemProgram.programId, isSigner: false, isWritable: false },
      { pubkey: program, isSigner: false, isWritable: false },
    ],
    data: Buffer.from([1]),
  });
}

function u64(value: bigint): number[] {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return [...bytes];
}

export function transferChecked(
  source: PublicKey,
  mint: PublicKey,
  destination: PublicKey,
  owner: PublicKey,
  amount: bigint,
  decimals: number,
  program: PublicKey,
): TransactionInstruction {
  return new TransactionInstruction({
    programId: program,
    keys: [
      { pubkey: source, isSigner: false, isWritable: true },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: destination, isSigner: false, isWritable: true },
      { pubkey: owner, isSigner: true, isWritable: false },
    ],
    data: Buffer.from([12, ...u64(amount), decimals]),
  });
}

/** An instruction of the Token programs, from its first bytes and accounts. */
export function tokenInstruction(
  program: PublicKey,
  data: readonly number[],
  accounts: readonly (readonly [PublicKey, 'w' | 'r' | 's' | 'ws'])[],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: program,
    keys: accounts.map(([pubkey, role]) => ({
      pubkey,
      isSigner: role.includes('s'),
      isWritable: role.includes('w'),
    })),
    data: Buffer.from(data),
  });
}

export const tokenAmount = u64;

/** A transaction's bytes, unsigned unless signers are given. */
export function transactionBytes(
  payer: PublicKey,
  blockhash: string,
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[] = [],
): Uint8Array {
  const transaction = new Transaction({ feePayer: payer, recentBlockhash: blockhash });
  transaction.add(...instructions);
  if (signers.length > 0) transaction.partialSign(...signers);
  return Uint8Array.from(
    transaction.serialize({ requireAllSignatures: false, verifySignatures: false }),
  );
}
