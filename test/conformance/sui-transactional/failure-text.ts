/** Failures in the chain's words, and as Rust's `Debug` prints them (sui-types, execution_status.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ExecutionFailure } from '../../../src/vm-preview/move/sui';

type Kind = ExecutionFailure['kind'];
type ArgumentError = Extract<ExecutionFailure, { kind: 'CommandArgumentError' }>['error'];
type UpgradeError = Extract<ExecutionFailure, { kind: 'PackageUpgradeError' }>['error'];
type Location = Extract<ExecutionFailure, { kind: 'MoveAbort' }>['location'];

const id = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

/** Those that say no more. */
const PLAIN: Readonly<Partial<Record<Kind, string>>> = {
  InsufficientGas: 'Insufficient Gas.',
  InvalidGasObject: 'Invalid Gas Object. Possibly not address-owned or possibly not a SUI coin.',
  InvariantViolation: 'INVARIANT VIOLATION.',
  FeatureNotYetSupported: 'Attempted to used feature that is not supported yet',
  InsufficientCoinBalance: 'Insufficient coin balance for operation.',
  CoinBalanceOverflow: 'The coin balance overflows u64',
  PublishErrorNonZeroAddress:
    'Publish Error, Non-zero Address. The modules in the package must have their self-addresses set to zero.',
  SuiMoveVerificationError:
    'Sui Move Bytecode Verification Error. Please run the Sui Move Verifier for more information.',
  VMVerificationOrDeserializationError:
    'Move Bytecode Verification Error. Please run the Bytecode Verifier for more information.',
  VMInvariantViolation: 'MOVE VM INVARIANT VIOLATION.',
  FunctionNotFound: 'Function Not Found.',
  ArityMismatch:
    'Arity mismatch for Move function. The number of arguments does not match the number of parameters',
  TypeArityMismatch:
    'Type arity mismatch for Move function. Mismatch between the number of actual versus expected type arguments.',
  NonEntryFunctionInvoked:
    'Non Entry Function Invoked. Move Call must start with an entry function',
  InvalidTransferObject: 'Invalid Transfer Object, object does not have public transfer.',
  PublishUpgradeMissingDependency:
    'Publish/Upgrade Error, Missing dependency. A dependency of a published or upgraded package has not been assigned an on-chain address.',
  PublishUpgradeDependencyDowngrade:
    "Publish/Upgrade Error, Dependency downgrade. Indirect (transitive) dependency of published or upgraded package has been assigned an on-chain version that is less than the version required by one of the package's transitive dependencies.",
  CertificateDenied: 'Certificate is on the deny list',
  SuiMoveVerificationTimedout:
    'Sui Move Bytecode Verification Timeout. Please run the Sui Move Verifier for more information.',
  SharedObjectOperationNotAllowed: 'The shared object operation is not allowed.',
  InputObjectDeleted:
    'Certificate cannot be executed due to a dependency on a deleted shared object or an object that was transferred out of consensus',
  ExecutionCancelledDueToRandomnessUnavailable:
    'Certificate is cancelled because randomness could not be generated this epoch',
  InvalidLinkage: 'A valid linkage was unable to be determined for the transaction',
  InsufficientBalanceForWithdraw: 'Insufficient balance for transaction withdrawal',
};

/** `Display` */
export function failureText(failure: ExecutionFailure): string {
  switch (failure.kind) {
    case 'MoveObjectTooBig':
      return `Move object with size ${failure.size} is larger than the maximum object size ${failure.max}`;
    case 'MovePackageTooBig':
      return `Move package with size ${failure.size} is larger than the maximum object size ${failure.max}`;
    case 'EffectsTooLarge':
      return `Effects of size ${failure.size} bytes too large. Limit is ${failure.max} bytes`;
    case 'WrittenObjectsTooLarge':
      return `Written objects of ${failure.size} bytes too large. Limit is ${failure.max} bytes`;
    case 'MoveVectorElemTooBig':
      return `Move vector element (passed to MakeMoveVec) with size ${failure.size} is larger than the maximum size ${failure.max}. Note that this maximum is scaled based on the type of the vector element.`;
    case 'MoveRawValueTooBig':
      return `Move value (possibly an upgrade ticket or a dev-inspect value) with size ${failure.size} is larger than the maximum size  ${failure.max}. Note that this maximum is scaled based on the type of the value.`;
    case 'CircularObjectOwnership':
      return `Circular Object Ownership, including object ${id(failure.object)}.`;
    case 'MovePrimitiveRuntimeError':
      return `Move Primitive Runtime Error. Location: ${placeText(failure.location)}. Arithmetic error, stack overflow, max value depth, etc.`;
    case 'MoveAbort':
      return `Move Runtime Abort. Location: ${placeText(failure.location)}, Abort Code: ${failure.code}`;
    case 'CommandArgumentError':
      return `Invalid command argument at ${failure.argument}. ${argumentText(failure.error)}`;
    case 'TypeArgumentError':
      return `Error for type argument at index ${failure.argument}: ${
        failure.error.kind === 'TypeNotFound'
          ? 'A type was not found in the module specified.'
          : 'A type provided did not match the specified constraints.'
      }`;
    case 'UnusedValueWithoutDrop':
      return `Unused result without the drop ability. Command result ${failure.index}, return value ${failure.nested}`;
    case 'InvalidPublicFunctionReturnType':
      return `Invalid public Move function signature. Unsupported return type for return value ${failure.index}`;
    case 'PackageUpgradeError':
      return `Invalid package upgrade. ${upgradeText(failure.error)}`;
    case 'AddressDeniedForCoin':
      return `Address ${id(failure.address)} is denied for coin ${failure.coinType}`;
    case 'CoinTypeGlobalPause':
      return `Coin type is globally paused for use: ${failure.coinType}`;
    default:
      return PLAIN[failure.kind] ?? failure.kind;
  }
}

