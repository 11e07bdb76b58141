/**
 * One builtin instruction on given accounts, without the rest of a transaction: what agave's
 * `mock_process_instruction` is to its builtins' tests.
 */
import type { Account } from '../../../../src/vm-preview/svm/account';
import {
  type InstructionError,
  InstructionFailure,
} from '../../../../src/vm-preview/svm/errors/instruction-error';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { NATIVE_LOADER, SYSTEM_PROGRAM } from '../../../../src/vm-preview/svm/programs/ids';
import { systemProgram } from '../../../../src/vm-preview/svm/programs/system/program';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { RuntimeComputeMeter } from '../../../../src/vm-preview/svm/runtime/compute-meter';
import { RuntimeTransactionContext } from '../../../../src/vm-preview/svm/runtime/transaction-context';
import type {
  BuiltinProgram,
  Instruction,
  InvokeContext,
} from '../../../../src/vm-preview/svm/runtime/types';
import { LoadedState } from '../../../../src/vm-preview/svm/state';
import { SYSVAR_IDS, SYSVAR_OWNER_ID } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  decodeSysvars,
  type SysvarCache,
} from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';

export interface Meta {
  readonly pubkey: Pubkey;
  readonly isSigner?: boolean;
  readonly isWritable?: boolean;
}

export interface BuiltinRun {
  readonly program: BuiltinProgram;
  readonly programId: Pubkey;
  readonly data: Uint8Array;
  readonly accounts: readonly (readonly [Pubkey, Partial<Account>])[];
  readonly metas: readonly Meta[];
  readonly features?: FeatureSet;
  readonly units?: number;
  readonly sysvars?: Sysvars;
  readonly blockhash?: Uint8Array;
}

export interface BuiltinResult {
  readonly error: InstructionError | undefined;
  readonly logs: readonly string[];
  readonly units: number;
  readonly accounts: readonly Account[];
  /** Programs that may not be called again. */
  readonly hidden: readonly string[];
}

export function account(fields: Partial<Account> = {}): Account {
  return {
    lamports: 0n,
    data: new Uint8Array(0),
    owner: SYSTEM_PROGRAM,
    executable: false,
    rentEpoch: 0n,
    ...fields,
  };
}

let unique = 0;
export function newPubkey(): Pubkey {
  const bytes = new Uint8Array(32).fill(7);
  new DataView(bytes.buffer).setUint32(0, ++unique);
  return Pubkey.from(bytes);
}

export interface Sysvars {
  readonly slot?: bigint;
  readonly epoch?: bigint;
  readonly leaderScheduleEpoch?: bigint;
  readonly lamportsPerByte?: bigint;
  readonly slotsPerEpoch?: bigint;
  /** How many blockhashes RecentBlockhashes holds. */
  readonly blockhashes?: number;
}

/** The sysvars' own bytes, so that they pass through this project's decoders. */
export function sysvarAccounts(values: Sysvars = {}): readonly (readonly [Pubkey, Account])[] {
  const clock = new DataView(new ArrayBuffer(40));
  clock.setBigUint64(0, values.slot ?? 10n, true);
  clock.setBigUint64(16, values.epoch ?? 0n, true);
  clock.setBigUint64(24, values.leaderScheduleEpoch ?? values.epoch ?? 0n, true);
  const rent = new DataView(new ArrayBuffer(17));
  rent.setBigUint64(0, values.lamportsPerByte ?? 0n, true);
  rent.setFloat64(8, 1, true);
  rent.setUint8(16, 50);
  const schedule = new DataView(new ArrayBuffer(33));
  schedule.setBigUint64(0, values.slotsPerEpoch ?? 432_000n, true);
  schedule.setBigUint64(8, 432_000n, true);
  const count = values.blockhashes ?? 150;
  const blockhashes = new DataView(new ArrayBuffer(8 + 40 * count));
  blockhashes.setBigUint64(0, BigInt(count), true);
  const rows = [
    [SYSVAR_IDS.clock, clock],
    [SYSVAR_IDS.rent, rent],
    [SYSVAR_IDS.epochSchedule, schedule],
    [SYSVAR_IDS.recentBlockhashes, blockhashes],
  ] as const;
  return rows.map(([id, view]) => [
    id,
    account({ lamports: 1n, data: new Uint8Array(view.buffer), owner: SYSVAR_OWNER_ID }),
  ]);
}

function unavailable(): never {
  throw new Error('a builtin has no such thing');
}

