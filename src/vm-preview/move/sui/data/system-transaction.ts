/** Transactions that validators make. They are read, never run (sui-types, transaction.rs). */
import { CannotPreview } from '../../../errors';
import type { SuiOwner } from '../state';
import {
  blob,
  type Codec,
  DIGEST,
  ID,
  list,
  option,
  pair,
  struct,
  text,
  u64,
  union,
} from './codec';
import { OBJECT_DATA, OWNER } from './object';

interface ChangeEpoch {
  readonly epoch: bigint;
  readonly protocolVersion: bigint;
  readonly storageCharge: bigint;
  readonly computationCharge: bigint;
  readonly storageRebate: bigint;
  readonly nonRefundableStorageFee: bigint;
  readonly epochStartTimestampMs: bigint;
  readonly systemPackages: readonly {
    readonly version: bigint;
    readonly modules: readonly Uint8Array[];
    readonly dependencies: readonly Uint8Array[];
  }[];
}

interface ActiveJwk {
  readonly issuer: string;
  readonly keyId: string;
  readonly keyType: string;
  readonly e: string;
  readonly n: string;
  readonly algorithm: string;
  readonly epoch: bigint;
}

type VersionAssignments = readonly (readonly [
  Uint8Array,
  readonly (readonly [Uint8Array, bigint])[],
])[];

interface CommitPrologue {
  readonly epoch: bigint;
  readonly round: bigint;
  readonly timestampMs: bigint;
}

export type EndOfEpochKind =
  | { readonly kind: 'changeEpoch'; readonly change: ChangeEpoch }
  | { readonly kind: 'authenticatorStateCreate' }
  | {
      readonly kind: 'authenticatorStateExpire';
      readonly minEpoch: bigint;
      readonly initialVersion: bigint;
    }
  | { readonly kind: 'randomnessStateCreate' }
  | { readonly kind: 'denyListStateCreate' }
  | { readonly kind: 'bridgeStateCreate'; readonly chain: Uint8Array }
  | { readonly kind: 'bridgeCommitteeInit'; readonly version: bigint };

export type SystemKind =
  | { readonly kind: 'changeEpoch'; readonly change: ChangeEpoch }
  | {
      readonly kind: 'genesis';
      readonly objects: readonly (readonly [ReturnType<(typeof OBJECT_DATA)['read']>, SuiOwner])[];
    }
  | ({ readonly kind: 'commitPrologue' } & CommitPrologue)
  | {
      readonly kind: 'authenticatorStateUpdate';
      readonly epoch: bigint;
      readonly round: bigint;
      readonly keys: readonly ActiveJwk[];
      readonly initialVersion: bigint;
    }
  | { readonly kind: 'endOfEpoch'; readonly kinds: readonly EndOfEpochKind[] }
  | {
      readonly kind: 'randomnessStateUpdate';
      readonly epoch: bigint;
      readonly round: bigint;
      readonly randomBytes: Uint8Array;
      readonly initialVersion: bigint;
    }
  | ({ readonly kind: 'commitPrologueV2'; readonly digest: Uint8Array } & CommitPrologue)
  | ({
      readonly kind: 'commitPrologueV3';
      readonly subDagIndex: bigint | undefined;
      readonly digest: Uint8Array;
      readonly assignments: VersionAssignments;
    } & CommitPrologue);

const CHANGE_EPOCH = struct<ChangeEpoch>({
  epoch: u64('epoch'),
  protocolVersion: u64('protocol version'),
  storageCharge: u64('storage charge'),
  computationCharge: u64('computation charge'),
  storageRebate: u64('storage rebate'),
  nonRefundableStorageFee: u64('fee'),
  epochStartTimestampMs: u64('timestamp'),
  systemPackages: list(
    'system packages',
    struct({
      version: u64('version'),
      modules: list('modules', blob('module')),
      dependencies: list('dependencies', ID),
    }),
  ),
});

const ACTIVE_JWK = struct<ActiveJwk>({
  issuer: text('issuer'),
  keyId: text('key id'),
  keyType: text('key type'),
  e: text('exponent'),
  n: text('modulus'),
  algorithm: text('algorithm'),
  epoch: u64('epoch'),
});

const PROLOGUE = {
  epoch: u64('epoch'),
  round: u64('round'),
  timestampMs: u64('timestamp'),
};

/** An enum of one variant: versions given to the shared objects of transactions that were called off. */
const ASSIGNMENTS: Codec<VersionAssignments> = (() => {
  const rows = list(
    'version assignments',
    pair(DIGEST, list('versions', pair(ID, u64('version')))),
  );
  return {
    read: (reader) => {
      reader.variant(1, 'version assignments');
      return rows.read(reader);
    },
    write: (writer, value) => {
      writer.uleb32(0);
      rows.write(writer, value);
    },
  };
})();

/** An enum of one variant. */
const GENESIS_OBJECT = (() => {
  const raw = pair(OBJECT_DATA, OWNER);
  const codec: typeof raw = {
    read: (reader) => {
      reader.variant(1, 'genesis object');
      return raw.read(reader);
    },
    write: (writer, value) => {
      writer.uleb32(0);
      raw.write(writer, value);
    },
  };
  return codec;
})();

const END_OF_EPOCH: Codec<EndOfEpochKind> = union<EndOfEpochKind>('end of epoch', [
  ['changeEpoch', struct({ change: CHANGE_EPOCH })],
  ['authenticatorStateCreate', struct({})],
  [
    'authenticatorStateExpire',
    struct({ minEpoch: u64('epoch'), initialVersion: u64('initial version') }),
  ],
  ['randomnessStateCreate', struct({})],
  ['denyListStateCreate', struct({})],
  ['bridgeStateCreate', struct({ chain: DIGEST })],
  ['bridgeCommitteeInit', struct({ version: u64('version') })],
  ...Array.from({ length: 6 }, () => unknownKind),
]);

/** Rows of the variants after the programmable transaction. */
export const SYSTEM_KINDS: Parameters<typeof union<SystemKind>>[1] = [
  ['changeEpoch', struct({ change: CHANGE_EPOCH })],
  ['genesis', struct({ objects: list('objects', GENESIS_OBJECT) })],
  ['commitPrologue', struct(PROLOGUE)],
  [
    'authenticatorStateUpdate',
    struct({
      epoch: u64('epoch'),
      round: u64('round'),
      keys: list('keys', ACTIVE_JWK),
      initialVersion: u64('initial version'),
    }),
  ],
  ['endOfEpoch', struct({ kinds: list('end of epoch', END_OF_EPOCH) })],
  [
    'randomnessStateUpdate',
    struct({
      epoch: u64('epoch'),
      round: u64('round'),
      randomBytes: blob('random bytes'),
      initialVersion: u64('initial version'),
    }),
  ],
  ['commitPrologueV2', struct({ ...PROLOGUE, digest: DIGEST })],
  [
    'commitPrologueV3',
    struct({
      epoch: u64('epoch'),
      round: u64('round'),
      subDagIndex: option('sub dag index', u64('sub dag index')),
      timestampMs: u64('timestamp'),
      digest: DIGEST,
      assignments: ASSIGNMENTS,
    }),
  ],
  unknownKind,
  unknownKind,
];

function unknownKind(): Error {
  return new CannotPreview('sui-system-transaction', 'a transaction that only validators make');
}