/** First four bits of a code that names constants of its module (move-command-line-common, error_bitset.rs). */
const CLEVER = { first: 0b1000n, withCode: 0b1100n };
const NO_CODE = 0xffn;

/** Of an abort whose code says the line of the source; undefined for other failures. */
export function cleverAbortText(failure: ExecutionFailure): string | undefined {
  if (failure.kind !== 'MoveAbort') return undefined;
  const { location, code } = failure;
  const version = code >> 60n;
  if (version !== CLEVER.first && version !== CLEVER.withCode) return undefined;
  const line = (code >> 32n) & 0xffffn;
  const named = (code >> 48n) & 0xffn;
  const said = version === CLEVER.first || named === NO_CODE ? '' : ` with clever code ${named}`;
  return `Move Abort in ${placeText(location)} at line ${line}${said}`;
}

function placeText(location: Location | undefined): string {
  if (location === undefined) return 'UNKNOWN';
  const { package: address, module, function: definition, instruction, functionName } = location;
  const name = `${id(address)}::${module}`;
  return functionName === undefined
    ? `${name} in function definition ${definition} at offset ${instruction}`
    : `${name}::${functionName} (function index ${definition}) at offset ${instruction}`;
}

const ARGUMENT: Readonly<Partial<Record<ArgumentError['kind'], string>>> = {
  TypeMismatch: 'The type of the value does not match the expected type',
  InvalidBCSBytes: 'The argument cannot be deserialized into a value of the specified type',
  InvalidUsageOfPureArg: 'The argument cannot be instantiated from raw bytes',
  InvalidArgumentToPrivateEntryFunction:
    'Invalid argument to private entry function. These functions cannot take arguments from other Move functions',
  InvalidGasCoinUsage:
    'Invalid taking of the Gas coin. It can only be used by-value with TransferObjects',
  InvalidValueUsage:
    'Invalid usage of value. Mutably borrowed values require unique usage. Immutably borrowed values cannot be taken or borrowed mutably. Taken values cannot be used again.',
  InvalidObjectByValue: 'Immutable objects cannot be passed by-value.',
  InvalidObjectByMutRef: 'Immutable objects cannot be passed by mutable reference, &mut.',
  SharedObjectOperationNotAllowed:
    'Shared object operations such a wrapping, freezing, or converting to owned are not allowed.',
  InvalidArgumentArity:
    'Invalid argument arity. Expected a single argument but found a result that expanded to multiple arguments.',
  InvalidTransferObject:
    'Object passed to TransferObject does not have public transfer, i.e. the `store` ability',
  InvalidMakeMoveVecNonObjectArgument:
    'First argument to MakeMoveVec is not an object. If no type is specified for MakeMoveVec, all arguments must be the same object type.',
  ArgumentWithoutValue: 'Specified argument location does not have a value and cannot be used',
  CannotMoveBorrowedValue:
    "Cannot move a borrowed value. The value's type does resulted in this argument usage being inferred as a move. This is likely due to the type not having the `copy` ability; although in rare cases, it could also be this is the last usage of a value without the `drop` ability.",
  CannotWriteToExtendedReference:
    'Cannot write to an argument location that is still borrowed, and where that borrow is an extension of that reference. This is likely due to this argument being used in a Move call that returns a reference, and that reference is used in a later command.',
  InvalidReferenceArgument:
    'The argument specified cannot be used as a reference argument in the Move call. Either the argument is a mutable reference and it conflicts with another argument to the call, or the argument is mutable and another reference extends it and will be used in a later command.',
};

