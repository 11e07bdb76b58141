/** What users sign (sui-types, transaction.rs; newer forms as @mysten/sui writes them). */
import type { TypeTag } from '../../core/types';
import {
  blob,
  type Codec,
  DIGEST,
  decode,
  encode,
  ID,
  list,
  option,
  struct,
  TYPE_TAG,
  text,
  u16,
  u32,
  u64,
  union,
} from './codec';
import { OBJECT_REF, type ObjectRef } from './object';
import { SYSTEM_KINDS, type SystemKind } from './system-transaction';

export type ObjectArg =
  | { readonly kind: 'immOrOwned'; readonly ref: ObjectRef }
  | {
      readonly kind: 'shared';
      readonly id: Uint8Array;
      readonly initialVersion: bigint;
      readonly mutable: boolean;
      /** Written to by several transactions at once, as only the system names objects. */
      readonly isNonExclusive?: true;
    }
  | { readonly kind: 'receiving'; readonly ref: ObjectRef };

export type WithdrawFrom =
  | { readonly kind: 'sender' }
  | { readonly kind: 'sponsor' }
  | {
      readonly kind: 'senderAllowance';
      readonly funder: Uint8Array;
      readonly allowance: Uint8Array;
    };

/** Of an address balance (protocol 124). */
export interface FundsWithdrawal {
  /** At most so many of the smallest unit. */
  readonly maxAmount: bigint;
  /** The currency: `T` of `0x2::balance::Balance<T>`. */
  readonly currency: TypeTag;
  readonly from: WithdrawFrom;
}

export type CallArg =
  /** BCS of a value that is no object. */
  | { readonly kind: 'pure'; readonly bytes: Uint8Array }
  | { readonly kind: 'object'; readonly object: ObjectArg }
  | { readonly kind: 'fundsWithdrawal'; readonly withdrawal: FundsWithdrawal };

export type Argument =
  | { readonly kind: 'gasCoin' }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'result'; readonly index: number }
  | { readonly kind: 'nestedResult'; readonly index: number; readonly nested: number };

export interface MoveCall {
  readonly package: Uint8Array;
  readonly module: string;
  readonly function: string;
  readonly typeArguments: readonly TypeTag[];
  readonly args: readonly Argument[];
}

export type Command =
  | { readonly kind: 'moveCall'; readonly call: MoveCall }
  | {
      readonly kind: 'transferObjects';
      readonly objects: readonly Argument[];
      readonly address: Argument;
    }
  | { readonly kind: 'splitCoins'; readonly coin: Argument; readonly amounts: readonly Argument[] }
  | {
      readonly kind: 'mergeCoins';
      readonly destination: Argument;
      readonly sources: readonly Argument[];
    }
  | {
      readonly kind: 'publish';
      readonly modules: readonly Uint8Array[];
      readonly dependencies: readonly Uint8Array[];
    }
  | {
      readonly kind: 'makeMoveVec';
      /** Of the elements; may be left out for objects. */
      readonly type: TypeTag | undefined;
      readonly elements: readonly Argument[];
    }
  | {
      readonly kind: 'upgrade';
      readonly modules: readonly Uint8Array[];
      readonly dependencies: readonly Uint8Array[];
      readonly package: Uint8Array;
      readonly ticket: Argument;
    };

export interface ProgrammableTransaction {
  readonly inputs: readonly CallArg[];
  readonly commands: readonly Command[];
}

export type TransactionKind =
  | { readonly kind: 'programmable'; readonly programmable: ProgrammableTransaction }
  | SystemKind;

export interface GasData {
  readonly payment: readonly ObjectRef[];
  /** Who pays: the sender, or a sponsor. */
  readonly owner: Uint8Array;
  /** MIST for a gas unit. */
  readonly price: bigint;
  /** MIST. */
  readonly budget: bigint;
}

interface Period {
  readonly minEpoch: bigint | undefined;
  readonly maxEpoch: bigint | undefined;
  readonly minTimestamp: bigint | undefined;
  readonly maxTimestamp: bigint | undefined;
  /** Digest of the genesis checkpoint. */
  readonly chain: Uint8Array;
  readonly nonce: number;
}

