/** Runs the same instructions here and in litesvm (agave itself), and compares all that comes out. */
import {
  ComputeBudgetProgram,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { FailedTransactionMetadata, LiteSVM, FeatureSet as NativeFeatureSet } from 'litesvm';
import { RuntimeHostBudget } from '../../../../src/vm-preview/host-budget';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import {
  type ProcessedMessage,
  processMessage,
} from '../../../../src/vm-preview/svm/runtime/process-message';
import { LoadedState } from '../../../../src/vm-preview/svm/state';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import { instructionsSysvarAccount } from '../../../../src/vm-preview/svm/sysvars/instructions';
import { decodeSysvars } from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';

const FEE = 5000n;
const UNITS = 1_400_000;
/** Of the System program's account in litesvm. */
export const SYSTEM_BYTES = 'solana_system_program'.length;
const SYSTEM = Pubkey.from(new Uint8Array(32));

/** Gates that litesvm's own default, mainnet's, has active. */
const BASE = mainnetFeatures();

function mainnetFeatures(): readonly FeatureName[] {
  // One for all: each takes eight megabytes, which are freed late.
  const svm = new LiteSVM();
  const names = Object.keys(FEATURE_IDS) as FeatureName[];
  return names.filter((name) => svm.getAccount(FEATURE_IDS[name] as Address).exists);
}

export interface FeatureChanges {
  readonly add?: FeatureName[];
  readonly remove?: FeatureName[];
}

/** Each way of laying out a program's input. */
export const MODES: readonly (readonly [string, FeatureChanges])[] = [
  ['mainnet', {}],
  ['without address restrictions', { remove: ['syscall_parameter_address_restrictions'] }],
  ['adjusted address space', { add: ['virtual_address_space_adjustments'] }],
  ['direct mapping', { add: ['virtual_address_space_adjustments', 'account_data_direct_mapping'] }],
  [
    'direct mapping and account pointers',
    {
      add: [
        'virtual_address_space_adjustments',
        'account_data_direct_mapping',
        'direct_account_pointers_in_program_input',
      ],
    },
  ],
];

type Address = Parameters<LiteSVM['getAccount']>[0];
type NativeTransaction = Parameters<LiteSVM['simulateTransaction']>[0];

export interface Outcome {
  /** In Rust's debug form, as litesvm shows it. */
  readonly error: string | undefined;
  readonly units: number;
  readonly logs: readonly string[];
  readonly returnData: readonly [string, string];
  readonly inner: readonly (readonly unknown[])[];
  /** Only when it succeeded. */
  readonly accounts: ReadonlyMap<string, unknown> | undefined;
}

/** A chain in both forms. */
export class Twin {
  readonly svm: LiteSVM;
  readonly features: FeatureSet;
  /** Milliseconds of the last run here. */
  lastMilliseconds = 0;

  constructor(changes: FeatureChanges = {}) {
    const active = new Set([...BASE, ...(changes.add ?? [])]);
    for (const name of changes.remove ?? []) active.delete(name);
    const native = new NativeFeatureSet();
    for (const name of active) native.activate(Pubkey.fromBase58(FEATURE_IDS[name]).bytes, 0n);
    this.svm = new LiteSVM()
      .withFeatureSet(native)
      .withBuiltins()
      // Programs keep the environment that they were loaded in: load them anew.
      .withDefaultPrograms()
      .withSigverify(false)
      .withBlockhashCheck(false)
      .withTransactionHistory(0n);
    this.features = new FeatureSet(active);
    this.nextSlot();
  }

  /** litesvm runs programs in the slot of their deployment; agave, from the next. */
  nextSlot(): void {
    this.svm.warpToSlot(this.svm.getClock().slot + 1n);
  }

  set(key: PublicKey, fields: Partial<Account> & { readonly owner?: Pubkey }): void {
    const data = fields.data ?? new Uint8Array(0);
    this.svm.setAccount({
      address: key.toBase58() as Address,
      data,
      executable: fields.executable ?? false,
      lamports: (fields.lamports ?? 10_000_000_000n) as never,
      programAddress: (fields.owner ?? SYSTEM).toBase58() as Address,
      space: BigInt(data.length),
    });
  }

  get(key: Pubkey): Account | undefined {
    const account = this.svm.getAccount(key.toBase58() as Address);
    if (!account.exists) return undefined;
    return {
      lamports: account.lamports,
      data: Uint8Array.from(account.data),
      owner: Pubkey.fromBase58(account.programAddress),
      executable: account.executable,
      rentEpoch: 0xffff_ffff_ffff_ffffn,
    };
  }

  compile(payer: PublicKey, instructions: readonly TransactionInstruction[]): VersionedTransaction {
    const message = new TransactionMessage({
      payerKey: payer,
      recentBlockhash: this.svm.latestBlockhash(),
      instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS }), ...instructions],
    }).compileToV0Message();
    return new VersionedTransaction(message);
  }

  native(transaction: VersionedTransaction): Outcome {
    const { message } = transaction;
    const keys = message.staticAccountKeys;
    const signatures = Object.fromEntries(
      keys
        .slice(0, message.header.numRequiredSignatures)
        .map((key) => [key.toBase58(), new Uint8Array(64)]),
    );
    const result = this.svm.simulateTransaction({
      messageBytes: message.serialize(),
      signatures,
    } as unknown as NativeTransaction);
    const isFailure = result instanceof FailedTransactionMetadata;
    const meta = result.meta();
    const returnData = meta.returnData();
    return {
      error: isFailure ? debugError(result) : undefined,
      units: Number(meta.computeUnitsConsumed()),
      logs: meta.logs(),
      returnData: [
        new PublicKey(returnData.programId()).toBase58(),
        Buffer.from(returnData.data()).toString('hex'),
      ],
      inner: meta.innerInstructions().map((calls) =>
        calls.map((call) => {
          const instruction = call.instruction();
          return [
            instruction.programIdIndex(),
            [...instruction.accounts()],
            Buffer.from(instruction.data()).toString('hex'),
            call.stackHeight(),
          ];
        }),
      ),
      accounts: isFailure
        ? undefined
        : new Map(
            result.postAccounts().map((account) => [
              account.address,
              {
                lamports: BigInt(account.lamports),
                owner: account.programAddress,
                executable: account.executable,
                data: Buffer.from(account.data).toString('hex'),
              },
            ]),
          ),
    };
  }

  /** Runs here what `native` runs there, without the fee's own checks. */
  process(transaction: VersionedTransaction): ProcessedMessage {
    return this.prepare(transaction)();
  }

  /** Loads what the transaction needs; what it returns runs it, as often as one likes. */
  prepare(transaction: VersionedTransaction): () => ProcessedMessage {
    const { message } = transaction;
    const keys = message.staticAccountKeys.map((key) => Pubkey.from(key.toBytes()));
    const state = new LoadedState();
    const load = (key: Pubkey): Account | undefined => {
      const account = this.get(key);
      state.set(key, account ?? null);
      return account;
    };
    for (const key of Object.values(SYSVAR_IDS)) load(key);
    const accounts = keys.map((address, index) => {
      const loaded = load(address);
      if (loaded?.data.length === 36) load(Pubkey.from(loaded.data.subarray(4)));
      const account = loaded ?? {
        lamports: 0n,
        data: new Uint8Array(0),
        owner: SYSTEM,
        executable: false,
        rentEpoch: 0n,
      };
      const fee = index === 0 ? FEE * BigInt(message.header.numRequiredSignatures) : 0n;
      return { address, account: { ...account, lamports: account.lamports - fee } };
    });
    const instructions = message.compiledInstructions.map((instruction) => ({
      programIndexInTransaction: instruction.programIdIndex,
      data: instruction.data,
      accounts: [...instruction.accountKeyIndexes].map((indexInTransaction) => ({
        indexInTransaction,
        isSigner: message.isAccountSigner(indexInTransaction),
        isWritable:
          message.isAccountWritable(indexInTransaction) && !isReserved(keys[indexInTransaction]),
      })),
    }));
    const sysvar = instructionsSysvarAccount(
      instructions.map((instruction) => ({
        programId: at(keys, instruction.programIndexInTransaction),
        data: instruction.data,
        accounts: instruction.accounts.map((account) => ({
          ...account,
          pubkey: at(keys, account.indexInTransaction),
        })),
      })),
    );
    for (const entry of accounts) {
      if (entry.address.equals(SYSVAR_IDS.instructions) && sysvar !== undefined) {
        entry.account = sysvar;
      }
    }
    const sysvars = decodeSysvars(state);
    return () =>
      processMessage({
        accounts,
        instructions,
        state,
        features: this.features,
        budget: {
          computeUnitLimit: UNITS,
          maxInstructionStackDepth: this.features.isActive('raise_cpi_nesting_limit_to_8') ? 9 : 5,
          maxInstructionTraceLength: 64,
          sha256MaxSlices: 20_000,
          maxCallDepth: 64,
          stackFrameSize: 4096,
          heapSize: 32 * 1024,
        },
        sysvars,
        environment: {
          blockhash: new PublicKey(message.recentBlockhash).toBytes(),
          lamportsPerSignature: 5000n,
          epochTotalStake: 0n,
          epochVoteAccountStake: () => 0n,
        },
        hostBudget: new RuntimeHostBudget(60_000_000),
        programs: this.#programs,
      });
  }

  readonly #programs = new Map<string, object>();

  ours(transaction: VersionedTransaction): Outcome {
    const start = process.hrtime.bigint();
    const result = this.process(transaction);
    this.lastMilliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    const { failure } = result;
    const keys = result.accounts.keys;
    return {
      error:
        failure === undefined
          ? undefined
          : `InstructionError(${failure.instructionIndex}, ${
              typeof failure.error === 'string' ? failure.error : `Custom(${failure.error.Custom})`
            })`,
      units: result.computeUnits,
      logs: result.logs,
      returnData: [
        result.returnData.programId.toBase58(),
        Buffer.from(result.returnData.data).toString('hex'),
      ],
      inner: result.innerInstructions.map((calls) =>
        calls.map((call) => [
          call.programIndex,
          [...call.accounts],
          Buffer.from(call.data).toString('hex'),
          call.stackHeight,
        ]),
      ),
      accounts:
        failure !== undefined
          ? undefined
          : new Map(
              keys.map((key, index) => {
                const account = result.accounts.at(index);
                return [
                  key.toBase58(),
                  {
                    lamports: account.lamports,
                    owner: account.owner.toBase58(),
                    executable: account.executable,
                    data: Buffer.from(account.data).toString('hex'),
                  },
                ];
              }),
            ),
    };
  }

  /** Runs both, asserts that they agree, and gives the outcome. */
  compare(payer: PublicKey, instructions: readonly TransactionInstruction[]): Outcome {
    const transaction = this.compile(payer, instructions);
    const native = this.native(transaction);
    const ours = this.ours(transaction);
    expect({ ...ours, accounts: undefined }).toEqual({ ...native, accounts: undefined });
    for (const [address, account] of native.accounts ?? []) {
      expect([address, ours.accounts?.get(address)]).toEqual([address, account]);
    }
    return ours;
  }

  /** As `compare`, and lets litesvm keep the result. */
  commit(payer: PublicKey, instructions: readonly TransactionInstruction[]): Outcome {
    const outcome = this.compare(payer, instructions);
    const transaction = this.compile(payer, instructions);
    const { message } = transaction;
    const signatures = Object.fromEntries(
      message.staticAccountKeys
        .slice(0, message.header.numRequiredSignatures)
        .map((key) => [key.toBase58(), new Uint8Array(64)]),
    );
    this.svm.sendTransaction({
      messageBytes: message.serialize(),
      signatures,
    } as unknown as NativeTransaction);
    return outcome;
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${index}`);
  return item;
}

/** Programs and sysvars are read-only whatever the message says. */
function isReserved(key: Pubkey | undefined): boolean {
  if (key === undefined) return false;
  const text = key.toBase58();
  return (
    text === '11111111111111111111111111111111' ||
    Object.values(SYSVAR_IDS).some((sysvar) => sysvar.equals(key))
  );
}

function debugError(failure: FailedTransactionMetadata): string {
  const match = /err: (InstructionError\(\d+, (?:Custom\(\d+\)|\w+)\)|\w+)/.exec(
    failure.toString(),
  );
  return match?.[1] ?? failure.toString();
}
