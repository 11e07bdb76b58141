/** System Program. Source: solana-sdk `system-interface/src/instruction.rs`. */
import { field, type InstructionSet, tagged, u32Tag } from './row';

const { lamports, pubkey, string64, u64 } = field;

export const systemInstructions: InstructionSet = tagged(u32Tag, {
  0: {
    name: 'CreateAccount',
    data: [lamports('lamports'), u64('space'), pubkey('owner')],
    accounts: ['from', 'new account'],
  },
  1: { name: 'Assign', data: [pubkey('owner')], accounts: ['account'] },
  2: { name: 'Transfer', data: [lamports('amount')], accounts: ['from', 'to'] },
  3: {
    name: 'CreateAccountWithSeed',
    data: [pubkey('base'), string64('seed'), lamports('lamports'), u64('space'), pubkey('owner')],
    accounts: ['from', 'new account'],
  },
  4: { name: 'AdvanceNonceAccount', accounts: ['nonce', '', 'authority'] },
  5: {
    name: 'WithdrawNonceAccount',
    data: [lamports('amount')],
    accounts: ['nonce', 'to', '', '', 'authority'],
  },
  6: { name: 'InitializeNonceAccount', data: [pubkey('authority')], accounts: ['nonce'] },
  7: {
    name: 'AuthorizeNonceAccount',
    data: [pubkey('new authority')],
    accounts: ['nonce', 'authority'],
  },
  8: { name: 'Allocate', data: [u64('space')], accounts: ['account'] },
  9: {
    name: 'AllocateWithSeed',
    data: [pubkey('base'), string64('seed'), u64('space'), pubkey('owner')],
    accounts: ['account', 'base'],
  },
  10: {
    name: 'AssignWithSeed',
    data: [pubkey('base'), string64('seed'), pubkey('owner')],
    accounts: ['account', 'base'],
  },
  11: {
    name: 'TransferWithSeed',
    data: [lamports('amount'), string64('seed'), pubkey('from owner')],
    accounts: ['from', 'base', 'to'],
  },
  12: { name: 'UpgradeNonceAccount', accounts: ['nonce'] },
  13: {
    name: 'CreateAccountAllowPrefund',
    data: [lamports('lamports'), u64('space'), pubkey('owner')],
    accounts: ['new account', 'from'],
  },
});
