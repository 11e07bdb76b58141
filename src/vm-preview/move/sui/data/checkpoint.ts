/** Checkpoints with all that was read and written, as indexers store them (sui-types, full_checkpoint_content.rs). */
import type { SuiObject } from '../state';
import type { SuiEvent, SuiGasSummary } from '../types';
import { blob, type Codec, DIGEST, decode, fixed, list, option, pair, struct, u64 } from './codec';
import { EFFECTS, type TransactionEffects } from './effects';
import { EVENTS } from './event';
import { OBJECT } from './object';
import { SENDER_SIGNED_DATA, type SignedTransaction } from './transaction';

export interface CheckpointSummary {
  readonly epoch: bigint;
  readonly sequenceNumber: bigint;
  readonly networkTotalTransactions: bigint;
  readonly contentDigest: Uint8Array;
  readonly previousDigest: Uint8Array | undefined;
  readonly epochGas: SuiGasSummary;
  readonly timestampMs: bigint;
  /** Digests of the set of live objects. */
  readonly commitments: readonly Uint8Array[];
  readonly endOfEpoch: EndOfEpoch | undefined;
  readonly versionSpecificData: Uint8Array;
}

interface EndOfEpoch {
  /** Public keys of 96 bytes and stakes. */
  readonly nextCommittee: readonly (readonly [Uint8Array, bigint])[];
  readonly nextProtocolVersion: bigint;
  readonly commitments: readonly Uint8Array[];
}

export interface CheckpointTransaction {
  readonly transaction: SignedTransaction;
  readonly effects: TransactionEffects;
  readonly events: readonly SuiEvent[] | undefined;
  readonly inputObjects: readonly SuiObject[];
  readonly outputObjects: readonly SuiObject[];
}

export interface CheckpointData {
  readonly summary: CheckpointSummary;
  readonly signature: {
    readonly epoch: bigint;
    readonly signature: Uint8Array;
    readonly signers: Uint8Array;
  };
  readonly contents: {
    /** Digests of a transaction and of its effects. */
    readonly transactions: readonly (readonly [Uint8Array, Uint8Array])[];
    readonly signatures: readonly (readonly Uint8Array[])[];
  };
  readonly transactions: readonly CheckpointTransaction[];
}

/** An enum of one variant. */
const only = <T>(what: string, inner: Codec<T>): Codec<T> => ({
  read: (reader) => {
    reader.variant(1, what);
    return inner.read(reader);
  },
  write: (writer, value) => {
    writer.uleb32(0);
    inner.write(writer, value);
  },
});

const COMMITMENTS = list('commitments', only('commitment', DIGEST));

const SUMMARY = struct<CheckpointSummary>({
  epoch: u64('epoch'),
  sequenceNumber: u64('sequence number'),
  networkTotalTransactions: u64('transactions'),
  contentDigest: DIGEST,
  previousDigest: option('previous digest', DIGEST),
  epochGas: struct<SuiGasSummary>({
    computationCost: u64('computation cost'),
    storageCost: u64('storage cost'),
    storageRebate: u64('storage rebate'),
    nonRefundableStorageFee: u64('storage fee'),
  }),
  timestampMs: u64('timestamp'),
  commitments: COMMITMENTS,
  endOfEpoch: option(
    'end of epoch',
    struct<EndOfEpoch>({
      nextCommittee: list('committee', pair(blob('public key'), u64('stake'))),
      nextProtocolVersion: u64('protocol version'),
      commitments: COMMITMENTS,
    }),
  ),
  versionSpecificData: blob('version specific data'),
});

const TRANSACTION = struct<CheckpointTransaction>({
  transaction: SENDER_SIGNED_DATA,
  effects: EFFECTS,
  events: option('events', EVENTS),
  inputObjects: list('input objects', OBJECT),
  outputObjects: list('output objects', OBJECT),
});

export const CHECKPOINT_DATA: Codec<CheckpointData> = struct<CheckpointData>({
  summary: SUMMARY,
  signature: struct({
    epoch: u64('epoch'),
    signature: fixed(48, 'signature'),
    signers: blob('signers'),
  }),
  contents: only(
    'contents',
    struct({
      transactions: list('digests', pair(DIGEST, DIGEST)),
      signatures: list('signatures', list('signatures', blob('signature'))),
    }),
  ),
  transactions: list('transactions', TRANSACTION),
});

/** First byte of a blob of indexers: its content is BCS. */
const BCS_ENCODING = 1;

/**
 * @param file - a `.chk`: one byte that says how it is encoded, then the checkpoint
 * @throws BcsError
 */
export function parseCheckpoint(file: Uint8Array): CheckpointData {
  const codec: Codec<CheckpointData> = {
    read: (reader) => {
      if (reader.u8('encoding') !== BCS_ENCODING) throw reader.fail('variant', 'encoding', 0);
      return CHECKPOINT_DATA.read(reader);
    },
    write: (writer, value) => {
      writer.u8(BCS_ENCODING);
      CHECKPOINT_DATA.write(writer, value);
    },
  };
  return decode(codec, file, 'a checkpoint');
}
