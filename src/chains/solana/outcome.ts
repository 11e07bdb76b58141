/** An outcome in the preview's words: verdict, fee, raw results. */
import type {
  Asset,
  ChainError,
  Fee,
  RawAccount,
  RawOutcome,
  StateDiff,
  Verdict,
} from '../../vm-preview/model/preview';
import {
  type Account,
  type InstructionError,
  instructionErrorText,
  type SvmOutcome,
  type TransactionError,
  transactionErrorText,
} from '../../vm-preview/svm';
import { encodeBase64 } from '../base64';
import { equalBytes, toHex } from '../hex';
import { programErrorText } from './program-errors';

export function verdictOf(outcome: SvmOutcome, programs: readonly string[]): Verdict {
  const { error, landing } = outcome;
  if (error === undefined) return { kind: 'success' };
  const told = chainError(error, programs, outcome.logs);
  return { kind: landing === 'refused' ? 'refused' : 'failure', error: told };
}

/** @param programs - of the instructions, in order */
function chainError(
  error: TransactionError,
  programs: readonly string[],
  logs: readonly string[],
): ChainError {
  if (typeof error === 'string')
    return { code: error, text: sentence(transactionErrorText(error)) };
  if ('InstructionError' in error) {
    const [at, inner] = error.InstructionError;
    const program = failedProgram(logs) ?? programs[at];
    const text =
      (program === undefined ? undefined : programErrorText(program, inner)) ??
      instructionErrorText(inner);
    return {
      code: `InstructionError: ${errorName(inner)}`,
      text: sentence(`instruction ${at + 1} failed: ${text}`),
      at,
      ...(program === undefined ? {} : { program }),
    };
  }
  const [name] = Object.keys(error);
  return { code: name ?? 'Unknown', text: sentence(transactionErrorText(error)) };
}

function errorName(error: InstructionError): string {
  if (typeof error === 'string') return error;
  const [entry] = Object.entries(error);
  return entry === undefined ? 'Unknown' : `${entry[0]}(${String(entry[1])})`;
}

/** The innermost program that failed is the one that the chain logs first. */
function failedProgram(logs: readonly string[]): string | undefined {
  for (const line of logs) {
    const found = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) failed: /.exec(line);
    if (found?.[1] !== undefined) return found[1];
  }
  return undefined;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

export function feeOf(outcome: SvmOutcome, payer: string, coin: Asset): Fee {
  const { priority, signature } = outcome.fee;
  return {
    payer,
    total: (signature + priority).toString(),
    parts: [
      { label: 'signatures', amount: signature.toString() },
      { label: 'priority', amount: priority.toString() },
    ],
    asset: coin,
  };
}

export function rawOutcome(outcome: SvmOutcome): RawOutcome {
  const { returnData } = outcome;
  return {
    logs: outcome.logs,
    units: {
      used: outcome.computeUnits.toString(),
      limit: outcome.computeUnitLimit.toString(),
    },
    ...(returnData === undefined
      ? {}
      : {
          returnData: { program: returnData.programId.toBase58(), hex: toHex(returnData.data) },
        }),
    diff: outcome.accounts.flatMap(({ address, after, before }): StateDiff[] => {
      if (isSameAccount(before, after)) return [];
      const dataChanged =
        before === undefined || after === undefined || !equalBytes(before.data, after.data);
      return [
        {
          address: address.toBase58(),
          before: rawAccount(before, dataChanged),
          after: rawAccount(after, dataChanged),
        },
      ];
    }),
  };
}

export function isSameAccount(before: Account | undefined, after: Account | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return (
    before === after ||
    (before.lamports === after.lamports &&
      before.owner.equals(after.owner) &&
      before.executable === after.executable &&
      equalBytes(before.data, after.data))
  );
}

function rawAccount(account: Account | undefined, withData: boolean): RawAccount | null {
  if (account === undefined) return null;
  return {
    lamports: account.lamports.toString(),
    owner: account.owner.toBase58(),
    executable: account.executable,
    dataLength: account.data.length,
    ...(withData ? { data: encodeBase64(account.data) } : {}),
  };
}
