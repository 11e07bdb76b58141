/** Making, allocating, assigning and funding accounts. Source: agave `programs/system/src/system_processor.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { SYSTEM_PROGRAM } from '../ids';
import { addressWithSeed } from '../with-seed';
import { systemFailure } from './errors';

/** In bytes: 10 MiB. Source: solana-sdk `system-interface/src/lib.rs`. */
export const MAX_PERMITTED_DATA_LENGTH = 10n * 1024n * 1024n;

/** An address that may have been derived from a base, which then signs for it. */
export interface Address {
  readonly address: Pubkey;
  readonly base: Pubkey | undefined;
}

export interface Seed {
  readonly base: Pubkey;
  readonly seed: Uint8Array;
  readonly owner: Pubkey;
}

function isSigner({ address, base }: Address, signers: ReadonlySet<string>): boolean {
  return signers.has((base ?? address).key);
}

/** As Rust's derived Debug prints it, which is what the chain's logs show. */
function debug({ address, base }: Address): string {
  return `Address { address: ${address}, base: ${base === undefined ? 'None' : `Some(${base})`} }`;
}

export function addressOf(
  invoke: InvokeContext,
  address: Pubkey,
  withSeed: Seed | undefined,
): Address {
  if (withSeed === undefined) return { address, base: undefined };
  const derived = addressWithSeed(withSeed.base, withSeed.seed, withSeed.owner);
  if (!address.equals(derived)) {
    invoke.log(`Create: address ${address} does not match derived address ${derived}`);
    throw systemFailure('AddressWithSeedMismatch');
  }
  return { address, base: withSeed.base };
}

export function allocate(
  invoke: InvokeContext,
  account: BorrowedAccount,
  address: Address,
  space: bigint,
  signers: ReadonlySet<string>,
): void {
  if (!isSigner(address, signers)) {
    invoke.log(`Allocate: 'to' account ${debug(address)} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  if (account.data.length > 0 || !account.owner.equals(SYSTEM_PROGRAM)) {
    invoke.log(`Allocate: account ${debug(address)} already in use`);
    throw systemFailure('AccountAlreadyInUse');
  }
  if (space > MAX_PERMITTED_DATA_LENGTH) {
    invoke.log(`Allocate: requested ${space}, max allowed ${MAX_PERMITTED_DATA_LENGTH}`);
    throw systemFailure('InvalidAccountDataLength');
  }
  account.setDataLength(Number(space));
}

export function assign(
  invoke: InvokeContext,
  account: BorrowedAccount,
  address: Address,
  owner: Pubkey,
  signers: ReadonlySet<string>,
): void {
  if (account.owner.equals(owner)) return;
  if (!isSigner(address, signers)) {
    invoke.log(`Assign: account ${debug(address)} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  account.setOwner(owner);
}

/** What an account is made with; `from` and `to` are positions in the instruction. */
export interface Creation {
  readonly to: number;
  readonly from: number;
  readonly address: Address;
  readonly lamports: bigint;
  readonly space: bigint;
  readonly owner: Pubkey;
}

export function createAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  { to, from, address, lamports, space, owner }: Creation,
  prefunded: 'refuse-prefunded' | 'allow-prefunded',
): void {
  const signers = instruction.signers();
  const account = instruction.borrow(to);
  if (prefunded === 'refuse-prefunded' && account.lamports > 0n) {
    invoke.log(`Create Account: account ${debug(address)} already in use`);
    throw systemFailure('AccountAlreadyInUse');
  }
  allocate(invoke, account, address, space, signers);
  assign(invoke, account, address, owner, signers);
  account.release();
  if (prefunded === 'allow-prefunded' && lamports === 0n) return;
  transfer(invoke, instruction, from, to, lamports);
}

function transferVerified(
  invoke: InvokeContext,
  instruction: InstructionContext,
  from: number,
  to: number,
  lamports: bigint,
): void {
  const source = instruction.borrow(from);
  if (source.data.length > 0) {
    invoke.log('Transfer: `from` must not carry data');
    throw new InstructionFailure('InvalidArgument');
  }
  if (lamports > source.lamports) {
    invoke.log(`Transfer: insufficient lamports ${source.lamports}, need ${lamports}`);
    throw systemFailure('ResultWithNegativeLamports');
  }
  source.checkedSubLamports(lamports);
  source.release();
  instruction.borrow(to).checkedAddLamports(lamports);
}

export function transfer(
  invoke: InvokeContext,
  instruction: InstructionContext,
  from: number,
  to: number,
  lamports: bigint,
): void {
  if (!instruction.isSigner(from)) {
    invoke.log(`Transfer: \`from\` account ${instruction.keyOfAccount(from)} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  transferVerified(invoke, instruction, from, to, lamports);
}

/** Accounts: 0 the source, 1 the base that signs for it, 2 the recipient. */
export function transferWithSeed(
  invoke: InvokeContext,
  instruction: InstructionContext,
  lamports: bigint,
  seed: Uint8Array,
  owner: Pubkey,
): void {
  const base = instruction.keyOfAccount(1);
  if (!instruction.isSigner(1)) {
    invoke.log(`Transfer: 'from' account ${base} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  const derived = addressWithSeed(base, seed, owner);
  const from = instruction.keyOfAccount(0);
  if (!from.equals(derived)) {
    invoke.log(`Transfer: 'from' address ${from} does not match derived address ${derived}`);
    throw systemFailure('AddressWithSeedMismatch');
  }
  transferVerified(invoke, instruction, 0, 2, lamports);
}
