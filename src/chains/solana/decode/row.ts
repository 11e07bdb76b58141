/** How an instruction is declared: a name, the fields of its data in order, the roles of its accounts. */
import type { Asset, DecodedField } from '../../../vm-preview/model/preview';
import { toHex } from '../../hex';
import type { ByteReader } from '../bytes';

/** What the fields of an instruction need to know of the transaction around it. */
export interface FieldContext {
  readonly coin: Asset;
  /** Addresses of the instruction's accounts. */
  readonly accounts: readonly string[];
  /** The token of a mint or token account, once state has been read. */
  assetOf(address: string): Asset | undefined;
}

/** Reads one field of the data; `undefined` where there is nothing to show. */
export type DataField = (
  reader: ByteReader,
  context: FieldContext,
) => DecodedField | readonly DecodedField[] | undefined;

export interface InstructionRow {
  readonly name: string;
  readonly data?: readonly DataField[];
  /** Role of each account in order; `''` for one that says nothing, such as a sysvar. */
  readonly accounts?: readonly string[];
  /** Role of the accounts that follow, where they are a list. */
  readonly rest?: string;
}

export interface InstructionSet {
  /** Reads the discriminator and gives the row; `undefined` for one that is not known. */
  rowOf(reader: ByteReader): InstructionRow | undefined;
}

/** An instruction set whose discriminator is a number that indexes rows. */
export function tagged(
  read: (reader: ByteReader) => number,
  rows: Readonly<Record<number, InstructionRow>>,
): InstructionSet {
  return { rowOf: (reader) => rows[read(reader)] };
}

export const u8Tag = (reader: ByteReader): number => reader.u8();
export const u32Tag = (reader: ByteReader): number => reader.u32();

const number = (label: string, value: number | bigint): DecodedField => ({
  kind: 'number',
  label,
  value: value.toString(),
});

const text = (label: string, value: string): DecodedField => ({
  kind: 'text',
  label,
  untrustedValue: value,
});

const address = (label: string, value: string): DecodedField => ({ kind: 'address', label, value });

/** Fields of data, each by the way it is written. */
export const field = {
  u8:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.u8()),
  u16:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.u16()),
  i16:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.i16()),
  u32:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.u32()),
  u64:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.u64()),
  i64:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.i64()),
  f64:
    (label: string): DataField =>
    (reader) =>
      number(label, reader.f64()),
  bool:
    (label: string): DataField =>
    (reader) =>
      text(label, reader.bool() ? 'yes' : 'no'),
  pubkey:
    (label: string): DataField =>
    (reader) =>
      address(label, reader.pubkey().toBase58()),
  /** A tag of one byte, then 32 bytes where it is 1. */
  optionPubkey:
    (label: string): DataField =>
    (reader) => {
      const key = reader.optionPubkey();
      return key === null ? text(label, 'none') : address(label, key.toBase58());
    },
  /** 32 bytes, all zero for none. */
  nonZeroPubkey:
    (label: string): DataField =>
    (reader) => {
      const key = reader.nonZeroPubkey();
      return key === null ? text(label, 'none') : address(label, key.toBase58());
    },
  string32:
    (label: string): DataField =>
    (reader) =>
      text(label, reader.string32()),
  string64:
    (label: string): DataField =>
    (reader) =>
      text(label, reader.string64()),
  /** Names of an enum's values. */
  choice:
    (
      label: string,
      names: readonly string[],
      read: (reader: ByteReader) => number = u8Tag,
    ): DataField =>
    (reader) => {
      const value = read(reader);
      return text(label, names[value] ?? `unknown (${value})`);
    },
  /** Present where a tag of one byte is 1. */
  option:
    (inner: DataField): DataField =>
    (reader, context) =>
      reader.u8() === 0 ? undefined : inner(reader, context),
  lamports:
    (label: string): DataField =>
    (reader, context) => ({
      kind: 'amount',
      label,
      value: reader.u64().toString(),
      asset: context.coin,
    }),
  /**
   * An amount of the token that one of the instruction's accounts belongs to; a plain number while
   * no account has been read.
   */
  tokens:
    (label: string): DataField =>
    (reader, context) => {
      const value = reader.u64().toString();
      for (const account of context.accounts) {
        const asset = context.assetOf(account);
        if (asset !== undefined) return { kind: 'amount', label, value, asset };
      }
      return { kind: 'number', label, value };
    },
  /** An amount and the mint's decimals, as the checked instructions have them. */
  checkedTokens:
    (label: string, mintIndex: number): DataField =>
    (reader, context) => {
      const value = reader.u64().toString();
      const decimals = reader.u8();
      const mint = context.accounts[mintIndex];
      const known = mint === undefined ? undefined : context.assetOf(mint);
      const asset: Asset = known ?? {
        kind: 'token',
        ...(mint === undefined ? {} : { id: mint }),
        decimals,
        named: 'none',
      };
      return { kind: 'amount', label, value, asset };
    },
  /** Bytes whose meaning is not shown. */
  hidden:
    (length: number): DataField =>
    (reader) => {
      reader.skip(length);
      return undefined;
    },
  hex:
    (label: string, length: number): DataField =>
    (reader) =>
      text(label, toHex(reader.take(length))),
} as const;
