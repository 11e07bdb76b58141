/** Associated Token Account Program. Empty data is the oldest form of `Create`. */
import { type InstructionRow, type InstructionSet, tagged, u8Tag } from './row';

const create: InstructionRow = {
  name: 'Create',
  accounts: ['payer', 'token account', 'holder', 'mint', '', 'token program'],
};

const rows: InstructionSet = tagged(u8Tag, {
  0: create,
  1: { ...create, name: 'CreateIdempotent' },
  2: {
    name: 'RecoverNested',
    accounts: [
      'nested token account',
      'nested mint',
      'destination',
      'owner token account',
      'owner mint',
      'holder',
      'token program',
    ],
  },
});

export const associatedTokenInstructions: InstructionSet = {
  rowOf: (reader) => (reader.remaining === 0 ? create : rows.rowOf(reader)),
};
