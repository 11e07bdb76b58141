import { type InstructionError, InstructionFailure } from '../errors/instruction-error';
import { type InvokeContextOptions, RuntimeInvokeContext } from './invoke-context';
import type { KeyedAccount, TransactionAccounts } from './transaction-accounts';
import { type CompiledCall, RuntimeTransactionContext } from './transaction-context';
import type { ReturnData } from './types';

export interface MessageRun extends InvokeContextOptions {
  /** In the message's order; an address that has no account is given as an empty one. */
  readonly accounts: readonly KeyedAccount[];
  /** The transaction's own instructions. */
  readonly instructions: readonly CompiledCall[];
}

/** An instruction that a program called. Indexes are those of the transaction's accounts. */
export interface CalledInstruction {
  readonly programIndex: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
  /** 2 for a call made by an instruction of the transaction. */
  readonly stackHeight: number;
  /** Compute units, with those of what it called; undefined where it did not start. */
  readonly units: number | undefined;
}

export interface ProcessedMessage {
  /** Undefined when all instructions succeeded. */
  readonly failure:
    | { readonly instructionIndex: number; readonly error: InstructionError }
    | undefined;
  readonly computeUnits: number;
  readonly logs: readonly string[];
  /** Of the last program that ran; empty data when it set none. */
  readonly returnData: ReturnData;
  /** By instruction of the transaction, in the order in which they were made. */
  readonly innerInstructions: readonly (readonly CalledInstruction[])[];
  /** Compute units by instruction of the transaction, with those of what it called; undefined where it did not start. */
  readonly instructionUnits: readonly (number | undefined)[];
  /** After the last instruction that ran: a failure undoes nothing here. */
  readonly accounts: TransactionAccounts;
}

/**
 * Runs the instructions of a transaction one after another, until one fails.
 * Source: agave `program-runtime/src/invoke_context.rs` (`process_message`).
 *
 * @throws MissingStateError, CannotPreview
 */
export function processMessage(run: MessageRun): ProcessedMessage {
  const transaction = new RuntimeTransactionContext({
    accounts: run.accounts,
    rent: run.sysvars.rent,
    maxInstructionStackDepth: run.budget.maxInstructionStackDepth,
    maxInstructionTraceLength: run.budget.maxInstructionTraceLength,
    topLevelInstructions: run.instructions,
  });
  const context = new RuntimeInvokeContext(transaction, run);
  try {
    const failure = processInstructions(context, run.instructions);
    return {
      failure,
      computeUnits: run.budget.computeUnitLimit - context.meter.remaining,
      logs: context.logs.messages,
      returnData: transaction.returnData,
      innerInstructions: innerInstructions(transaction, context.units),
      instructionUnits: run.instructions.map((_, index) => context.units[index]),
      accounts: transaction.accounts,
    };
  } finally {
    context.end();
  }
}

function processInstructions(
  context: RuntimeInvokeContext,
  instructions: readonly CompiledCall[],
): ProcessedMessage['failure'] {
  const datas = instructions.map(({ data }) => data);
  for (const instructionIndex of instructions.keys()) {
    try {
      if (context.isPrecompile(context.transaction.nextInstruction().programKey)) {
        context.processPrecompile(datas);
      } else {
        context.processInstruction();
      }
    } catch (thrown) {
      if (thrown instanceof InstructionFailure) return { instructionIndex, error: thrown.error };
      throw thrown;
    }
  }
  return undefined;
}

/** Source: agave `svm/src/transaction_processor.rs` (`deconstruct_transaction`). */
function innerInstructions(
  transaction: RuntimeTransactionContext,
  units: readonly (number | undefined)[],
): CalledInstruction[][] {
  const { topLevelLength } = transaction;
  const byInstruction: CalledInstruction[][] = [];
  for (let index = 0; index < topLevelLength; index++) byInstruction.push([]);
  for (let index = topLevelLength; index < transaction.traceLength; index++) {
    const call = transaction.instructionAtIndexInTrace(index);
    let outermost = call;
    while (outermost.indexOfCaller !== undefined) {
      outermost = transaction.instructionAtIndexInTrace(outermost.indexOfCaller);
    }
    byInstruction[outermost.indexInTrace]?.push({
      programIndex: call.programIndexInTransaction,
      accounts: call.accounts.map(({ indexInTransaction }) => indexInTransaction),
      data: call.data,
      stackHeight: call.stackHeight,
      units: units[index],
    });
  }
  return byInstruction;
}
