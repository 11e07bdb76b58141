/** How a transaction ended (sui-types, execution_status.rs; newer variants as @mysten/sui reads them). */
import { blob, type Codec, ID, list, option, struct, text, u8, u16, u64, union } from './codec';

export interface MoveLocation {
  readonly package: Uint8Array;
  readonly module: string;
  /** Index of its definition. */
  readonly function: number;
  readonly instruction: number;
  readonly functionName: string | undefined;
}

const plainArgumentErrors = [
  'InvalidGasCoinUsage',
  'InvalidValueUsage',
  'InvalidObjectByValue',
  'InvalidObjectByMutRef',
  'SharedObjectOperationNotAllowed',
  'InvalidArgumentArity',
  'InvalidTransferObject',
  'InvalidMakeMoveVecNonObjectArgument',
  'ArgumentWithoutValue',
  'CannotMoveBorrowedValue',
  'CannotWriteToExtendedReference',
  'InvalidReferenceArgument',
  'InvalidTxContext',
] as const;

export type CommandArgumentError =
  | {
      readonly kind:
        | 'TypeMismatch'
        | 'InvalidBCSBytes'
        | 'InvalidUsageOfPureArg'
        | 'InvalidArgumentToPrivateEntryFunction'
        | (typeof plainArgumentErrors)[number];
    }
  | { readonly kind: 'IndexOutOfBounds'; readonly index: number }
  | {
      readonly kind: 'SecondaryIndexOutOfBounds';
      readonly index: number;
      readonly nested: number;
    }
  | { readonly kind: 'InvalidResultArity'; readonly index: number };

export type PackageUpgradeError =
  | { readonly kind: 'UnableToFetchPackage'; readonly package: Uint8Array }
  | { readonly kind: 'NotAPackage'; readonly object: Uint8Array }
  | { readonly kind: 'IncompatibleUpgrade' }
  | { readonly kind: 'DigestDoesNotMatch'; readonly digest: Uint8Array }
  | { readonly kind: 'UnknownUpgradePolicy'; readonly policy: number }
  | {
      readonly kind: 'PackageIDDoesNotMatch';
      readonly package: Uint8Array;
      readonly ticket: Uint8Array;
    };

type Sized<K extends string> = {
  readonly kind: K;
  /** Bytes. */
  readonly size: bigint;
  readonly max: bigint;
};

/** `ExecutionFailureStatus`, by the chain's names. */
export type ExecutionFailure =
  | {
      readonly kind:
        | 'InsufficientGas'
        | 'InvalidGasObject'
        | 'InvariantViolation'
        | 'FeatureNotYetSupported'
        | 'InsufficientCoinBalance'
        | 'CoinBalanceOverflow'
        | 'PublishErrorNonZeroAddress'
        | 'SuiMoveVerificationError'
        | 'VMVerificationOrDeserializationError'
        | 'VMInvariantViolation'
        | 'FunctionNotFound'
        | 'ArityMismatch'
        | 'TypeArityMismatch'
        | 'NonEntryFunctionInvoked'
        | 'InvalidTransferObject'
        | 'PublishUpgradeMissingDependency'
        | 'PublishUpgradeDependencyDowngrade'
        | 'CertificateDenied'
        | 'SuiMoveVerificationTimedout'
        | 'SharedObjectOperationNotAllowed'
        | 'InputObjectDeleted'
        | 'ExecutionCancelledDueToRandomnessUnavailable'
        | 'InvalidLinkage'
        | 'InsufficientBalanceForWithdraw';
    }
  | Sized<'MoveObjectTooBig'>
  | Sized<'MovePackageTooBig'>
  | Sized<'EffectsTooLarge'>
  | Sized<'WrittenObjectsTooLarge'>
  | Sized<'MoveVectorElemTooBig'>
  | Sized<'MoveRawValueTooBig'>
  | { readonly kind: 'CircularObjectOwnership'; readonly object: Uint8Array }
  | {
      readonly kind: 'MovePrimitiveRuntimeError';
      readonly location: MoveLocation | undefined;
    }
  | { readonly kind: 'MoveAbort'; readonly location: MoveLocation; readonly code: bigint }
  | {
      readonly kind: 'CommandArgumentError';
      readonly argument: number;
      readonly error: CommandArgumentError;
    }
  | {
      readonly kind: 'TypeArgumentError';
      readonly argument: number;
      readonly error: { readonly kind: 'TypeNotFound' | 'ConstraintNotSatisfied' };
    }
  | { readonly kind: 'UnusedValueWithoutDrop'; readonly index: number; readonly nested: number }
  | { readonly kind: 'InvalidPublicFunctionReturnType'; readonly index: number }
  | { readonly kind: 'PackageUpgradeError'; readonly error: PackageUpgradeError }
  | {
      readonly kind: 'ExecutionCancelledDueToSharedObjectCongestion';
      readonly objects: readonly Uint8Array[];
    }
  | {
      readonly kind: 'AddressDeniedForCoin';
      readonly address: Uint8Array;
      readonly coinType: string;
    }
  | { readonly kind: 'CoinTypeGlobalPause'; readonly coinType: string }
  | { readonly kind: 'NonExclusiveWriteInputObjectModified'; readonly object: Uint8Array };