function argumentText(error: ArgumentError): string {
  switch (error.kind) {
    case 'IndexOutOfBounds':
      return `Out of bounds access to input or result vector ${error.index}`;
    case 'SecondaryIndexOutOfBounds':
      return `Out of bounds secondary access to result vector ${error.index} at secondary index ${error.nested}`;
    case 'InvalidResultArity':
      return `Invalid usage of result ${error.index}, expected a single result but found either no return values or multiple.`;
    default:
      return ARGUMENT[error.kind] ?? error.kind;
  }
}

function upgradeText(error: UpgradeError): string {
  switch (error.kind) {
    case 'UnableToFetchPackage':
      return `Unable to fetch package at ${id(error.package)}`;
    case 'NotAPackage':
      return `Object ${id(error.object)} is not a package`;
    case 'IncompatibleUpgrade':
      return 'New package is incompatible with previous version';
    case 'DigestDoesNotMatch':
      return 'Digest in upgrade ticket and computed digest disagree';
    case 'UnknownUpgradePolicy':
      return `Upgrade policy ${error.policy} is not a valid upgrade policy`;
    case 'PackageIDDoesNotMatch':
      return `Package ID ${id(error.package)} does not match package ID in upgrade ticket ${id(error.ticket)}`;
  }
}

/** `Debug` */
export function failureDebug(failure: ExecutionFailure): string {
  switch (failure.kind) {
    case 'MoveObjectTooBig':
    case 'MovePackageTooBig':
      return `${failure.kind} { object_size: ${failure.size}, max_object_size: ${failure.max} }`;
    case 'EffectsTooLarge':
    case 'WrittenObjectsTooLarge':
      return `${failure.kind} { current_size: ${failure.size}, max_size: ${failure.max} }`;
    case 'MoveVectorElemTooBig':
    case 'MoveRawValueTooBig':
      return `${failure.kind} { value_size: ${failure.size}, max_scaled_size: ${failure.max} }`;
    case 'CircularObjectOwnership':
      return `${failure.kind} { object: ${id(failure.object)} }`;
    case 'MovePrimitiveRuntimeError':
      return `${failure.kind}(MoveLocationOpt(${
        failure.location === undefined ? 'None' : `Some(${placeDebug(failure.location)})`
      }))`;
    case 'MoveAbort':
      return `MoveAbort(${placeDebug(failure.location)}, ${failure.code})`;
    case 'CommandArgumentError':
      return `${failure.kind} { arg_idx: ${failure.argument}, kind: ${argumentDebug(failure.error)} }`;
    case 'TypeArgumentError':
      return `${failure.kind} { argument_idx: ${failure.argument}, kind: ${failure.error.kind} }`;
    case 'UnusedValueWithoutDrop':
      return `${failure.kind} { result_idx: ${failure.index}, secondary_idx: ${failure.nested} }`;
    case 'InvalidPublicFunctionReturnType':
      return `${failure.kind} { idx: ${failure.index} }`;
    case 'PackageUpgradeError':
      return `${failure.kind} { upgrade_error: ${upgradeDebug(failure.error)} }`;
    case 'AddressDeniedForCoin':
      return `${failure.kind} { address: ${id(failure.address)}, coin_type: ${JSON.stringify(failure.coinType)} }`;
    case 'CoinTypeGlobalPause':
      return `${failure.kind} { coin_type: ${JSON.stringify(failure.coinType)} }`;
    default:
      return failure.kind;
  }
}

function placeDebug({
  package: address,
  module,
  function: definition,
  instruction,
  functionName,
}: Location): string {
  const name = functionName === undefined ? 'None' : `Some("${functionName}")`;
  return `MoveLocation { module: ModuleId { address: ${bytesToHex(address)}, name: Identifier("${module}") }, function: ${definition}, instruction: ${instruction}, function_name: ${name} }`;
}

function argumentDebug(error: ArgumentError): string {
  switch (error.kind) {
    case 'IndexOutOfBounds':
      return `${error.kind} { idx: ${error.index} }`;
    case 'SecondaryIndexOutOfBounds':
      return `${error.kind} { result_idx: ${error.index}, secondary_idx: ${error.nested} }`;
    case 'InvalidResultArity':
      return `${error.kind} { result_idx: ${error.index} }`;
    default:
      return error.kind;
  }
}

function upgradeDebug(error: UpgradeError): string {
  switch (error.kind) {
    case 'UnableToFetchPackage':
      return `${error.kind} { package_id: ${id(error.package)} }`;
    case 'NotAPackage':
      return `${error.kind} { object_id: ${id(error.object)} }`;
    case 'DigestDoesNotMatch':
      return `${error.kind} { digest: [${[...error.digest].join(', ')}] }`;
    case 'UnknownUpgradePolicy':
      return `${error.kind} { policy: ${error.policy} }`;
    case 'PackageIDDoesNotMatch':
      return `${error.kind} { package_id: ${id(error.package)}, ticket_id: ${id(error.ticket)} }`;
    default:
      return error.kind;
  }
}
