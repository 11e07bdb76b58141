/** Memo Program: the whole data is text. */
import { decodeUtf8 } from '../bytes';
import type { InstructionSet } from './row';

export const memoInstructions: InstructionSet = {
  rowOf: () => ({
    name: 'Memo',
    data: [
      (reader) => ({
        kind: 'text',
        label: 'memo',
        untrustedValue: decodeUtf8(reader.take(reader.remaining)),
      }),
    ],
    rest: 'signer',
  }),
};
