/** Upgradeable loader. Source: solana-sdk `loader-v3-interface/src/instruction.rs`. */
import { type DataField, field, type InstructionSet, tagged, u32Tag } from './row';

const { u32, u64 } = field;

/** The ELF's bytes are too long to show; how many there are is enough. */
const programBytes: DataField = (reader) => ({
  kind: 'number',
  label: 'bytes',
  value: reader.u64().toString(),
});

export const loaderInstructions: InstructionSet = tagged(u32Tag, {
  0: { name: 'InitializeBuffer', accounts: ['buffer', 'authority'] },
  1: { name: 'Write', data: [u32('offset'), programBytes], accounts: ['buffer', 'authority'] },
  2: {
    name: 'DeployWithMaxDataLen',
    data: [u64('max data length')],
    accounts: ['payer', 'program data', 'program', 'buffer', '', '', '', 'upgrade authority'],
  },
  3: {
    name: 'Upgrade',
    accounts: ['program data', 'program', 'buffer', 'spill', '', '', 'upgrade authority'],
  },
  4: { name: 'SetAuthority', accounts: ['account', 'authority', 'new authority'] },
  5: { name: 'Close', accounts: ['account', 'recipient', 'authority', 'program'] },
  6: {
    name: 'ExtendProgram',
    data: [u32('additional bytes')],
    accounts: ['program data', 'program', '', 'payer'],
  },
  7: { name: 'SetAuthorityChecked', accounts: ['account', 'authority', 'new authority'] },
});
