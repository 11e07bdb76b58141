/**
 * Instructions of Token-2022's extensions: a first byte for the extension, a second for what to do.
 * And those of the interfaces for metadata and groups, which have discriminators of eight bytes.
 * Source: solana-program/token-2022 `extension/<name>/instruction.rs`.
 */

import { toHex } from '../../hex';
import type { ByteReader } from '../bytes';
import { field, type InstructionRow } from './row';

const {
  bool,
  checkedTokens,
  choice,
  f64,
  hidden,
  i16,
  i64,
  nonZeroPubkey,
  optionPubkey,
  pubkey,
  string32,
  tokens,
  u16,
  u64,
  u8,
} = field;

type Rows = Readonly<Record<number, InstructionRow>>;

const accountState = choice('state', ['uninitialized', 'initialized', 'frozen']);

/** Most extensions set up and change one authority and one value of theirs. */
function pointer(name: string, value: string): Rows {
  return {
    0: {
      name: `Initialize${name}`,
      data: [nonZeroPubkey('authority'), nonZeroPubkey(value)],
      accounts: ['mint'],
    },
    1: {
      name: `Update${name}`,
      data: [nonZeroPubkey(value)],
      accounts: ['mint', 'authority'],
      rest: 'signer',
    },
  };
}

function toggle(name: string): Rows {
  return {
    0: { name: `Enable${name}`, accounts: ['token account', 'holder'], rest: 'signer' },
    1: { name: `Disable${name}`, accounts: ['token account', 'holder'], rest: 'signer' },
  };
}

const TRANSFER_FEE: Rows = {
  0: {
    name: 'InitializeTransferFeeConfig',
    data: [
      optionPubkey('fee authority'),
      optionPubkey('withdraw authority'),
      u16('basis points'),
      tokens('maximum fee'),
    ],
    accounts: ['mint'],
  },
  1: {
    name: 'TransferCheckedWithFee',
    data: [checkedTokens('amount', 1), tokens('fee')],
    accounts: ['from', 'mint', 'to', 'authority'],
    rest: 'signer',
  },
  2: {
    name: 'WithdrawWithheldTokensFromMint',
    accounts: ['mint', 'to', 'withdraw authority'],
    rest: 'signer',
  },
  3: {
    name: 'WithdrawWithheldTokensFromAccounts',
    data: [u8('accounts')],
    accounts: ['mint', 'to', 'withdraw authority'],
    rest: 'from',
  },
  4: { name: 'HarvestWithheldTokensToMint', accounts: ['mint'], rest: 'from' },
  5: {
    name: 'SetTransferFee',
    data: [u16('basis points'), tokens('maximum fee')],
    accounts: ['mint', 'fee authority'],
    rest: 'signer',
  },
};

const CONFIDENTIAL_TRANSFER: Rows = {
  0: {
    name: 'InitializeConfidentialTransferMint',
    data: [nonZeroPubkey('authority'), bool('approve new accounts'), nonZeroPubkey('auditor key')],
    accounts: ['mint'],
  },
  1: {
    name: 'UpdateConfidentialTransferMint',
    data: [bool('approve new accounts'), nonZeroPubkey('auditor key')],
    accounts: ['mint', 'authority'],
  },
  2: { name: 'ConfigureConfidentialTransferAccount', accounts: ['token account', 'mint'] },
  3: {
    name: 'ApproveConfidentialTransferAccount',
    accounts: ['token account', 'mint', 'authority'],
  },
  4: { name: 'EmptyConfidentialTransferAccount', accounts: ['token account'] },
  5: {
    name: 'ConfidentialDeposit',
    data: [checkedTokens('amount', 1)],
    accounts: ['token account', 'mint', 'authority'],
  },
  6: {
    name: 'ConfidentialWithdraw',
    data: [checkedTokens('amount', 1)],
    accounts: ['token account', 'mint'],
  },
  7: { name: 'ConfidentialTransfer', accounts: ['from', 'mint', 'to'] },
  8: {
    name: 'ApplyConfidentialPendingBalance',
    data: [u64('expected credits')],
    accounts: ['token account', 'authority'],
  },
  9: { name: 'EnableConfidentialCredits', accounts: ['token account', 'authority'] },
  10: { name: 'DisableConfidentialCredits', accounts: ['token account', 'authority'] },
  11: { name: 'EnableNonConfidentialCredits', accounts: ['token account', 'authority'] },
  12: { name: 'DisableNonConfidentialCredits', accounts: ['token account', 'authority'] },
  13: { name: 'ConfidentialTransferWithFee', accounts: ['from', 'mint', 'to'] },
  14: {
    name: 'ConfigureConfidentialTransferAccountWithRegistry',
    accounts: ['token account', 'mint', 'registry', 'payer'],
  },
};

