/** A whole run: what goes in, what comes out. */
import type { Account } from '../account';
import type { TransactionError } from '../errors/transaction-error';
import type { FeatureSet } from '../features/feature-set';
import type { Pubkey } from '../pubkey';
import type { ProgramCache } from '../runtime/program-cache';
import type { ReturnData } from '../runtime/types';

/** What the run is told about the chain besides its accounts. A parameter, so that a run can be repeated under another one. */
export interface SvmEnvironment {
  readonly features: FeatureSet;
  readonly blockhashes: {
    /** The newest, 32 bytes: what a nonce advances to. */
    readonly last: Uint8Array;
    /** Whether the chain would still accept it (150 slots). */
    isValid(blockhash: Uint8Array): boolean;
  };
  /** Lamports a signature costs; 5000 on mainnet. */
  readonly lamportsPerSignature: bigint;
  /** For `sol_get_epoch_stake`; absent means that a program that asks cannot be previewed. */
  readonly epochStakes?: {
    readonly total: bigint;
    of(voteAccount: Pubkey): bigint;
  };
  /**
   * `strict`: every signature must be there and verify. `presume-missing`: an all-zero signature
   * counts as given (the user's own before approval, others still to come); one that is there must
   * verify. `off`: none is looked at.
   */
  readonly signatures: 'strict' | 'presume-missing' | 'off';
  /** Verified programs from earlier runs. */
  readonly programs?: ProgramCache;
  /** Microseconds of work on this machine before a run is given up; the default suits a snap. */
  readonly hostBudget?: number;
}

/** An instruction that a program called. */
export interface InnerInstruction {
  readonly programIndex: number;
  /** Indexes of the transaction's accounts. */
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
  /** 2 for a call made by an instruction of the transaction. */
  readonly stackHeight: number;
  /** Compute units, with those of what it called; undefined where it did not start. */
  readonly units: number | undefined;
}

/** One of the transaction's accounts, before and after. */
export interface AccountOutcome {
  readonly address: Pubkey;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  readonly before: Account | undefined;
  /** After the transaction, with the fee paid; `undefined` when it does not exist then. */
  readonly after: Account | undefined;
}

export interface SvmFee {
  /** Lamports for signatures, precompiles' included. */
  readonly signature: bigint;
  /** Lamports for priority. */
  readonly priority: bigint;
}

/**
 * `executed`: it lands and its fee is charged, whether it succeeds or not.
 * `fees-only`: it lands without running (a program failed to load, say); the fee is charged.
 * `refused`: it does not land; nothing changes.
 */
export type Landing = 'executed' | 'fees-only' | 'refused';

export interface SvmOutcome {
  readonly landing: Landing;
  /** `undefined` when it succeeds. */
  readonly error: TransactionError | undefined;
  /** Zero when refused. */
  readonly fee: SvmFee;
  readonly computeUnits: number;
  readonly computeUnitLimit: number;
  readonly logs: readonly string[];
  readonly returnData: ReturnData | undefined;
  /** By instruction of the transaction. */
  readonly innerInstructions: readonly (readonly InnerInstruction[])[];
  /** Compute units by instruction of the transaction, with those of what it called; undefined where it did not start. */
  readonly instructionUnits: readonly (number | undefined)[];
  /**
   * In the message's order: static keys, then those loaded through tables. Empty when the transaction
   * was refused before its accounts were known.
   */
  readonly accounts: readonly AccountOutcome[];
  /** Every address that was read, those of programs' data and sysvars included. */
  readonly read: readonly Pubkey[];
  readonly loadedAccountsDataSize: number;
}
