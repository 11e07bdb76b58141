/** One instruction in words: name, fields, accounts; bytes alone where the program is not known. */
import type { Asset, DecodedCall, DecodedField } from '../../../vm-preview/model/preview';
import { toHex } from '../../hex';
import { ByteReader, tryRead } from '../bytes';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V3,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  namedProgram,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  VOTE_PROGRAM,
} from '../programs';
import { associatedTokenInstructions } from './associated-token';
import { computeBudgetInstructions } from './compute-budget';
import { loaderInstructions } from './loader';
import { lookupTableInstructions } from './lookup-table';
import { memoInstructions } from './memo';
import type { FieldContext, InstructionRow, InstructionSet } from './row';
import { stakeInstructions } from './stake';
import { systemInstructions } from './system';
import { tokenInstructions } from './token';
import { voteInstructions } from './vote';

const INSTRUCTION_SETS: Readonly<Record<string, InstructionSet>> = {
  [SYSTEM_PROGRAM]: systemInstructions,
  [COMPUTE_BUDGET_PROGRAM]: computeBudgetInstructions,
  [TOKEN_PROGRAM]: tokenInstructions,
  [TOKEN_2022_PROGRAM]: tokenInstructions,
  [ASSOCIATED_TOKEN_PROGRAM]: associatedTokenInstructions,
  [MEMO_PROGRAM]: memoInstructions,
  [MEMO_V1_PROGRAM]: memoInstructions,
  [STAKE_PROGRAM]: stakeInstructions,
  [LOOKUP_TABLE_PROGRAM]: lookupTableInstructions,
  [LOADER_V3]: loaderInstructions,
  [VOTE_PROGRAM]: voteInstructions,
};

/** What words need besides the bytes. */
export interface Words {
  readonly coin: Asset;
  /** The token of a mint or token account, once state has been read. */
  assetOf(address: string): Asset | undefined;
}

/** An instruction with its addresses; `undefined` for one that a lookup table not yet read holds. */
export interface ResolvedInstruction {
  readonly program: string;
  readonly accounts: readonly (string | undefined)[];
  readonly data: Uint8Array;
}

/** Shown for an account whose address is not known before its lookup table is read. */
const IN_LOOKUP_TABLE = 'in a lookup table';

export function decodeInstruction(
  index: number,
  instruction: ResolvedInstruction,
  words: Words,
  inner: readonly DecodedCall[] = [],
): DecodedCall {
  const { data, program } = instruction;
  const context: FieldContext = {
    coin: words.coin,
    accounts: instruction.accounts.map((account) => account ?? ''),
    assetOf: words.assetOf,
  };
  const read = tryRead(() => readFields(program, data, context));
  const base = { index, program: namedProgram(program), inner, data: toHex(data) };
  if (read === undefined) {
    return { ...base, fields: accountFields(instruction, { name: '', rest: 'account' }) };
  }
  const fields = [...read.fields, ...accountFields(instruction, read.row)];
  return { ...base, name: read.row.name, fields };
}

function readFields(
  program: string,
  data: Uint8Array,
  context: FieldContext,
): { row: InstructionRow; fields: DecodedField[] } | undefined {
  const set = Object.hasOwn(INSTRUCTION_SETS, program) ? INSTRUCTION_SETS[program] : undefined;
  if (set === undefined) return undefined;
  const reader = new ByteReader(data);
  const row = set.rowOf(reader);
  if (row === undefined) return undefined;
  const fields: DecodedField[] = [];
  for (const readField of row.data ?? []) {
    const found = readField(reader, context);
    if (found !== undefined) fields.push(...[found].flat());
  }
  return { row, fields };
}

function accountFields(instruction: ResolvedInstruction, row: InstructionRow): DecodedField[] {
  const fields: DecodedField[] = [];
  instruction.accounts.forEach((address, position) => {
    const label = row.accounts?.[position] ?? row.rest ?? '';
    if (label === '') return;
    fields.push(
      address === undefined
        ? { kind: 'text', label, untrustedValue: IN_LOOKUP_TABLE }
        : { kind: 'address', label, value: address },
    );
  });
  return fields;
}
