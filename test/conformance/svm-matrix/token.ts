/** Token programs' instructions, as their own client encodes them, for web3.js. */

import { type AccountMeta, address, createNoopSigner, type Instruction } from '@solana/kit';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import * as token from '@solana-program/token-2022';
import type { Bench } from './bench';

export const TOKEN = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
export const TOKEN_2022 = new PublicKey('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
export const ATA = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');
export const MINT_BYTES = 82;
export const ACCOUNT_BYTES = 165;
export const MULTISIG_BYTES = 355;

export const DECIMALS = 6;

/** Bit 0 of a role: writable, bit 1: signer. */
export function web3(instruction: Instruction): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(instruction.programAddress),
    keys: (instruction.accounts ?? []).map((meta: Pick<AccountMeta, 'address' | 'role'>) => ({
      pubkey: new PublicKey(meta.address),
      isWritable: (meta.role & 1) !== 0,
      isSigner: (meta.role & 2) !== 0,
    })),
    data: Buffer.from(instruction.data ?? []),
  });
}

export const addr = (key: PublicKey) => address(key.toBase58());
/** Stands for a signature; nothing is signed, since signature checks are off. */
export const signer = (key: PublicKey) => createNoopSigner(addr(key));
const under = (program: PublicKey) => ({ programAddress: addr(program) });

export function createAccount(
  bench: Bench,
  account: PublicKey,
  space: number,
  program: PublicKey,
): TransactionInstruction {
  return SystemProgram.createAccount({
    fromPubkey: bench.payer,
    newAccountPubkey: account,
    lamports: Number(bench.rent(space)),
    space,
    programId: program,
  });
}

export function initializeMint(
  program: PublicKey,
  mint: PublicKey,
  authority: PublicKey,
  freeze?: PublicKey,
): TransactionInstruction {
  const input = {
    mint: addr(mint),
    decimals: DECIMALS,
    mintAuthority: addr(authority),
    ...(freeze === undefined ? {} : { freezeAuthority: addr(freeze) }),
  };
  return web3(token.getInitializeMint2Instruction(input, under(program)));
}

export function initializeAccount(
  program: PublicKey,
  account: PublicKey,
  mint: PublicKey,
  owner: PublicKey,
): TransactionInstruction {
  const input = { account: addr(account), mint: addr(mint), owner: addr(owner) };
  return web3(token.getInitializeAccount3Instruction(input, under(program)));
}

export function mintTo(
  program: PublicKey,
  mint: PublicKey,
  account: PublicKey,
  authority: PublicKey,
  amount: bigint,
): TransactionInstruction {
  const input = {
    mint: addr(mint),
    token: addr(account),
    mintAuthority: signer(authority),
    amount,
  };
  return web3(token.getMintToInstruction(input, under(program)));
}

export function transfer(
  program: PublicKey,
  source: PublicKey,
  destination: PublicKey,
  authority: PublicKey,
  amount: bigint,
): TransactionInstruction {
  const input = {
    source: addr(source),
    destination: addr(destination),
    authority: signer(authority),
    amount,
  };
  return web3(token.getTransferInstruction(input, under(program)));
}

export function transferChecked(
  program: PublicKey,
  mint: PublicKey,
  source: PublicKey,
  destination: PublicKey,
  authority: PublicKey,
  amount: bigint,
  decimals = DECIMALS,
): TransactionInstruction {
  const input = {
    source: addr(source),
    mint: addr(mint),
    destination: addr(destination),
    authority: signer(authority),
    amount,
    decimals,
  };
  return web3(token.getTransferCheckedInstruction(input, under(program)));
}

export function associatedAddress(
  owner: PublicKey,
  mint: PublicKey,
  program: PublicKey,
): PublicKey {
  const seeds = [owner.toBuffer(), program.toBuffer(), mint.toBuffer()];
  return PublicKey.findProgramAddressSync(seeds, ATA)[0];
}

export function createAssociated(
  bench: Bench,
  owner: PublicKey,
  mint: PublicKey,
  program: PublicKey,
  kind: 'Create' | 'CreateIdempotent' = 'Create',
): TransactionInstruction {
  const input = {
    payer: signer(bench.payer),
    ata: addr(associatedAddress(owner, mint, program)),
    owner: addr(owner),
    mint: addr(mint),
    tokenProgram: addr(program),
  };
  return web3(
    kind === 'Create'
      ? token.getCreateAssociatedTokenInstruction(input)
      : token.getCreateAssociatedTokenIdempotentInstruction(input),
  );
}

/** A mint, and an account of it for alice (with 1,000) and for bob (with none). */
export interface Tokens {
  readonly mint: PublicKey;
  readonly alice: PublicKey;
  readonly bob: PublicKey;
  readonly aliceToken: PublicKey;
  readonly bobToken: PublicKey;
}

export function setUpTokens(bench: Bench, program = TOKEN): Tokens {
  const mint = bench.key('mint');
  const [alice, bob] = [bench.key('alice'), bench.key('bob')];
  const [aliceToken, bobToken] = [bench.key('alice token'), bench.key('bob token')];
  bench.run(
    createAccount(bench, mint, MINT_BYTES, program),
    initializeMint(program, mint, bench.payer, bench.payer),
    createAccount(bench, aliceToken, ACCOUNT_BYTES, program),
    initializeAccount(program, aliceToken, mint, alice),
    createAccount(bench, bobToken, ACCOUNT_BYTES, program),
    initializeAccount(program, bobToken, mint, bob),
    mintTo(program, mint, aliceToken, bench.payer, 1000n),
  );
  return { mint, alice, bob, aliceToken, bobToken };
}

export { token };