export type Expiration =
  | { readonly kind: 'none' }
  | { readonly kind: 'epoch'; readonly epoch: bigint }
  | ({ readonly kind: 'validDuring' } & Period)
  | ({
      readonly kind: 'validity';
      readonly allowedProposers:
        | { readonly epoch: bigint; readonly proposers: readonly number[] }
        | undefined;
    } & Period);

/** `TransactionData::V1`, the only one there is. */
export interface TransactionData {
  readonly kind: TransactionKind;
  readonly sender: Uint8Array;
  readonly gas: GasData;
  readonly expiration: Expiration;
}

type SharedArg = Omit<Extract<ObjectArg, { kind: 'shared' }>, 'kind'>;

/** `SharedObjectMutability`: what had been a boolean before. */
const [MUTABLE, NON_EXCLUSIVE, MUTABILITIES] = [1, 2, 3];

const SHARED: Codec<SharedArg> = {
  read: (reader) => {
    const [id, initialVersion] = [ID.read(reader), reader.u64('initial version')];
    const mutability = reader.variant(MUTABILITIES, 'mutability');
    const shared = { id, initialVersion, mutable: mutability === MUTABLE };
    return mutability === NON_EXCLUSIVE ? { ...shared, isNonExclusive: true } : shared;
  },
  write: (writer, { id, initialVersion, mutable, isNonExclusive }) => {
    ID.write(writer, id);
    writer.u64(initialVersion);
    writer.uleb32(isNonExclusive === true ? NON_EXCLUSIVE : mutable ? MUTABLE : 0);
  },
};

const OBJECT_ARG: Codec<ObjectArg> = union<ObjectArg>('object argument', [
  ['immOrOwned', struct({ ref: OBJECT_REF })],
  ['shared', SHARED],
  ['receiving', struct({ ref: OBJECT_REF })],
]);

const WITHDRAW_FROM: Codec<WithdrawFrom> = union<WithdrawFrom>('source of funds', [
  ['sender', struct({})],
  ['sponsor', struct({})],
  ['senderAllowance', struct({ funder: ID, allowance: ID })],
]);

/** Reservation and type are enums of one variant. */
const WITHDRAWAL: Codec<FundsWithdrawal> = {
  read: (reader) => {
    reader.variant(1, 'reservation');
    const maxAmount = reader.u64('reserved amount');
    reader.variant(1, 'type of a withdrawal');
    return { maxAmount, currency: TYPE_TAG.read(reader), from: WITHDRAW_FROM.read(reader) };
  },
  write: (writer, { maxAmount, currency, from }) => {
    writer.uleb32(0).u64(maxAmount).uleb32(0);
    TYPE_TAG.write(writer, currency);
    WITHDRAW_FROM.write(writer, from);
  },
};

const CALL_ARG: Codec<CallArg> = union<CallArg>('input', [
  ['pure', struct({ bytes: blob('pure input') })],
  ['object', struct({ object: OBJECT_ARG })],
  ['fundsWithdrawal', struct({ withdrawal: WITHDRAWAL })],
]);

const ARGUMENT: Codec<Argument> = union<Argument>('argument', [
  ['gasCoin', struct({})],
  ['input', struct({ index: u16('input') })],
  ['result', struct({ index: u16('result') })],
  ['nestedResult', struct({ index: u16('result'), nested: u16('nested result') })],
]);

const ARGUMENTS = list('arguments', ARGUMENT);
const MODULES = list('modules', blob('module'));
const DEPENDENCIES = list('dependencies', ID);

const MOVE_CALL = struct<MoveCall>({
  package: ID,
  module: text('module of a call'),
  function: text('function of a call'),
  typeArguments: list('type arguments', TYPE_TAG),
  args: ARGUMENTS,
});

