/** Vote Program, as far as a wallet meets it. Source: solana-sdk `vote-interface/src/instruction.rs`. */
import { field, type InstructionSet, tagged, u32Tag } from './row';

const { choice, lamports, pubkey, string64, u8 } = field;
const role = choice('role', ['voter', 'withdrawer', 'voter with BLS key'], u32Tag);

export const voteInstructions: InstructionSet = tagged(u32Tag, {
  0: {
    name: 'InitializeAccount',
    data: [
      pubkey('node'),
      pubkey('authorized voter'),
      pubkey('authorized withdrawer'),
      u8('commission'),
    ],
    accounts: ['vote account', '', '', 'node'],
  },
  1: {
    name: 'Authorize',
    data: [pubkey('new authority'), role],
    accounts: ['vote account', '', 'authority'],
  },
  2: { name: 'Vote', accounts: ['vote account', '', '', 'authority'] },
  3: {
    name: 'Withdraw',
    data: [lamports('amount')],
    accounts: ['vote account', 'to', 'withdrawer'],
  },
  4: { name: 'UpdateValidatorIdentity', accounts: ['vote account', 'new node', 'withdrawer'] },
  5: {
    name: 'UpdateCommission',
    data: [u8('commission')],
    accounts: ['vote account', 'withdrawer'],
  },
  7: {
    name: 'AuthorizeChecked',
    data: [role],
    accounts: ['vote account', '', 'authority', 'new authority'],
  },
  10: {
    name: 'AuthorizeWithSeed',
    data: [role, pubkey('current authority owner'), string64('seed'), pubkey('new authority')],
    accounts: ['vote account', '', 'base'],
  },
  11: {
    name: 'AuthorizeCheckedWithSeed',
    data: [role, pubkey('current authority owner'), string64('seed')],
    accounts: ['vote account', '', 'base', 'new authority'],
  },
  14: { name: 'TowerSync', accounts: ['vote account', 'authority'] },
});
