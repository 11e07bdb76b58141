/** Stake Program. Source: solana-program/stake `interface/src/instruction.rs`. */
import { field, type InstructionSet, tagged, u32Tag } from './row';

const { choice, hidden, i64, lamports, option, pubkey, string64, u64 } = field;
const role = choice('role', ['staker', 'withdrawer'], u32Tag);
const lockup = [option(i64('lockup until (unix time)')), option(u64('lockup until epoch'))];

export const stakeInstructions: InstructionSet = tagged(u32Tag, {
  0: {
    name: 'Initialize',
    data: [
      pubkey('staker'),
      pubkey('withdrawer'),
      i64('lockup until (unix time)'),
      u64('lockup until epoch'),
      pubkey('custodian'),
    ],
    accounts: ['stake'],
  },
  1: {
    name: 'Authorize',
    data: [pubkey('new authority'), role],
    accounts: ['stake', '', 'authority', 'custodian'],
  },
  2: {
    name: 'DelegateStake',
    accounts: ['stake', 'validator', '', '', '', 'staker'],
  },
  3: { name: 'Split', data: [lamports('amount')], accounts: ['stake', 'new stake', 'staker'] },
  4: {
    name: 'Withdraw',
    data: [lamports('amount')],
    accounts: ['stake', 'to', '', '', 'withdrawer', 'custodian'],
  },
  5: { name: 'Deactivate', accounts: ['stake', '', 'staker'] },
  6: {
    name: 'SetLockup',
    data: [...lockup, option(pubkey('custodian'))],
    accounts: ['stake', 'authority'],
  },
  7: { name: 'Merge', accounts: ['into', 'from', '', '', 'staker'] },
  8: {
    name: 'AuthorizeWithSeed',
    data: [pubkey('new authority'), role, string64('seed'), pubkey('seed owner')],
    accounts: ['stake', 'base', '', 'custodian'],
  },
  9: { name: 'InitializeChecked', accounts: ['stake', '', 'staker', 'withdrawer'] },
  10: {
    name: 'AuthorizeChecked',
    data: [role],
    accounts: ['stake', '', 'authority', 'new authority', 'custodian'],
  },
  11: {
    name: 'AuthorizeCheckedWithSeed',
    data: [role, string64('seed'), pubkey('seed owner')],
    accounts: ['stake', 'base', '', 'new authority', 'custodian'],
  },
  12: {
    name: 'SetLockupChecked',
    data: lockup,
    accounts: ['stake', 'authority', 'new custodian'],
  },
  13: { name: 'GetMinimumDelegation', data: [hidden(0)] },
  14: {
    name: 'DeactivateDelinquent',
    accounts: ['stake', 'delinquent validator', 'reference validator'],
  },
  16: { name: 'MoveStake', data: [lamports('amount')], accounts: ['from', 'to', 'staker'] },
  17: { name: 'MoveLamports', data: [lamports('amount')], accounts: ['from', 'to', 'staker'] },
});
