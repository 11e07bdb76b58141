/** The instructions that the samples are made of. */
import { findProgramAddress } from '../../../src/vm-preview/svm/address';
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import type { AccountUse, Instruction } from './build';

const SYSTEM_PROGRAM = Pubkey.fromBase58('11111111111111111111111111111111');
const RECENT_BLOCKHASHES = Pubkey.fromBase58('SysvarRecentB1ockHashes11111111111111111111');
const ATA_PROGRAM = Pubkey.fromBase58('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');

const writable = (address: Pubkey): AccountUse => ({ address, isSigner: false, isWritable: true });
const readonly = (address: Pubkey): AccountUse => ({ address, isSigner: false, isWritable: false });
const signing = (use: AccountUse): AccountUse => ({ ...use, isSigner: true });

export interface TokenRef {
  readonly mint: Pubkey;
  readonly program: Pubkey;
  readonly decimals: number;
}

export function transferSol(from: Pubkey, to: Pubkey, lamports: bigint): Instruction {
  return {
    program: SYSTEM_PROGRAM,
    accounts: [signing(writable(from)), writable(to)],
    data: bytes([u32(2), u64(lamports)]),
  };
}

/** Hands the account itself to a program. */
export function assign(account: Pubkey, owner: Pubkey): Instruction {
  return {
    program: SYSTEM_PROGRAM,
    accounts: [signing(writable(account))],
    data: bytes([u32(1), owner.bytes]),
  };
}

/** The account that holds an owner's tokens of a mint. */
export function tokenAccount(owner: Pubkey, { mint, program }: TokenRef): Pubkey {
  const seeds = [owner.bytes, program.bytes, mint.bytes];
  const found = findProgramAddress(seeds, ATA_PROGRAM);
  if (found === undefined) throw new Error('no address is off the curve');
  return found.address;
}

/** Opens the owner's token account unless it is there. */
export function openTokenAccount(payer: Pubkey, owner: Pubkey, token: TokenRef): Instruction {
  return {
    program: ATA_PROGRAM,
    accounts: [
      signing(writable(payer)),
      writable(tokenAccount(owner, token)),
      readonly(owner),
      readonly(token.mint),
      readonly(SYSTEM_PROGRAM),
      readonly(token.program),
    ],
    data: Uint8Array.of(1),
  };
}

/** `TransferChecked`, between the two owners' token accounts. */
export function transferToken(
  from: Pubkey,
  to: Pubkey,
  token: TokenRef,
  amount: bigint,
): Instruction {
  return {
    program: token.program,
    accounts: [
      writable(tokenAccount(from, token)),
      readonly(token.mint),
      writable(tokenAccount(to, token)),
      signing(readonly(from)),
    ],
    data: bytes([Uint8Array.of(12), u64(amount), Uint8Array.of(token.decimals)]),
  };
}

/** `Approve`: the delegate may take up to `amount`. */
export function approve(
  owner: Pubkey,
  delegate: Pubkey,
  token: TokenRef,
  amount: bigint,
): Instruction {
  return {
    program: token.program,
    accounts: [writable(tokenAccount(owner, token)), readonly(delegate), signing(readonly(owner))],
    data: bytes([Uint8Array.of(4), u64(amount)]),
  };
}

/** `SetAuthority` of a token account: its tokens are another's from then on. */
export function giveTokenAccount(owner: Pubkey, to: Pubkey, token: TokenRef): Instruction {
  return {
    program: token.program,
    accounts: [writable(tokenAccount(owner, token)), signing(readonly(owner))],
    data: bytes([Uint8Array.of(6, 2, 1), to.bytes]),
  };
}

/** A transaction that begins with this is good until its nonce is used. */
export function advanceNonce(nonceAccount: Pubkey, authority: Pubkey): Instruction {
  return {
    program: SYSTEM_PROGRAM,
    accounts: [writable(nonceAccount), readonly(RECENT_BLOCKHASHES), signing(readonly(authority))],
    data: u32(4),
  };
}

function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}

function u64(value: bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value, true);
  return out;
}

function bytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}
