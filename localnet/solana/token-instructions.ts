/** The Token instructions that the local chain needs to mint its tokens. */
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from './token-json';

export const TOKEN_PROGRAM_ID = new PublicKey(TOKEN_PROGRAM);
export const TOKEN_2022_PROGRAM_ID = new PublicKey(TOKEN_2022_PROGRAM);
const ATA_PROGRAM_ID = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');

export function associatedTokenAddress(
  owner: PublicKey,
  mint: PublicKey,
  tokenProgram: PublicKey,
): PublicKey {
  const seeds = [owner.toBytes(), tokenProgram.toBytes(), mint.toBytes()];
  return PublicKey.findProgramAddressSync(seeds, ATA_PROGRAM_ID)[0];
}

/** Opens the owner's account for the mint unless it is there. */
export function createAssociatedTokenAccountIdempotent(
  payer: PublicKey,
  owner: PublicKey,
  mint: PublicKey,
  tokenProgram: PublicKey,
): TransactionInstruction {
  return new TransactionInstruction({
    programId: ATA_PROGRAM_ID,
    keys: [
      { pubkey: payer, isSigner: true, isWritable: true },
      {
        pubkey: associatedTokenAddress(owner, mint, tokenProgram),
        isSigner: false,
        isWritable: true,
      },
      { pubkey: owner, isSigner: false, isWritable: false },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: SystemProgram.programId, isSigner: false, isWritable: false },
      { pubkey: tokenProgram, isSigner: false, isWritable: false },
    ],
    data: Buffer.of(1),
  });
}

export function initializeMint2(
  tokenProgram: PublicKey,
  mint: PublicKey,
  decimals: number,
  authority: PublicKey,
): TransactionInstruction {
  return onMint(tokenProgram, mint, [
    Uint8Array.of(20, decimals),
    authority.toBytes(),
    // A freeze authority: the same.
    Uint8Array.of(1),
    authority.toBytes(),
  ]);
}

export function mintTo(
  tokenProgram: PublicKey,
  mint: PublicKey,
  account: PublicKey,
  authority: PublicKey,
  amount: bigint,
): TransactionInstruction {
  return new TransactionInstruction({
    programId: tokenProgram,
    keys: [
      { pubkey: mint, isSigner: false, isWritable: true },
      { pubkey: account, isSigner: false, isWritable: true },
      { pubkey: authority, isSigner: true, isWritable: false },
    ],
    data: Buffer.concat([Uint8Array.of(7), littleEndian(amount, 8)]),
  });
}

/** Token-2022: the mint keeps its own name. Before `initializeMint2`. */
export function initializeMetadataPointer(
  mint: PublicKey,
  authority: PublicKey,
): TransactionInstruction {
  return onMint(TOKEN_2022_PROGRAM_ID, mint, [
    Uint8Array.of(39, 0),
    authority.toBytes(),
    mint.toBytes(),
  ]);
}

/** Token-2022: each transfer pays a share, in hundredths of a percent. Before `initializeMint2`. */
export function initializeTransferFee(
  mint: PublicKey,
  authority: PublicKey,
  basisPoints: number,
  maximum: bigint,
): TransactionInstruction {
  return onMint(TOKEN_2022_PROGRAM_ID, mint, [
    Uint8Array.of(26, 0, 1),
    authority.toBytes(),
    Uint8Array.of(1),
    authority.toBytes(),
    littleEndian(BigInt(basisPoints), 2),
    littleEndian(maximum, 8),
  ]);
}

/** Of the interface that Token-2022 implements: `spl_token_metadata_interface:initialize_account`. */
const INITIALIZE_METADATA = Uint8Array.of(210, 225, 30, 162, 88, 184, 77, 141);

/** Token-2022: writes the name into the mint. After `initializeMint2`. */
export function initializeMetadata(
  mint: PublicKey,
  authority: PublicKey,
  name: string,
  symbol: string,
): TransactionInstruction {
  return new TransactionInstruction({
    programId: TOKEN_2022_PROGRAM_ID,
    keys: [
      { pubkey: mint, isSigner: false, isWritable: true },
      { pubkey: authority, isSigner: false, isWritable: false },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: authority, isSigner: true, isWritable: false },
    ],
    data: Buffer.concat([INITIALIZE_METADATA, ...[name, symbol, ''].map(borshString)]),
  });
}

function onMint(
  programId: PublicKey,
  mint: PublicKey,
  data: readonly Uint8Array[],
): TransactionInstruction {
  return new TransactionInstruction({
    programId,
    keys: [{ pubkey: mint, isSigner: false, isWritable: true }],
    data: Buffer.concat(data),
  });
}

function borshString(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([littleEndian(BigInt(bytes.length), 4), bytes]);
}

function littleEndian(value: bigint, bytes: number): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value, true);
  return out.subarray(0, bytes);
}
