/** Effects of a transaction, whose digest validators sign (sui-types, effects/{effects_v1,effects_v2,object_change}.rs). */
import type { TypeTag } from '../../core/types';
import type { SuiOwner } from '../state';
import type { SuiGasSummary } from '../types';
import {
  type Codec,
  DIGEST,
  decode,
  encode,
  ID,
  list,
  option,
  pair,
  struct,
  TYPE_TAG,
  u32,
  u64,
  union,
} from './codec';
import { OBJECT_REF, type ObjectRef, OWNER, VERSION_DIGEST, type VersionDigest } from './object';
import { type ExecutionStatus, STATUS } from './status';

export type OwnedRef = readonly [ObjectRef, SuiOwner];

export interface EffectsV1 {
  readonly kind: 'v1';
  readonly status: ExecutionStatus;
  readonly epoch: bigint;
  readonly gas: SuiGasSummary;
  /** Of all that is modified: the version before. */
  readonly modifiedAtVersions: readonly (readonly [Uint8Array, bigint])[];
  readonly sharedObjects: readonly ObjectRef[];
  readonly transaction: Uint8Array;
  readonly created: readonly OwnedRef[];
  readonly mutated: readonly OwnedRef[];
  readonly unwrapped: readonly OwnedRef[];
  readonly deleted: readonly ObjectRef[];
  readonly unwrappedThenDeleted: readonly ObjectRef[];
  readonly wrapped: readonly ObjectRef[];
  readonly gasObject: OwnedRef;
  readonly events: Uint8Array | undefined;
  /** Digests of the transactions that made what was read. */
  readonly dependencies: readonly Uint8Array[];
}

export type ObjectIn =
  | { readonly kind: 'notExist' }
  | { readonly kind: 'exist'; readonly at: VersionDigest; readonly owner: SuiOwner };

export type ObjectOut =
  | { readonly kind: 'notExist' }
  | { readonly kind: 'objectWrite'; readonly digest: Uint8Array; readonly owner: SuiOwner }
  | { readonly kind: 'packageWrite'; readonly at: VersionDigest }
  | {
      readonly kind: 'accumulatorWrite';
      readonly address: Uint8Array;
      readonly type: TypeTag;
      readonly operation: { readonly kind: 'merge' | 'split' };
      readonly value: AccumulatorValue;
    };

export type AccumulatorValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'integerTuple'; readonly values: readonly [bigint, bigint] }
  | { readonly kind: 'eventDigest'; readonly events: readonly (readonly [bigint, Uint8Array])[] };

export type IdOperation = 'none' | 'created' | 'deleted';

export interface EffectsObjectChange {
  readonly input: ObjectIn;
  readonly output: ObjectOut;
  readonly idOperation: { readonly kind: IdOperation };
}

export type UnchangedConsensusKind =
  | { readonly kind: 'readOnlyRoot'; readonly at: VersionDigest }
  | {
      readonly kind: 'mutateStreamEnded' | 'readStreamEnded' | 'cancelled';
      readonly version: bigint;
    }
  | { readonly kind: 'perEpochConfig' };

export interface EffectsV2 {
  readonly kind: 'v2';
  readonly status: ExecutionStatus;
  readonly epoch: bigint;
  readonly gas: SuiGasSummary;
  readonly transaction: Uint8Array;
  /** Into `changedObjects`. */
  readonly gasObjectIndex: number | undefined;
  readonly events: Uint8Array | undefined;
  readonly dependencies: readonly Uint8Array[];
  /** Of every object that is written. */
  readonly lamportVersion: bigint;
  readonly changedObjects: readonly (readonly [Uint8Array, EffectsObjectChange])[];
  readonly unchangedConsensusObjects: readonly (readonly [Uint8Array, UnchangedConsensusKind])[];
  readonly auxiliaryData: Uint8Array | undefined;
}

export type TransactionEffects = EffectsV1 | EffectsV2;