class BuiltinContext implements InvokeContext {
  readonly logs: string[] = [];
  readonly hidden: string[] = [];
  readonly checkAligned = true;
  readonly hostBudget = { charge: () => undefined };
  readonly meter: RuntimeComputeMeter;
  readonly features: FeatureSet;
  readonly environment: InvokeContext['environment'];

  constructor(
    readonly transaction: RuntimeTransactionContext,
    readonly sysvars: SysvarCache,
    { features, units, blockhash }: BuiltinRun,
  ) {
    this.features = features ?? FeatureSet.all();
    this.meter = new RuntimeComputeMeter(units ?? 200_000);
    this.environment = {
      blockhash: blockhash ?? new Uint8Array(32).fill(9),
      lamportsPerSignature: 5000n,
      epochTotalStake: 0n,
      epochVoteAccountStake: () => 0n,
    };
  }

  get budget(): never {
    return unavailable();
  }
  get cost(): never {
    return unavailable();
  }
  get memory(): never {
    return unavailable();
  }
  get allocator(): never {
    return unavailable();
  }

  log(message: string): void {
    this.logs.push(message);
  }

  hideProgram(programId: Pubkey): void {
    this.hidden.push(programId.toBase58());
  }

  isPrecompile(): boolean {
    return false;
  }

  /** Only the System program is called by builtins; privileges are the runtime's own tests' matter. */
  nativeInvoke(instruction: Instruction, signers: readonly Pubkey[]): void {
    expect(instruction.programId.toBase58()).toBe(SYSTEM_PROGRAM.toBase58());
    const { transaction } = this;
    const indexOf = (key: Pubkey): number => {
      const index = transaction.findIndexOfAccount(key);
      if (index === undefined) throw new InstructionFailure('MissingAccount');
      return index;
    };
    const caller = transaction.currentInstruction();
    for (const { pubkey, isSigner } of instruction.accounts) {
      const isGiven = caller.signers().has(pubkey.key) || signers.some((key) => key.equals(pubkey));
      if (isSigner && !isGiven) throw new InstructionFailure('PrivilegeEscalation');
    }
    transaction.configureNextCall({
      programIndexInTransaction: indexOf(SYSTEM_PROGRAM),
      accounts: instruction.accounts.map(({ pubkey, isSigner, isWritable }) => ({
        indexInTransaction: indexOf(pubkey),
        isSigner,
        isWritable,
      })),
      data: instruction.data,
    });
    transaction.push();
    const open = transaction.accounts.openBorrows;
    systemProgram(this);
    transaction.accounts.releaseBorrowsAfter(open);
    transaction.pop();
  }

  prepareNextInstruction(): void {
    unavailable();
  }

  processInstruction(): void {
    unavailable();
  }
}

export function runBuiltin(run: BuiltinRun): BuiltinResult {
  const sysvars = sysvarAccounts(run.sysvars);
  const native = account({ owner: NATIVE_LOADER, executable: true, lamports: 1n });
  const given = run.accounts.map(([key, fields]) => [key, account(fields)] as const);
  const keyed = [
    ...given,
    [run.programId, native] as const,
    [SYSTEM_PROGRAM, native] as const,
    ...sysvars,
  ];
  const keys = keyed.map(([key]) => key);
  const position = (key: Pubkey): number => {
    const index = keys.findIndex((candidate) => candidate.equals(key));
    if (index < 0) throw new Error(`no account ${key}`);
    return index;
  };
  const cache = decodeSysvars(new LoadedState(sysvars));
  const transaction = new RuntimeTransactionContext({
    accounts: keyed.map(([address, value]) => ({ address, account: value })),
    rent: cache.rent,
    maxInstructionStackDepth: 5,
    maxInstructionTraceLength: 64,
    topLevelInstructions: [
      {
        programIndexInTransaction: position(run.programId),
        accounts: run.metas.map(({ pubkey, isSigner, isWritable }) => ({
          indexInTransaction: position(pubkey),
          isSigner: isSigner ?? false,
          isWritable: isWritable ?? false,
        })),
        data: run.data,
      },
    ],
  });
  const context = new BuiltinContext(transaction, cache, run);
  const before = context.meter.remaining;
  transaction.push();
  let error: InstructionError | undefined;
  try {
    run.program(context);
  } catch (thrown) {
    if (!(thrown instanceof InstructionFailure)) throw thrown;
    error = thrown.error;
  }
  transaction.accounts.releaseBorrowsAfter(0);
  return {
    error,
    logs: context.logs,
    units: before - context.meter.remaining,
    accounts: given.map((_, index) => transaction.accounts.at(index).toAccount()),
    hidden: context.hidden,
  };
}
