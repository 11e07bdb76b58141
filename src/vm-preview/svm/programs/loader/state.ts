/** Accounts of loader v3. Source: solana-sdk `loader-v3-interface/src/state.rs`. */
import type { Account } from '../../account';
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import { type BincodeReader, BincodeWriter, decodeState } from '../bincode';

/** Bytes of an account that holds no state but its tag. */
export const UNINITIALIZED_BYTES = 4;
/** Bytes before a buffer's ELF. */
export const BUFFER_HEADER_BYTES = 37;
/** Bytes of a program account. */
export const PROGRAM_BYTES = 36;
/** Bytes before a deployed program's ELF. */
export const PROGRAM_DATA_HEADER_BYTES = 45;

export type LoaderState =
  | { readonly kind: 'Uninitialized' }
  | { readonly kind: 'Buffer'; readonly authority: Pubkey | undefined }
  | { readonly kind: 'Program'; readonly programData: Pubkey }
  | {
      readonly kind: 'ProgramData';
      /** Of the last deployment. */
      readonly slot: bigint;
      readonly authority: Pubkey | undefined;
    };

/** Indexed by tag. */
const VARIANTS: readonly ((reader: BincodeReader) => LoaderState)[] = [
  () => ({ kind: 'Uninitialized' }),
  (r) => ({ kind: 'Buffer', authority: r.option(() => r.pubkey()) }),
  (r) => ({ kind: 'Program', programData: r.pubkey() }),
  (r) => ({ kind: 'ProgramData', slot: r.u64(), authority: r.option(() => r.pubkey()) }),
];

/** @throws InstructionFailure InvalidAccountData */
export function decodeLoaderState(data: Uint8Array): LoaderState {
  return decodeState(data, (reader) => {
    const read = VARIANTS[reader.u32()];
    return read === undefined ? reader.unknownVariant() : read(reader);
  });
}

/** By account as it was loaded, which does not change: each run asks several times. */
const KNOWN = new WeakMap<Account, { readonly state: LoaderState | undefined }>();

/** The state of an account as it was loaded; undefined when it holds none. */
export function loaderStateOf(account: Account): LoaderState | undefined {
  let known = KNOWN.get(account);
  if (known === undefined) {
    known = { state: tryDecode(account.data) };
    KNOWN.set(account, known);
  }
  return known.state;
}

function tryDecode(data: Uint8Array): LoaderState | undefined {
  try {
    return decodeLoaderState(data);
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return undefined;
    throw thrown;
  }
}

/** Without an authority the state is shorter than its header; the bytes after it stay as they were. */
export function encodeLoaderState(state: LoaderState): Uint8Array {
  const writer = new BincodeWriter();
  switch (state.kind) {
    case 'Uninitialized':
      return writer.u32(0).finish();
    case 'Buffer':
      return writer
        .u32(1)
        .option(state.authority, (key) => writer.pubkey(key))
        .finish();
    case 'Program':
      return writer.u32(2).pubkey(state.programData).finish();
    case 'ProgramData':
      return writer
        .u32(3)
        .u64(state.slot)
        .option(state.authority, (key) => writer.pubkey(key))
        .finish();
  }
}
