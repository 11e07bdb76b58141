/** The System program. Source: agave `programs/system/src/system_processor.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { BuiltinProgram, InstructionContext, InvokeContext } from '../../runtime/types';
import {
  addressOf,
  allocate,
  assign,
  createAccount,
  type Seed,
  transfer,
  transferWithSeed,
} from './account';
import { decodeSystemInstruction, type SystemInstruction } from './instruction';
import {
  advanceNonce,
  authorizeNonce,
  initializeNonce,
  upgradeNonce,
  withdrawNonce,
} from './nonce';

const COMPUTE_UNITS = 150;

type Of<Kind extends SystemInstruction['kind']> = Extract<SystemInstruction, { kind: Kind }>;

function create(
  invoke: InvokeContext,
  instruction: InstructionContext,
  { lamports, space, owner }: Of<'CreateAccount' | 'CreateAccountWithSeed'>,
  seed: Seed | undefined,
): void {
  instruction.checkNumberOfAccounts(2);
  const address = addressOf(invoke, instruction.keyOfAccount(1), seed);
  const creation = { from: 0, to: 1, address, lamports, space, owner };
  createAccount(invoke, instruction, creation, 'refuse-prefunded');
}

/** Here the new account comes first, and the payer only when it pays something. */
function createAllowPrefund(
  invoke: InvokeContext,
  instruction: InstructionContext,
  { lamports, space, owner }: Of<'CreateAccountAllowPrefund'>,
): void {
  if (!invoke.features.isActive('create_account_allow_prefund')) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  instruction.checkNumberOfAccounts(lamports > 0n ? 2 : 1);
  const address = addressOf(invoke, instruction.keyOfAccount(0), undefined);
  const creation = { from: 1, to: 0, address, lamports, space, owner };
  createAccount(invoke, instruction, creation, 'allow-prefunded');
}

/** Each of these borrows its account before it derives the address. */
function changeAccount(
  invoke: InvokeContext,
  instruction: InstructionContext,
  parsed: Of<'Allocate' | 'AllocateWithSeed' | 'Assign' | 'AssignWithSeed'>,
): void {
  instruction.checkNumberOfAccounts(1);
  const account = instruction.borrow(0);
  const seed = 'seed' in parsed ? parsed : undefined;
  const address = addressOf(invoke, instruction.keyOfAccount(0), seed);
  const signers = instruction.signers();
  if ('space' in parsed) allocate(invoke, account, address, parsed.space, signers);
  if ('owner' in parsed) assign(invoke, account, address, parsed.owner, signers);
}

export const systemProgram: BuiltinProgram = (invoke) => {
  invoke.meter.consume(COMPUTE_UNITS);
  const instruction = invoke.transaction.currentInstruction();
  const parsed = decodeSystemInstruction(instruction.data);
  switch (parsed.kind) {
    case 'CreateAccount':
      return create(invoke, instruction, parsed, undefined);
    case 'CreateAccountWithSeed':
      return create(invoke, instruction, parsed, parsed);
    case 'CreateAccountAllowPrefund':
      return createAllowPrefund(invoke, instruction, parsed);
    case 'Allocate':
    case 'AllocateWithSeed':
    case 'Assign':
    case 'AssignWithSeed':
      return changeAccount(invoke, instruction, parsed);
    case 'Transfer':
      instruction.checkNumberOfAccounts(2);
      return transfer(invoke, instruction, 0, 1, parsed.lamports);
    case 'TransferWithSeed':
      instruction.checkNumberOfAccounts(3);
      return transferWithSeed(invoke, instruction, parsed.lamports, parsed.seed, parsed.owner);
    case 'AdvanceNonceAccount':
      instruction.checkNumberOfAccounts(1);
      return advanceNonce(invoke, instruction);
    case 'WithdrawNonceAccount':
      instruction.checkNumberOfAccounts(2);
      return withdrawNonce(invoke, instruction, parsed.lamports);
    case 'InitializeNonceAccount':
      instruction.checkNumberOfAccounts(1);
      return initializeNonce(invoke, instruction, parsed.authority);
    case 'AuthorizeNonceAccount':
      instruction.checkNumberOfAccounts(1);
      return authorizeNonce(invoke, instruction, parsed.authority);
    case 'UpgradeNonceAccount':
      instruction.checkNumberOfAccounts(1);
      return upgradeNonce(instruction);
  }
};
