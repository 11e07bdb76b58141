/**
 * The Vote program, as far as an account's holder meets it: a validator's votes are not run.
 * Source: agave `programs/vote/src/vote_processor.rs`.
 */
import { CannotPreview } from '../../../errors';
import { InstructionFailure } from '../../errors/instruction-error';
import type { BuiltinProgram } from '../../runtime/types';
import { VOTE_PROGRAM } from '../ids';
import {
  depositDelegatorRewards,
  initializeAccount,
  initializeAccountV2,
  withdraw,
} from './account';
import {
  authorize,
  authorizeWithSeed,
  checkedAuthority,
  updateValidatorIdentity,
} from './authorize';
import { updateCommission, updateCommissionBps, updateCommissionCollector } from './commission';
import { decodeVoteInstruction } from './instruction';

const COMPUTE_UNITS = 2_100;

export const voteProgram: BuiltinProgram = (invoke) => {
  invoke.meter.consume(COMPUTE_UNITS);
  const instruction = invoke.transaction.currentInstruction();
  const account = instruction.borrow(0);
  if (!account.owner.equals(VOTE_PROGRAM)) throw new InstructionFailure('InvalidAccountOwner');
  if (!invoke.features.isActive('vote_state_v4')) {
    throw new CannotPreview('vote-state-v3', 'a vote account on a network without vote state v4');
  }
  const parsed = decodeVoteInstruction(instruction.data);
  switch (parsed.kind) {
    case 'InitializeAccount':
      return initializeAccount(invoke, instruction, account, parsed.init);
    case 'InitializeAccountV2':
      return initializeAccountV2(invoke, instruction, account, parsed.nodePubkey);
    case 'Authorize':
      return authorize(invoke, instruction, account, parsed.authority, parsed.role);
    case 'AuthorizeChecked': {
      const authority = checkedAuthority(instruction);
      return authorize(invoke, instruction, account, authority, parsed.role);
    }
    case 'AuthorizeWithSeed': {
      instruction.checkNumberOfAccounts(3);
      const { authority, role, current } = parsed;
      return authorizeWithSeed(invoke, instruction, account, authority, role, current);
    }
    case 'AuthorizeCheckedWithSeed': {
      const authority = checkedAuthority(instruction);
      const { role, current } = parsed;
      return authorizeWithSeed(invoke, instruction, account, authority, role, current);
    }
    case 'Withdraw':
      instruction.checkNumberOfAccounts(2);
      account.release();
      return withdraw(invoke, instruction, parsed.lamports);
    case 'UpdateValidatorIdentity':
      return updateValidatorIdentity(invoke, instruction, account);
    case 'UpdateCommission':
      return updateCommission(invoke, instruction, account, parsed.percent);
    case 'UpdateCommissionBps': {
      const { basisPoints, commission } = parsed;
      return updateCommissionBps(invoke, instruction, account, basisPoints, commission);
    }
    case 'UpdateCommissionCollector':
      return updateCommissionCollector(invoke, instruction, account, parsed.commission);
    case 'DepositDelegatorRewards':
      return depositDelegatorRewards(invoke, instruction, account, parsed.lamports);
    case 'LegacyVote':
      if (invoke.features.isActive('deprecate_legacy_vote_ixs')) {
        throw new InstructionFailure('InvalidInstructionData');
      }
      throw new CannotPreview('vote', "a validator's vote");
    case 'TowerSync':
      throw new CannotPreview('vote', "a validator's vote");
  }
};
