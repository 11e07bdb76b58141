/**
 * What a transaction asks for: units, heap, account data and priority.
 * Source: agave `compute-budget-instruction/src/compute_budget_instruction_details.rs`,
 * `runtime-transaction/src/transaction_meta.rs`, `builtins-default-costs/src/lib.rs`,
 * `compute-budget/src/compute_budget_limits.rs`.
 */
import { TransactionFailure } from '../errors/transaction-error';
import type { FeatureSet } from '../features/feature-set';
import {
  COMPUTE_BUDGET_PROGRAM,
  ED25519_PROGRAM,
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  LOADER_V4,
  SECP256K1_PROGRAM,
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
} from '../programs/ids';
import type { Pubkey } from '../pubkey';
import {
  DEFAULT_INSTRUCTION_COMPUTE_UNIT_LIMIT,
  MAX_BUILTIN_ALLOCATION_COMPUTE_UNIT_LIMIT,
  MAX_COMPUTE_UNIT_LIMIT,
  MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES,
  MIN_HEAP_FRAME_BYTES,
} from '../runtime/execution-budget';
import type { Message } from './message';
import { isValidHeapSize } from './sanitize';

export interface TransactionBudget {
  readonly computeUnitLimit: number;
  /** In bytes. */
  readonly heapSize: number;
  /** In bytes. */
  readonly loadedAccountsDataSizeLimit: number;
  /** In lamports. */
  readonly priorityFee: bigint;
}

const MICRO_LAMPORTS_PER_LAMPORT = 1_000_000n;
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Requests by Compute Budget instructions, each at most once; their values are not checked yet. */
export interface BudgetRequests {
  heapSize?: { readonly index: number; readonly value: number };
  computeUnitLimit?: { readonly index: number; readonly value: number };
  computeUnitPrice?: { readonly index: number; readonly value: bigint };
  loadedAccountsDataSizeLimit?: { readonly index: number; readonly value: number };
}

function programIdAt(message: Message, index: number): Pubkey {
  const key = message.staticKeys[index];
  if (key === undefined) throw new TransactionFailure('SanitizeFailure');
  return key;
}

/** One instruction: a tag byte and a little-endian number; bytes after it are not looked at. */
function readRequest(requests: BudgetRequests, data: Uint8Array, index: number): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const set = <K extends keyof BudgetRequests>(
    name: K,
    bytes: 4 | 8,
    read: () => BudgetRequests[K],
  ): boolean => {
    if (data.length < 1 + bytes) return false;
    if (requests[name] !== undefined) throw new TransactionFailure({ DuplicateInstruction: index });
    requests[name] = read();
    return true;
  };
  const u32 = () => ({ index, value: view.getUint32(1, true) });
  switch (data[0]) {
    case 1:
      return set('heapSize', 4, u32);
    case 2:
      return set('computeUnitLimit', 4, u32);
    case 3:
      return set('computeUnitPrice', 8, () => ({ index, value: view.getBigUint64(1, true) }));
    case 4:
      return set('loadedAccountsDataSizeLimit', 4, u32);
    default:
      return false;
  }
}

function invalidData(index: number): TransactionFailure {
  return new TransactionFailure({ InstructionError: [index, 'InvalidInstructionData'] });
}

/**
 * What Compute Budget instructions ask for; a version 1 message has none, whatever its instructions.
 *
 * @param message - sanitized
 * @throws TransactionFailure DuplicateInstruction, InstructionError InvalidInstructionData
 */
export function readBudgetRequests(message: Message): BudgetRequests {
  const requests: BudgetRequests = {};
  if (message.version === 1) return requests;
  for (const [index, { programIdIndex, data }] of message.instructions.entries()) {
    if (!programIdAt(message, programIdIndex).equals(COMPUTE_BUDGET_PROGRAM)) continue;
    if (!readRequest(requests, data, index)) throw invalidData(index);
  }
  return requests;
}

/** Programs whose instructions count as builtin in the default limit; it must never grow (SIMD-0170). */
const BUILTIN_KEYS: ReadonlySet<string> = new Set(
  [
    SYSTEM_PROGRAM,
    COMPUTE_BUDGET_PROGRAM,
    LOADER_V3,
    LOADER_V1,
    LOADER_V2,
    LOADER_V4,
    SECP256K1_PROGRAM,
    ED25519_PROGRAM,
  ].map(({ key }) => key),
);

function countsAsBuiltin(programId: Pubkey, features: FeatureSet): boolean {
  if (programId.equals(VOTE_PROGRAM)) {
    return !features.isActive('bls_pubkey_management_in_vote_account');
  }
  return BUILTIN_KEYS.has(programId.key);
}

function defaultComputeUnitLimit(message: Message, features: FeatureSet): number {
  return message.instructions.reduce(
    (sum, { programIdIndex }) =>
      sum +
      (countsAsBuiltin(programIdAt(message, programIdIndex), features)
        ? MAX_BUILTIN_ALLOCATION_COMPUTE_UNIT_LIMIT
        : DEFAULT_INSTRUCTION_COMPUTE_UNIT_LIMIT),
    0,
  );
}

/**
 * Lamports for `price` micro-lamports a unit, rounded up; at most a u64 holds.
 */
export function prioritizationFee(price: bigint, computeUnitLimit: number): bigint {
  const micro = price * BigInt(computeUnitLimit);
  const fee = (micro + MICRO_LAMPORTS_PER_LAMPORT - 1n) / MICRO_LAMPORTS_PER_LAMPORT;
  return fee > U64_MAX ? U64_MAX : fee;
}

function budgetOfRequests(
  message: Message,
  requests: BudgetRequests,
  features: FeatureSet,
): TransactionBudget {
  const { heapSize, loadedAccountsDataSizeLimit } = requests;
  if (heapSize !== undefined && !isValidHeapSize(heapSize.value)) {
    throw invalidData(heapSize.index);
  }
  const computeUnitLimit = Math.min(
    requests.computeUnitLimit?.value ?? defaultComputeUnitLimit(message, features),
    MAX_COMPUTE_UNIT_LIMIT,
  );
  if (loadedAccountsDataSizeLimit?.value === 0) {
    throw new TransactionFailure('InvalidLoadedAccountsDataSizeLimit');
  }
  return {
    computeUnitLimit,
    heapSize: heapSize?.value ?? MIN_HEAP_FRAME_BYTES,
    loadedAccountsDataSizeLimit: Math.min(
      loadedAccountsDataSizeLimit?.value ?? MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES,
      MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES,
    ),
    priorityFee: prioritizationFee(requests.computeUnitPrice?.value ?? 0n, computeUnitLimit),
  };
}

/** A version 1 message says it itself; what it does not say is zero. */
function budgetOfConfig({ config }: Message): TransactionBudget {
  return {
    computeUnitLimit: Math.min(config.computeUnitLimit ?? 0, MAX_COMPUTE_UNIT_LIMIT),
    heapSize: config.heapSize ?? MIN_HEAP_FRAME_BYTES,
    loadedAccountsDataSizeLimit: Math.min(
      config.loadedAccountsDataSizeLimit ?? 0,
      MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES,
    ),
    priorityFee: config.priorityFee ?? 0n,
  };
}

/**
 * @param message - sanitized
 * @throws TransactionFailure InvalidLoadedAccountsDataSizeLimit, or InstructionError
 * InvalidInstructionData for a heap of no allowed size
 */
export function transactionBudget(
  message: Message,
  requests: BudgetRequests,
  features: FeatureSet,
): TransactionBudget {
  return message.version === 1
    ? budgetOfConfig(message)
    : budgetOfRequests(message, requests, features);
}