const COMMAND: Codec<Command> = union<Command>('command', [
  ['moveCall', struct({ call: MOVE_CALL })],
  ['transferObjects', struct({ objects: ARGUMENTS, address: ARGUMENT })],
  ['splitCoins', struct({ coin: ARGUMENT, amounts: ARGUMENTS })],
  ['mergeCoins', struct({ destination: ARGUMENT, sources: ARGUMENTS })],
  ['publish', struct({ modules: MODULES, dependencies: DEPENDENCIES })],
  ['makeMoveVec', struct({ type: option('type', TYPE_TAG), elements: ARGUMENTS })],
  [
    'upgrade',
    struct({ modules: MODULES, dependencies: DEPENDENCIES, package: ID, ticket: ARGUMENT }),
  ],
]);

export const PROGRAMMABLE_TRANSACTION = struct<ProgrammableTransaction>({
  inputs: list('inputs', CALL_ARG),
  commands: list('commands', COMMAND),
});

export const TRANSACTION_KIND: Codec<TransactionKind> = union<TransactionKind>('transaction kind', [
  ['programmable', struct({ programmable: PROGRAMMABLE_TRANSACTION })],
  ...SYSTEM_KINDS,
]);

const GAS_DATA = struct<GasData>({
  payment: list('gas payment', OBJECT_REF),
  owner: ID,
  price: u64('gas price'),
  budget: u64('gas budget'),
});

const PERIOD = {
  minEpoch: option('epoch', u64('epoch')),
  maxEpoch: option('epoch', u64('epoch')),
  minTimestamp: option('timestamp', u64('timestamp')),
  maxTimestamp: option('timestamp', u64('timestamp')),
  chain: DIGEST,
  nonce: u32('nonce'),
};

const EXPIRATION: Codec<Expiration> = union<Expiration>('expiration', [
  ['none', struct({})],
  ['epoch', struct({ epoch: u64('epoch') })],
  ['validDuring', struct(PERIOD)],
  [
    'validity',
    struct({
      ...PERIOD,
      allowedProposers: option(
        'proposers',
        struct({ epoch: u64('epoch'), proposers: list('proposers', u32('proposer')) }),
      ),
    }),
  ],
]);

const V1 = struct<TransactionData>({
  kind: TRANSACTION_KIND,
  sender: ID,
  gas: GAS_DATA,
  expiration: EXPIRATION,
});

export const TRANSACTION_DATA: Codec<TransactionData> = {
  read: (reader) => {
    reader.variant(1, 'version of a transaction');
    return V1.read(reader);
  },
  write: (writer, value) => {
    writer.uleb32(0);
    V1.write(writer, value);
  },
};

/** `Intent`: scope, version and application, one byte each. */
export interface SignedTransaction {
  readonly intent: Uint8Array;
  readonly data: TransactionData;
  /** Each a scheme's flag and what the scheme has. */
  readonly signatures: readonly Uint8Array[];
}

const SIGNED: Codec<SignedTransaction> = struct<SignedTransaction>({
  intent: {
    read: (reader) => reader.take(3, 'intent').slice(),
    write: (writer, value) => writer.bytes(value),
  },
  data: TRANSACTION_DATA,
  signatures: list('signatures', blob('signature')),
});

/** `SenderSignedData`, a list of one for the sake of its age. */
export const SENDER_SIGNED_DATA: Codec<SignedTransaction> = {
  read: (reader) => {
    const at = reader.position;
    const [only, more] = reader.list('signed transaction', (inner) => SIGNED.read(inner), 1);
    if (only === undefined || more !== undefined)
      throw reader.fail('length', 'signed transaction', at);
    return only;
  },
  write: (writer, value) => {
    writer.list([value], (inner, only) => SIGNED.write(inner, only));
  },
};

/** @throws BcsError; CannotPreview for kinds that only validators make and that are not known */
export function parseTransaction(bytes: Uint8Array): TransactionData {
  return decode(TRANSACTION_DATA, bytes, 'a transaction');
}

export function encodeTransaction(transaction: TransactionData): Uint8Array {
  return encode(TRANSACTION_DATA, transaction);
}
