/**
 * Where a cell is set up: a LiteSVM of its own, accounts by name, and transactions of web3.js.
 * Nothing here is encoded by this project's code.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';
import {
  address,
  appendTransactionMessageInstructions,
  blockhash,
  compileTransaction,
  createTransactionMessage,
  getTransactionEncoder,
  setTransactionMessageConfig,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import {
  type AddressLookupTableAccount,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { FailedTransactionMetadata } from 'litesvm/dist/internal';
import { transactionError } from '../../../localnet/solana/errors';
import { type Account, Pubkey } from '../../../src/vm-preview/svm';
import { LitesvmWorld, type WorldOptions } from '../../support/litesvm-world';

export const SOL = 1_000_000_000n;

export interface AccountFields {
  readonly lamports?: bigint;
  readonly data?: Uint8Array;
  readonly owner?: PublicKey;
  readonly executable?: boolean;
}

export interface TransactionOptions {
  readonly payer?: PublicKey;
  /** 32 bytes in base58; the newest when absent. */
  readonly blockhash?: string;
  readonly version?: 'legacy' | 0;
  readonly tables?: AddressLookupTableAccount[];
}

export interface TransactionConfig {
  readonly computeUnitLimit?: number;
  readonly heapSize?: number;
  readonly loadedAccountsDataSizeLimit?: number;
  readonly priorityFeeLamports?: bigint;
}

function kitInstruction({ programId, keys, data }: TransactionInstruction) {
  return {
    programAddress: address(programId.toBase58()),
    accounts: keys.map(({ pubkey, isSigner, isWritable }) => ({
      address: address(pubkey.toBase58()),
      role: Number(isWritable) | (Number(isSigner) << 1),
    })),
    data,
  };
}

export class Bench {
  readonly world: LitesvmWorld;
  /** Pays for every transaction unless it names another. */
  readonly payer = this.key('payer');

  /** Lamports for the signatures of the last transaction made. */
  fee = 0n;

  constructor(options?: WorldOptions) {
    this.world = new LitesvmWorld(options);
    // Its own programs were deployed in slot 0, and run from the next.
    this.warp(1000n);
    this.fund(this.payer, 100n * SOL);
  }

  /** An address for a name, the same in every run. */
  key(name: string): PublicKey {
    return new PublicKey(sha256(new TextEncoder().encode(name)));
  }

  /** Lamports that make this many bytes rent-exempt. */
  rent(bytes: number): bigint {
    return this.world.native.minimumBalanceForRentExemption(BigInt(bytes));
  }

  fund(address: PublicKey, lamports: bigint): PublicKey {
    return this.set(address, { lamports });
  }

  /** Puts an account there; rent-exempt when no balance is given. */
  set(address: PublicKey, fields: AccountFields): PublicKey {
    const { lamports, data, owner, executable } = fields;
    this.world.set(Pubkey.from(address.toBytes()), {
      lamports: lamports ?? this.rent(data?.length ?? 0),
      data: data ?? new Uint8Array(0),
      owner: Pubkey.from((owner ?? SystemProgram.programId).toBytes()),
      executable: executable ?? false,
    });
    return address;
  }

  get(address: PublicKey): Account {
    const account = this.world.get(Pubkey.from(address.toBytes()));
    if (account === undefined) throw new Error(`no account ${address.toBase58()}`);
    return account;
  }

  /** Deploys a program, a slot ago, and gives its address. */
  program(name: string, elf: Uint8Array, loader?: PublicKey): PublicKey {
    return this.programAt(this.key(name), elf, loader);
  }

  /** The same at an address of its own. */
  programAt(id: PublicKey, elf: Uint8Array, loader?: PublicKey): PublicKey {
    const owner = loader === undefined ? undefined : Pubkey.from(loader.toBytes());
    this.world.addProgram(Pubkey.from(id.toBytes()), elf, owner);
    this.warp(this.world.native.getClock().slot + 1n);
    return id;
  }

  /** A transaction with all signatures zero: both sides run with signature checks off. */
  transaction(
    instructions: readonly TransactionInstruction[],
    options: TransactionOptions = {},
  ): Uint8Array {
    const message = new TransactionMessage({
      payerKey: options.payer ?? this.payer,
      recentBlockhash: options.blockhash ?? base58.encode(this.world.blockhash),
      instructions: [...instructions],
    });
    const compiled =
      options.version === 0
        ? message.compileToV0Message(options.tables)
        : message.compileToLegacyMessage();
    this.fee = 5000n * BigInt(compiled.header.numRequiredSignatures);
    return new VersionedTransaction(compiled).serialize();
  }

  /** A transaction of version 1, which only the newer client writes. */
  transactionV1(
    instructions: readonly TransactionInstruction[],
    config: TransactionConfig,
  ): Uint8Array {
    const empty = setTransactionMessageConfig(config, createTransactionMessage({ version: 1 }));
    const paid = setTransactionMessageFeePayer(address(this.payer.toBase58()), empty);
    const lifetime = {
      blockhash: blockhash(this.world.native.latestBlockhash()),
      lastValidBlockHeight: 0n,
    };
    const dated = setTransactionMessageLifetimeUsingBlockhash(lifetime, paid);
    const message = appendTransactionMessageInstructions(instructions.map(kitInstruction), dated);
    this.fee = 5000n;
    return Uint8Array.from(getTransactionEncoder().encode(compileTransaction(message)));
  }

  /** Runs instructions on the native side, to set a cell up; throws when they fail. */
  run(...instructions: readonly TransactionInstruction[]): void {
    const { native } = this.world;
    const sent = native.sendLegacyTransaction(this.transaction(instructions));
    if (sent instanceof FailedTransactionMetadata) {
      const error = JSON.stringify(transactionError(sent));
      throw new Error(`set-up failed: ${error}\n${sent.meta().logs().join('\n')}`);
    }
  }

  /** As time passes: a new blockhash, and the clock's slot and epoch. */
  warp(slot: bigint, epoch?: bigint): void {
    const { native } = this.world;
    native.warpToSlot(slot);
    if (epoch !== undefined) {
      const clock = native.getClock();
      clock.epoch = epoch;
      clock.leaderScheduleEpoch = epoch;
      native.setClock(clock);
    }
    native.expireBlockhash();
  }
}