export type ExecutionStatus =
  | { readonly kind: 'success' }
  | {
      readonly kind: 'failure';
      readonly error: ExecutionFailure;
      /** Index of the command. */
      readonly command: bigint | undefined;
    };

const LOCATION = struct<MoveLocation>({
  package: ID,
  module: text('module'),
  function: u16('function'),
  instruction: u16('instruction'),
  functionName: option('name of a function', text('name of a function')),
});

const NONE = struct({});
const INDEX = struct({ index: u16('index') });
const NESTED = struct({ index: u16('index'), nested: u16('nested index') });
const SIZES = struct({ size: u64('size'), max: u64('limit') });

export const ARGUMENT_ERROR: Codec<CommandArgumentError> = union<CommandArgumentError>(
  'argument error',
  [
    ['TypeMismatch', NONE],
    ['InvalidBCSBytes', NONE],
    ['InvalidUsageOfPureArg', NONE],
    ['InvalidArgumentToPrivateEntryFunction', NONE],
    ['IndexOutOfBounds', INDEX],
    ['SecondaryIndexOutOfBounds', NESTED],
    ['InvalidResultArity', INDEX],
    ...plainArgumentErrors.map((kind) => [kind, NONE] as const),
  ],
);

const UPGRADE_ERROR: Codec<PackageUpgradeError> = union<PackageUpgradeError>('upgrade error', [
  ['UnableToFetchPackage', struct({ package: ID })],
  ['NotAPackage', struct({ object: ID })],
  ['IncompatibleUpgrade', NONE],
  ['DigestDoesNotMatch', struct({ digest: blob('digest') })],
  ['UnknownUpgradePolicy', struct({ policy: u8('policy') })],
  ['PackageIDDoesNotMatch', struct({ package: ID, ticket: ID })],
]);

const TYPE_ERROR = union<{ readonly kind: 'TypeNotFound' | 'ConstraintNotSatisfied' }>(
  'type argument error',
  [
    ['TypeNotFound', NONE],
    ['ConstraintNotSatisfied', NONE],
  ],
);

export const FAILURE: Codec<ExecutionFailure> = union<ExecutionFailure>('failure', [
  ['InsufficientGas', NONE],
  ['InvalidGasObject', NONE],
  ['InvariantViolation', NONE],
  ['FeatureNotYetSupported', NONE],
  ['MoveObjectTooBig', SIZES],
  ['MovePackageTooBig', SIZES],
  ['CircularObjectOwnership', struct({ object: ID })],
  ['InsufficientCoinBalance', NONE],
  ['CoinBalanceOverflow', NONE],
  ['PublishErrorNonZeroAddress', NONE],
  ['SuiMoveVerificationError', NONE],
  ['MovePrimitiveRuntimeError', struct({ location: option('location', LOCATION) })],
  ['MoveAbort', struct({ location: LOCATION, code: u64('abort code') })],
  ['VMVerificationOrDeserializationError', NONE],
  ['VMInvariantViolation', NONE],
  ['FunctionNotFound', NONE],
  ['ArityMismatch', NONE],
  ['TypeArityMismatch', NONE],
  ['NonEntryFunctionInvoked', NONE],
  ['CommandArgumentError', struct({ argument: u16('argument'), error: ARGUMENT_ERROR })],
  ['TypeArgumentError', struct({ argument: u16('type argument'), error: TYPE_ERROR })],
  ['UnusedValueWithoutDrop', NESTED],
  ['InvalidPublicFunctionReturnType', INDEX],
  ['InvalidTransferObject', NONE],
  ['EffectsTooLarge', SIZES],
  ['PublishUpgradeMissingDependency', NONE],
  ['PublishUpgradeDependencyDowngrade', NONE],
  ['PackageUpgradeError', struct({ error: UPGRADE_ERROR })],
  ['WrittenObjectsTooLarge', SIZES],
  ['CertificateDenied', NONE],
  ['SuiMoveVerificationTimedout', NONE],
  ['SharedObjectOperationNotAllowed', NONE],
  ['InputObjectDeleted', NONE],
  ['ExecutionCancelledDueToSharedObjectCongestion', struct({ objects: list('objects', ID) })],
  ['AddressDeniedForCoin', struct({ address: ID, coinType: text('coin type') })],
  ['CoinTypeGlobalPause', struct({ coinType: text('coin type') })],
  ['ExecutionCancelledDueToRandomnessUnavailable', NONE],
  ['MoveVectorElemTooBig', SIZES],
  ['MoveRawValueTooBig', SIZES],
  ['InvalidLinkage', NONE],
  ['InsufficientBalanceForWithdraw', NONE],
  ['NonExclusiveWriteInputObjectModified', struct({ object: ID })],
]);

export const STATUS: Codec<ExecutionStatus> = union<ExecutionStatus>('status', [
  ['success', NONE],
  ['failure', struct({ error: FAILURE, command: option('command', u64('command')) })],
]);