const CONFIDENTIAL_TRANSFER_FEE: Rows = {
  0: {
    name: 'InitializeConfidentialTransferFee',
    data: [nonZeroPubkey('authority')],
    accounts: ['mint'],
  },
  1: {
    name: 'WithdrawWithheldTokensFromMintForConfidentialTransferFee',
    accounts: ['mint', 'to'],
  },
  2: {
    name: 'WithdrawWithheldTokensFromAccountsForConfidentialTransferFee',
    accounts: ['mint', 'to'],
  },
  3: {
    name: 'HarvestWithheldTokensToMintForConfidentialTransferFee',
    accounts: ['mint'],
    rest: 'from',
  },
  4: { name: 'EnableHarvestToMint', accounts: ['mint', 'authority'] },
  5: { name: 'DisableHarvestToMint', accounts: ['mint', 'authority'] },
};

const CONFIDENTIAL_MINT_BURN: Rows = {
  0: { name: 'InitializeConfidentialMintBurn', data: [hidden(0)], accounts: ['mint'] },
  1: { name: 'RotateSupplyElgamalPubkey', accounts: ['mint'] },
  2: { name: 'UpdateConfidentialMintBurnDecryptableSupply', accounts: ['mint', 'authority'] },
  3: { name: 'ConfidentialMint', accounts: ['token account', 'mint'] },
  4: { name: 'ConfidentialBurn', accounts: ['token account', 'mint'] },
  5: { name: 'ApplyConfidentialPendingBurn', accounts: ['mint', 'authority'] },
};

const PERMISSIONED_BURN: Rows = {
  0: { name: 'InitializePermissionedBurn', data: [pubkey('authority')], accounts: ['mint'] },
  1: {
    name: 'PermissionedBurn',
    data: [tokens('amount')],
    accounts: ['from', 'mint', 'burn authority', 'authority'],
    rest: 'signer',
  },
  2: {
    name: 'PermissionedBurnChecked',
    data: [checkedTokens('amount', 1)],
    accounts: ['from', 'mint', 'burn authority', 'authority'],
    rest: 'signer',
  },
  3: { name: 'PermissionedConfidentialBurn', accounts: ['token account', 'mint'] },
};

