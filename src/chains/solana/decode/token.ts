/** Token and Token-2022: the instructions that both have. Source: solana-program/token `instruction.rs`. */
import type { DecodedField } from '../../../vm-preview/model/preview';
import { ByteReader, decodeUtf8 } from '../bytes';
import { type DataField, field, type InstructionRow, type InstructionSet, u8Tag } from './row';
import { extensionInstruction, interfaceInstruction } from './token-extensions';

const { checkedTokens, choice, lamports, option, optionPubkey, pubkey, tokens, u8 } = field;

/** Names of Token-2022's `AuthorityType`; Token knows the first four. */
export const AUTHORITY_TYPES = [
  'mint',
  'freeze',
  'holder',
  'close account',
  'transfer fee',
  'withdraw withheld',
  'close mint',
  'interest rate',
  'permanent delegate',
  'confidential transfer',
  'transfer hook',
  'confidential transfer fee',
  'metadata pointer',
  'group pointer',
  'group member pointer',
  'scaled amount',
  'pause',
  'permissioned burn',
];

/** The text that `UiAmountToAmount` carries runs to the end. */
const restAsText =
  (label: string): DataField =>
  (reader) => ({ kind: 'text', label, untrustedValue: decodeUtf8(reader.take(reader.remaining)) });

/** Several instructions in one: count of accounts and length of data, one byte each, then the data. */
const batched: DataField = (reader) => {
  const fields: DecodedField[] = [];
  while (reader.remaining > 0) {
    reader.u8();
    const data = reader.take(reader.u8());
    const inner = new ByteReader(data);
    const row = inner.remaining === 0 ? undefined : tokenInstructions.rowOf(inner);
    fields.push({
      kind: 'text',
      label: `batched ${fields.length + 1}`,
      untrustedValue: row?.name ?? 'unknown',
    });
  }
  return fields;
};

const transferAccounts = ['from', 'to', 'authority'];
const checkedTransferAccounts = ['from', 'mint', 'to', 'authority'];

const ROWS: Readonly<Record<number, InstructionRow>> = {
  0: {
    name: 'InitializeMint',
    data: [u8('decimals'), pubkey('mint authority'), optionPubkey('freeze authority')],
    accounts: ['mint'],
  },
  1: { name: 'InitializeAccount', accounts: ['token account', 'mint', 'holder'] },
  2: {
    name: 'InitializeMultisig',
    data: [u8('signers needed')],
    accounts: ['multisig', ''],
    rest: 'signer',
  },
  3: { name: 'Transfer', data: [tokens('amount')], accounts: transferAccounts, rest: 'signer' },
  4: {
    name: 'Approve',
    data: [tokens('amount')],
    accounts: ['token account', 'delegate', 'holder'],
    rest: 'signer',
  },
  5: { name: 'Revoke', accounts: ['token account', 'holder'], rest: 'signer' },
  6: {
    name: 'SetAuthority',
    data: [choice('authority', AUTHORITY_TYPES), optionPubkey('new authority')],
    accounts: ['account', 'current authority'],
    rest: 'signer',
  },
  7: {
    name: 'MintTo',
    data: [tokens('amount')],
    accounts: ['mint', 'to', 'mint authority'],
    rest: 'signer',
  },
  8: {
    name: 'Burn',
    data: [tokens('amount')],
    accounts: ['from', 'mint', 'authority'],
    rest: 'signer',
  },
  9: {
    name: 'CloseAccount',
    accounts: ['token account', 'recipient', 'authority'],
    rest: 'signer',
  },
  10: {
    name: 'FreezeAccount',
    accounts: ['token account', 'mint', 'freeze authority'],
    rest: 'signer',
  },
  11: {
    name: 'ThawAccount',
    accounts: ['token account', 'mint', 'freeze authority'],
    rest: 'signer',
  },
  12: {
    name: 'TransferChecked',
    data: [checkedTokens('amount', 1)],
    accounts: checkedTransferAccounts,
    rest: 'signer',
  },
  13: {
    name: 'ApproveChecked',
    data: [checkedTokens('amount', 1)],
    accounts: ['token account', 'mint', 'delegate', 'holder'],
    rest: 'signer',
  },
  14: {
    name: 'MintToChecked',
    data: [checkedTokens('amount', 0)],
    accounts: ['mint', 'to', 'mint authority'],
    rest: 'signer',
  },
  15: {
    name: 'BurnChecked',
    data: [checkedTokens('amount', 1)],
    accounts: ['from', 'mint', 'authority'],
    rest: 'signer',
  },
  16: { name: 'InitializeAccount2', data: [pubkey('holder')], accounts: ['token account', 'mint'] },
  17: { name: 'SyncNative', accounts: ['token account'] },
  18: { name: 'InitializeAccount3', data: [pubkey('holder')], accounts: ['token account', 'mint'] },
  19: {
    name: 'InitializeMultisig2',
    data: [u8('signers needed')],
    accounts: ['multisig'],
    rest: 'signer',
  },
  20: {
    name: 'InitializeMint2',
    data: [u8('decimals'), pubkey('mint authority'), optionPubkey('freeze authority')],
    accounts: ['mint'],
  },
  21: { name: 'GetAccountDataSize', accounts: ['mint'] },
  22: { name: 'InitializeImmutableOwner', accounts: ['token account'] },
  23: { name: 'AmountToUiAmount', data: [tokens('amount')], accounts: ['mint'] },
  24: { name: 'UiAmountToAmount', data: [restAsText('amount')], accounts: ['mint'] },
  25: {
    name: 'InitializeMintCloseAuthority',
    data: [optionPubkey('close authority')],
    accounts: ['mint'],
  },
  29: { name: 'Reallocate', accounts: ['token account', 'payer', '', 'holder'] },
  31: { name: 'CreateNativeMint', accounts: ['payer', 'mint'] },
  32: { name: 'InitializeNonTransferableMint', accounts: ['mint'] },
  35: { name: 'InitializePermanentDelegate', data: [pubkey('delegate')], accounts: ['mint'] },
  38: { name: 'WithdrawExcessLamports', accounts: ['from', 'to', 'authority'], rest: 'signer' },
  45: {
    name: 'UnwrapLamports',
    data: [option(lamports('amount'))],
    accounts: ['from', 'to', 'authority'],
    rest: 'signer',
  },
  255: { name: 'Batch', data: [batched], rest: 'account' },
};

export const tokenInstructions: InstructionSet = {
  rowOf(reader) {
    const named = interfaceInstruction(reader);
    if (named !== undefined) return named;
    const tag = u8Tag(reader);
    return ROWS[tag] ?? extensionInstruction(tag, reader);
  },
};
