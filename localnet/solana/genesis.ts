/** What is on the local chain when it starts: the same wallets and tokens each time. */
import { base58 } from '@scure/base';
import {
  AddressLookupTableProgram,
  ComputeBudgetProgram,
  Keypair,
  NONCE_ACCOUNT_LENGTH,
  PublicKey,
  SystemProgram,
  Transaction,
  type TransactionInstruction,
} from '@solana/web3.js';
import { Account } from 'litesvm/dist/internal';
import { transactionErrorText } from '../../src/vm-preview/svm/errors/transaction-error';
import { type Bank, FIRST_SLOT, type Landed } from './bank';
import { sha256 } from './blockhashes';
import {
  associatedTokenAddress,
  createAssociatedTokenAccountIdempotent,
  initializeMetadata,
  initializeMetadataPointer,
  initializeMint2,
  initializeTransferFee,
  mintTo,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from './token-instructions';

const SEED = 'lookahead localnet solana';
const LAMPORTS_PER_SOL = 1_000_000_000n;

/** Fixed, so that a network that was added once stays the same network. */
export const GENESIS_HASH = base58.encode(sha256(SEED));

/** The keypair of a name: the same on every start, and known to everyone. */
export function localKeypair(name: string): Keypair {
  return Keypair.fromSeed(sha256(`${SEED} ${name}`));
}

/** Pays the airdrops and mints the tokens. */
const FAUCET = localKeypair('faucet');

export const WALLETS = {
  faucet: FAUCET,
  /** 100 SOL and 1,000 of each token. */
  alice: localKeypair('alice'),
  /** 10 SOL and 50 USDL. */
  bob: localKeypair('bob'),
  /** 1 SOL and no token account. */
  carol: localKeypair('carol'),
} as const;

const FUNDED: readonly (readonly [Keypair, bigint])[] = [
  [WALLETS.faucet, 10_000_000n * LAMPORTS_PER_SOL],
  [WALLETS.alice, 100n * LAMPORTS_PER_SOL],
  [WALLETS.bob, 10n * LAMPORTS_PER_SOL],
  [WALLETS.carol, LAMPORTS_PER_SOL],
];

export interface LocalToken {
  readonly symbol: string;
  readonly name: string;
  readonly mint: PublicKey;
  readonly program: PublicKey;
  readonly decimals: number;
  readonly transferFeeBasisPoints: number;
}

const METAPLEX_PROGRAM = new PublicKey('metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s');
const METAPLEX_METADATA_BYTES = 679;

interface TokenPlan extends LocalToken {
  readonly keypair: Keypair;
  readonly bytes: number;
  /** Before and after the mint itself is initialized. */
  readonly before: readonly TransactionInstruction[];
  readonly after: readonly TransactionInstruction[];
}

/** Bytes of a Token-2022 mint with no extension. */
const EXTENDED_MINT_BYTES = 166;
const METADATA_POINTER_BYTES = 68;
const TRANSFER_FEE_BYTES = 112;

const PLANS: readonly TokenPlan[] = [
  {
    ...plan('USDL', 'Local Dollar', TOKEN_PROGRAM_ID, 6, 0),
    bytes: 82,
    before: [],
    after: [],
  },
  {
    ...plan('LOOK', 'Lookahead', TOKEN_2022_PROGRAM_ID, 9, 0),
    bytes: EXTENDED_MINT_BYTES + METADATA_POINTER_BYTES,
    ...named('LOOK', 'Lookahead'),
  },
  {
    ...plan('FEES', 'Fee Taker', TOKEN_2022_PROGRAM_ID, 4, 100),
    bytes: EXTENDED_MINT_BYTES + METADATA_POINTER_BYTES + TRANSFER_FEE_BYTES,
    before: [
      initializeTransferFee(mintOf('FEES').publicKey, FAUCET.publicKey, 100, 50_0000n),
      ...named('FEES', 'Fee Taker').before,
    ],
    after: named('FEES', 'Fee Taker').after,
  },
];

export const TOKENS: readonly LocalToken[] = PLANS;

function mintOf(symbol: string): Keypair {
  return localKeypair(`mint ${symbol}`);
}

function plan(
  symbol: string,
  name: string,
  program: PublicKey,
  decimals: number,
  transferFeeBasisPoints: number,
): Omit<TokenPlan, 'bytes' | 'before' | 'after'> {
  const keypair = mintOf(symbol);
  return {
    symbol,
    name,
    program,
    decimals,
    transferFeeBasisPoints,
    keypair,
    mint: keypair.publicKey,
  };
}

function named(symbol: string, name: string): Pick<TokenPlan, 'before' | 'after'> {
  const mint = mintOf(symbol).publicKey;
  return {
    before: [initializeMetadataPointer(mint, FAUCET.publicKey)],
    after: [initializeMetadata(mint, FAUCET.publicKey, name, symbol)],
  };
}

/** A nonce account of alice's. */
export const NONCE = localKeypair('nonce');

export interface Genesis {
  /** A lookup table that names the token programs, the mints and the wallets. */
  readonly lookupTable: PublicKey;
}

/** Puts everything there by the chain's own programs; takes a few milliseconds. */
export function openGenesis(bank: Bank): Genesis {
  for (const [{ publicKey }, lamports] of FUNDED) {
    bank.svm.setAccount(
      publicKey.toBytes(),
      new Account(lamports, new Uint8Array(), new Uint8Array(32), false, 2n ** 64n - 1n),
    );
  }
  for (const token of PLANS) openToken(bank, token);
  for (const token of PLANS) if (token.after.length === 0) writeMetaplexMetadata(bank, token);
  const { alice, bob } = WALLETS;
  for (const token of PLANS) {
    mintTokens(bank, token, alice.publicKey, 1_000n * 10n ** BigInt(token.decimals));
    if (token.symbol === 'USDL') mintTokens(bank, token, bob.publicKey, 50_000_000n);
  }
  openNonce(bank);
  return { lookupTable: openLookupTable(bank) };
}

function openToken(bank: Bank, token: TokenPlan): void {
  // The metadata is longer than what the account is made for: its rent is paid ahead.
  const space = token.after.length === 0 ? token.bytes : token.bytes + 256;
  const lamports = bank.svm.minimumBalanceForRentExemption(BigInt(space));
  const create = SystemProgram.createAccount({
    fromPubkey: FAUCET.publicKey,
    newAccountPubkey: token.mint,
    lamports: Number(lamports),
    space: token.bytes,
    programId: token.program,
  });
  const initialize = initializeMint2(token.program, token.mint, token.decimals, FAUCET.publicKey);
  runAsFaucet(bank, [create, ...token.before, initialize, ...token.after], [token.keypair]);
}

/**
 * Names a mint of Token, which cannot hold its own name: the program that would write it is not on
 * this chain, so the account is put there as that program leaves it.
 */
function writeMetaplexMetadata(bank: Bank, { mint, name, symbol }: LocalToken): void {
  const seeds = [Buffer.from('metadata'), METAPLEX_PROGRAM.toBytes(), mint.toBytes()];
  const [address] = PublicKey.findProgramAddressSync(seeds, METAPLEX_PROGRAM);
  const data = Buffer.alloc(METAPLEX_METADATA_BYTES);
  const parts = [
    Uint8Array.of(4),
    FAUCET.publicKey.toBytes(),
    mint.toBytes(),
    padded(name, 32),
    padded(symbol, 10),
    padded('', 200),
  ];
  Buffer.concat(parts).copy(data);
  const lamports = bank.svm.minimumBalanceForRentExemption(BigInt(data.length));
  bank.svm.setAccount(
    address.toBytes(),
    new Account(lamports, data, METAPLEX_PROGRAM.toBytes(), false, 2n ** 64n - 1n),
  );
}

/** A borsh string, filled up with zero bytes. */
function padded(text: string, bytes: number): Uint8Array {
  const out = Buffer.alloc(4 + bytes);
  out.writeUInt32LE(bytes);
  out.write(text, 4);
  return out;
}

/** Mints to the owner's associated account, which is opened where missing. */
export function mintTokens(
  bank: Bank,
  token: Pick<LocalToken, 'mint' | 'program'>,
  owner: PublicKey,
  amount: bigint,
): Landed {
  const { publicKey } = FAUCET;
  const account = associatedTokenAddress(owner, token.mint, token.program);
  return runAsFaucet(bank, [
    createAssociatedTokenAccountIdempotent(publicKey, owner, token.mint, token.program),
    mintTo(token.program, token.mint, account, publicKey, amount),
  ]);
}

export function airdrop(bank: Bank, to: PublicKey, lamports: bigint): Landed {
  return runAsFaucet(bank, [
    SystemProgram.transfer({ fromPubkey: FAUCET.publicKey, toPubkey: to, lamports }),
  ]);
}

function openNonce(bank: Bank): void {
  const { publicKey } = WALLETS.alice;
  const lamports = bank.svm.minimumBalanceForRentExemption(BigInt(NONCE_ACCOUNT_LENGTH));
  const { instructions } = SystemProgram.createNonceAccount({
    fromPubkey: FAUCET.publicKey,
    noncePubkey: NONCE.publicKey,
    authorizedPubkey: publicKey,
    lamports: Number(lamports),
  });
  runAsFaucet(bank, instructions, [NONCE]);
}

function openLookupTable(bank: Bank): PublicKey {
  const authority = FAUCET.publicKey;
  // Fixed, since the table's address follows from it.
  const recentSlot = FIRST_SLOT - 1n;
  const [create, table] = AddressLookupTableProgram.createLookupTable({
    authority,
    payer: authority,
    recentSlot,
  });
  const extend = AddressLookupTableProgram.extendLookupTable({
    lookupTable: table,
    authority,
    payer: authority,
    addresses: [
      TOKEN_PROGRAM_ID,
      TOKEN_2022_PROGRAM_ID,
      ...TOKENS.map(({ mint }) => mint),
      ...Object.values(WALLETS).map(({ publicKey }) => publicKey),
    ],
  });
  runAsFaucet(bank, [create, extend]);
  // Addresses can be used from the next slot on.
  bank.advance(1n);
  return table;
}

let runs = 0;

function runAsFaucet(
  bank: Bank,
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[] = [],
): Landed {
  // Two equal airdrops in a slot would be one transaction: each asks for other units.
  runs += 1;
  const unique = ComputeBudgetProgram.setComputeUnitLimit({ units: 300_000 + (runs % 1_000_000) });
  const transaction = new Transaction({
    feePayer: FAUCET.publicKey,
    blockhash: base58.encode(bank.blockhash),
    lastValidBlockHeight: Number(bank.blockHeight) + 150,
  }).add(...instructions, unique);
  transaction.sign(FAUCET, ...signers);
  const landed = bank.process(new Uint8Array(transaction.serialize()));
  const error = 'refused' in landed ? landed.refused : landed.error;
  if ('refused' in landed || error !== undefined) {
    throw new Error(error === undefined ? 'refused' : transactionErrorText(error));
  }
  return landed;
}