/** By the first byte. */
const EXTENSIONS: Readonly<Record<number, Rows>> = {
  26: TRANSFER_FEE,
  27: CONFIDENTIAL_TRANSFER,
  28: {
    0: { name: 'InitializeDefaultAccountState', data: [accountState], accounts: ['mint'] },
    1: {
      name: 'UpdateDefaultAccountState',
      data: [accountState],
      accounts: ['mint', 'freeze authority'],
      rest: 'signer',
    },
  },
  30: toggle('MemoTransfers'),
  33: {
    0: {
      name: 'InitializeInterestBearingMint',
      data: [nonZeroPubkey('rate authority'), i16('rate (basis points)')],
      accounts: ['mint'],
    },
    1: {
      name: 'UpdateRateInterestBearingMint',
      data: [i16('rate (basis points)')],
      accounts: ['mint', 'rate authority'],
      rest: 'signer',
    },
  },
  34: toggle('CpiGuard'),
  36: pointer('TransferHook', 'hook program'),
  37: CONFIDENTIAL_TRANSFER_FEE,
  39: pointer('MetadataPointer', 'metadata'),
  40: pointer('GroupPointer', 'group'),
  41: pointer('GroupMemberPointer', 'member'),
  42: CONFIDENTIAL_MINT_BURN,
  43: {
    0: {
      name: 'InitializeScaledUiAmountMint',
      data: [nonZeroPubkey('authority'), f64('multiplier')],
      accounts: ['mint'],
    },
    1: {
      name: 'UpdateMultiplierScaledUiMint',
      data: [f64('multiplier'), i64('effective at (unix time)')],
      accounts: ['mint', 'authority'],
      rest: 'signer',
    },
  },
  44: {
    0: { name: 'InitializePausableConfig', data: [nonZeroPubkey('authority')], accounts: ['mint'] },
    1: { name: 'Pause', accounts: ['mint', 'authority'], rest: 'signer' },
    2: { name: 'Resume', accounts: ['mint', 'authority'], rest: 'signer' },
  },
  46: PERMISSIONED_BURN,
};

export function extensionInstruction(tag: number, reader: ByteReader): InstructionRow | undefined {
  const rows = EXTENSIONS[tag];
  return rows === undefined || reader.remaining === 0 ? undefined : rows[reader.u8()];
}

const metadataField = (reader: ByteReader) => {
  const names = ['name', 'symbol', 'uri'];
  const choiceIndex = reader.u8();
  return {
    kind: 'text',
    label: 'field',
    untrustedValue: names[choiceIndex] ?? reader.string32(),
  } as const;
};

/** By discriminator: the first eight bytes of the hash of the instruction's name. */
const INTERFACES: Readonly<Record<string, InstructionRow>> = {
  d2e11ea258b84d8d: {
    name: 'InitializeTokenMetadata',
    data: [string32('name'), string32('symbol'), string32('uri')],
    accounts: ['metadata', 'update authority', 'mint', 'mint authority'],
  },
  dde9312db5cadcc8: {
    name: 'UpdateTokenMetadataField',
    data: [metadataField, string32('value')],
    accounts: ['metadata', 'update authority'],
  },
  ea122038598d25b5: {
    name: 'RemoveTokenMetadataKey',
    data: [bool('may be absent'), string32('key')],
    accounts: ['metadata', 'update authority'],
  },
  d7e4a6e45464567b: {
    name: 'UpdateTokenMetadataUpdateAuthority',
    data: [nonZeroPubkey('new authority')],
    accounts: ['metadata', 'update authority'],
  },
  faa6b4fa0d0cb846: { name: 'EmitTokenMetadata', accounts: ['metadata'] },
  '79716c2736330004': {
    name: 'InitializeTokenGroup',
    data: [nonZeroPubkey('update authority'), u64('maximum size')],
    accounts: ['group', 'mint', 'mint authority'],
  },
  '6c25ab8ff81e126e': {
    name: 'UpdateTokenGroupMaxSize',
    data: [u64('maximum size')],
    accounts: ['group', 'update authority'],
  },
  a1695801edddd8cb: {
    name: 'UpdateTokenGroupUpdateAuthority',
    data: [nonZeroPubkey('new authority')],
    accounts: ['group', 'update authority'],
  },
  '9820deb0dfed7486': {
    name: 'InitializeTokenGroupMember',
    accounts: ['member', 'member mint', 'member mint authority', 'group', 'group update authority'],
  },
};

/** Consumes the eight bytes only when they are one of an interface. */
export function interfaceInstruction(reader: ByteReader): InstructionRow | undefined {
  const start = reader.offset;
  const row = INTERFACES[toHex(reader.bytes.subarray(start, start + 8))];
  if (row !== undefined) reader.skip(8);
  return row;
}