const GAS_SUMMARY = struct<SuiGasSummary>({
  computationCost: u64('computation cost'),
  storageCost: u64('storage cost'),
  storageRebate: u64('storage rebate'),
  nonRefundableStorageFee: u64('storage fee'),
});

const OWNED_REF = pair(OBJECT_REF, OWNER);
const OWNED_REFS = list('objects', OWNED_REF);
const REFS = list('objects', OBJECT_REF);
const DIGESTS = list('dependencies', DIGEST);

const V1 = struct<Omit<EffectsV1, 'kind'>>({
  status: STATUS,
  epoch: u64('epoch'),
  gas: GAS_SUMMARY,
  modifiedAtVersions: list('versions', pair(ID, u64('version'))),
  sharedObjects: REFS,
  transaction: DIGEST,
  created: OWNED_REFS,
  mutated: OWNED_REFS,
  unwrapped: OWNED_REFS,
  deleted: REFS,
  unwrappedThenDeleted: REFS,
  wrapped: REFS,
  gasObject: OWNED_REF,
  events: option('events', DIGEST),
  dependencies: DIGESTS,
});

const OBJECT_IN = union<ObjectIn>('state before', [
  ['notExist', struct({})],
  ['exist', struct({ at: VERSION_DIGEST, owner: OWNER })],
]);

const ACCUMULATOR_VALUE = union<AccumulatorValue>('accumulator value', [
  ['integer', struct({ value: u64('amount') })],
  ['integerTuple', struct({ values: pair(u64('amount'), u64('amount')) })],
  ['eventDigest', struct({ events: list('events', pair(u64('event'), DIGEST)) })],
]);

const OBJECT_OUT = union<ObjectOut>('state after', [
  ['notExist', struct({})],
  ['objectWrite', struct({ digest: DIGEST, owner: OWNER })],
  ['packageWrite', struct({ at: VERSION_DIGEST })],
  [
    'accumulatorWrite',
    struct({
      address: ID,
      type: TYPE_TAG,
      operation: union<{ readonly kind: 'merge' | 'split' }>('operation', [
        ['merge', struct({})],
        ['split', struct({})],
      ]),
      value: ACCUMULATOR_VALUE,
    }),
  ],
]);

const OBJECT_CHANGE = struct<EffectsObjectChange>({
  input: OBJECT_IN,
  output: OBJECT_OUT,
  idOperation: union<{ readonly kind: IdOperation }>('operation on an id', [
    ['none', struct({})],
    ['created', struct({})],
    ['deleted', struct({})],
  ]),
});

const STREAM = struct({ version: u64('version') });

const UNCHANGED = union<UnchangedConsensusKind>('unchanged object', [
  ['readOnlyRoot', struct({ at: VERSION_DIGEST })],
  ['mutateStreamEnded', STREAM],
  ['readStreamEnded', STREAM],
  ['cancelled', STREAM],
  ['perEpochConfig', struct({})],
]);

const V2 = struct<Omit<EffectsV2, 'kind'>>({
  status: STATUS,
  epoch: u64('epoch'),
  gas: GAS_SUMMARY,
  transaction: DIGEST,
  gasObjectIndex: option('gas object', u32('gas object')),
  events: option('events', DIGEST),
  dependencies: DIGESTS,
  lamportVersion: u64('version'),
  changedObjects: list('changed objects', pair(ID, OBJECT_CHANGE)),
  unchangedConsensusObjects: list('unchanged objects', pair(ID, UNCHANGED)),
  auxiliaryData: option('auxiliary data', DIGEST),
});

export const EFFECTS: Codec<TransactionEffects> = union<TransactionEffects>('effects', [
  ['v1', V1],
  ['v2', V2],
]);

/** @throws BcsError */
export function parseEffects(bytes: Uint8Array): TransactionEffects {
  return decode(EFFECTS, bytes, 'effects');
}

export function encodeEffects(effects: TransactionEffects): Uint8Array {
  return encode(EFFECTS, effects);
}
