/** What a transaction does. Source: aptos-core `types/src/transaction/{mod,script,multisig}.rs`. */
import { CannotPreview, MalformedError } from '../../../errors';
import type { BcsReader } from '../../core/bcs';
import type { TypeTag } from '../../core/types';
import type { Address } from '../../core/values';
import {
  ADDRESS,
  blob,
  type Codec,
  fixed,
  list,
  mapped,
  option,
  struct,
  TYPE_TAG,
  text,
  u64,
  union,
} from './codec';

export interface EntryFunction {
  readonly address: Address;
  readonly module: string;
  readonly function: string;
  readonly typeArguments: readonly TypeTag[];
  /** BCS of each argument; signers are not among them. */
  readonly args: readonly Uint8Array[];
}

export interface Script {
  readonly code: Uint8Array;
  readonly typeArguments: readonly TypeTag[];
  readonly args: readonly ScriptArgument[];
}

/** What a script is called with (transaction_argument.rs). */
export type ScriptArgumentKind =
  | 'u8'
  | 'u64'
  | 'u128'
  | 'address'
  | 'bytes'
  | 'bool'
  | 'u16'
  | 'u32'
  | 'u256'
  /** BCS of any type that an entry function may take. */
  | 'serialized'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'i64'
  | 'i128'
  | 'i256';

/** `bytes` are BCS of the value, but for a vector of bytes, whose length is left out. */
export type ScriptArgument = {
  readonly [K in ScriptArgumentKind]: { readonly kind: K; readonly bytes: Uint8Array };
}[ScriptArgumentKind];

export type Executable =
  | { readonly kind: 'script'; readonly script: Script }
  | { readonly kind: 'entryFunction'; readonly call: EntryFunction }
  /** A multisig transaction whose payload is on the chain. */
  | { readonly kind: 'empty' };

export type TransactionPayload =
  | { readonly kind: 'script'; readonly script: Script }
  | { readonly kind: 'entryFunction'; readonly call: EntryFunction }
  | {
      readonly kind: 'multisig';
      readonly multisigAddress: Address;
      /** Undefined when the chain has it. */
      readonly call: EntryFunction | undefined;
    }
  | {
      readonly kind: 'payload';
      readonly executable: Executable;
      readonly multisigAddress: Address | undefined;
      /** Given for a transaction without a sequence number. */
      readonly replayProtectionNonce: bigint | undefined;
    };

export const ENTRY_FUNCTION: Codec<EntryFunction> = struct<EntryFunction>({
  address: ADDRESS,
  module: text('module of an entry function'),
  function: text('name of an entry function'),
  typeArguments: list('type arguments', TYPE_TAG),
  args: list('arguments', blob('argument')),
});

interface ArgumentBytes {
  readonly bytes: Uint8Array;
}

const bytes = (): Codec<ArgumentBytes> => struct({ bytes: blob('bytes') });
const plain = (size: number): Codec<ArgumentBytes> =>
  struct({ bytes: fixed(size, `argument of ${size} bytes`) });
const bool: Codec<ArgumentBytes> = struct({
  bytes: {
    read: (reader: BcsReader) => Uint8Array.of(reader.bool('argument') ? 1 : 0),
    write: (writer, value: Uint8Array) => writer.bytes(value),
  },
});

/** transaction_argument.rs. */
const SCRIPT_ARGUMENT: Codec<ScriptArgument> = union<ScriptArgument>('script argument', [
  ['u8', plain(1)],
  ['u64', plain(8)],
  ['u128', plain(16)],
  ['address', plain(32)],
  ['bytes', bytes()],
  ['bool', bool],
  ['u16', plain(2)],
  ['u32', plain(4)],
  ['u256', plain(32)],
  ['serialized', bytes()],
  ['i8', plain(1)],
  ['i16', plain(2)],
  ['i32', plain(4)],
  ['i64', plain(8)],
  ['i128', plain(16)],
  ['i256', plain(32)],
]);

const SCRIPT: Codec<Script> = struct<Script>({
  code: blob('code of a script'),
  typeArguments: list('type arguments', TYPE_TAG),
  args: list('arguments', SCRIPT_ARGUMENT),
});

const EXECUTABLE: Codec<Executable> = union<Executable>('executable', [
  ['script', struct({ script: SCRIPT })],
  ['entryFunction', struct({ call: ENTRY_FUNCTION })],
  ['empty', struct({})],
]);

interface MultisigCall {
  readonly kind: 'entryFunction';
  readonly call: EntryFunction;
}

/** `MultisigTransactionPayload`, also as a multisig account keeps it. */
export const MULTISIG_TRANSACTION_PAYLOAD: Codec<EntryFunction> = mapped<
  EntryFunction,
  MultisigCall
>(
  union<MultisigCall>('payload of a multisig transaction', [
    ['entryFunction', struct({ call: ENTRY_FUNCTION })],
  ]),
  ({ call }) => call,
  (call) => ({ kind: 'entryFunction', call }),
);

type PayloadV1 = Omit<Extract<TransactionPayload, { kind: 'payload' }>, 'kind'>;

const EXTRA_CONFIG_VARIANTS = 2;

const EXTRA_CONFIG = struct<Omit<PayloadV1, 'executable'>>({
  multisigAddress: option('multisig address', ADDRESS),
  replayProtectionNonce: option('replay protection nonce', u64('nonce')),
});

/** Inner payload V1: an executable, then an extra config V1; V2 asks for the limits of stakers. */
const PAYLOAD: Codec<PayloadV1> = {
  read: (reader) => {
    reader.variant(1, 'inner payload');
    const executable = EXECUTABLE.read(reader);
    if (reader.variant(EXTRA_CONFIG_VARIANTS, 'extra config') !== 0)
      throw new CannotPreview('aptos-extra-config', 'a transaction that asks for higher limits');
    return { executable, ...EXTRA_CONFIG.read(reader) };
  },
  write: (writer, value) => {
    writer.uleb32(0);
    EXECUTABLE.write(writer, value.executable);
    writer.uleb32(0);
    EXTRA_CONFIG.write(writer, value);
  },
};

export const TRANSACTION_PAYLOAD: Codec<TransactionPayload> = union<TransactionPayload>('payload', [
  ['script', struct({ script: SCRIPT })],
  () => new MalformedError('aptos-module-bundle', 'the chain no longer takes module bundles'),
  ['entryFunction', struct({ call: ENTRY_FUNCTION })],
  [
    'multisig',
    struct({
      multisigAddress: ADDRESS,
      call: option('multisig payload', MULTISIG_TRANSACTION_PAYLOAD),
    }),
  ],
  ['payload', PAYLOAD],
  () => new CannotPreview('aptos-encrypted', 'an encrypted transaction'),
]);

/** Of any payload: what runs, and how. */
export interface Execution {
  readonly executable: Executable;
  readonly multisigAddress: Address | undefined;
  readonly replayProtectionNonce: bigint | undefined;
}

/** `executable` and `extra_config` of `TransactionPayload`. */
export function executionOf(payload: TransactionPayload): Execution {
  const plainOnes = { multisigAddress: undefined, replayProtectionNonce: undefined };
  switch (payload.kind) {
    case 'script':
    case 'entryFunction':
      return { executable: payload, ...plainOnes };
    case 'multisig': {
      const { call, multisigAddress } = payload;
      const executable: Executable =
        call === undefined ? { kind: 'empty' } : { kind: 'entryFunction', call };
      return { executable, multisigAddress, replayProtectionNonce: undefined };
    }
    case 'payload':
      return payload;
  }
}
