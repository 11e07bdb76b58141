/** How a transaction that the chain takes fails, and Move's errors as such (sui-adapter, error.rs). */
import { LookaheadError } from '../../../errors';
import { BcsError } from '../../core/bcs';
import { FormatError } from '../../core/format';
import { type CodeLocation, MOVE_STATUS, MoveError } from '../../core/runtime';
import { Address } from '../../core/values';
import { VerificationError } from '../../core/verifier';
import type { CommandArgumentError, ExecutionFailure, MoveLocation } from '../data';
import { TypeLoadError, type TypeStatus } from '../linkage';
import { CircularOwnershipError } from '../object-runtime';
import { SuiVerificationError } from '../verifier';
import type { CleverError } from './clever-error';

export class ExecutionError extends LookaheadError {
  override readonly name = 'ExecutionError';
  /** Index of the command that failed. */
  command: number | undefined;
  /** What an abort's code names in its module. */
  clever: CleverError | undefined;

  /** @param text - the chain's words or ours, where there are any */
  constructor(
    readonly failure: ExecutionFailure,
    readonly text?: string,
  ) {
    super('rejected', 'sui-execution', text ?? failure.kind, { failure: failure.kind });
  }
}

export function argumentError(error: CommandArgumentError, argument: number): ExecutionError {
  return new ExecutionError({ kind: 'CommandArgumentError', argument, error });
}

/** What the chain holds impossible, e.g. because its input checks would have refused it. */
export function invariantViolation(text: string): ExecutionError {
  return new ExecutionError({ kind: 'InvariantViolation' }, text);
}

/** The package id that the code of a module's address is from, for the place of an error. */
export type Relocate = (original: string) => string;

/** First statuses of a kind (move-core-types, vm_status.rs `status_type`). */
const INVARIANT_VIOLATION = 2000;
const DESERIALIZATION = 3000;
const EXECUTION = 4000;

/** Undefined for what is no failure of the transaction: missing state, or what this VM cannot do. */
export function executionError(error: unknown, relocate: Relocate): ExecutionError | undefined {
  if (error instanceof ExecutionError) return error;
  if (error instanceof MoveError)
    return new ExecutionError(moveFailure(error, relocate), error.message);
  if (error instanceof TypeLoadError)
    return new ExecutionError({ kind: kindOf(TYPE_STATUS[error.status]) }, error.message);
  if (error instanceof CircularOwnershipError)
    return new ExecutionError({
      kind: 'CircularObjectOwnership',
      object: Address.parse(error.object).bytes,
    });
  if (error instanceof SuiVerificationError)
    return new ExecutionError({ kind: 'SuiMoveVerificationError' }, error.message);
  if (
    error instanceof VerificationError ||
    error instanceof FormatError ||
    error instanceof BcsError
  )
    return new ExecutionError({ kind: 'VMVerificationOrDeserializationError' }, error.message);
  return undefined;
}

function moveFailure(error: MoveError, relocate: Relocate): ExecutionFailure {
  if (error.status === 'OUT_OF_GAS') return { kind: 'InsufficientGas' };
  const { location, subStatus } = error;
  const place = location === undefined ? undefined : moveLocation(location, relocate);
  if (error.status === 'ABORTED' && place !== undefined && subStatus !== undefined)
    return { kind: 'MoveAbort', location: place, code: subStatus };
  const status = MOVE_STATUS[error.status];
  if (status < EXECUTION) return { kind: kindOf(status) };
  return { kind: 'MovePrimitiveRuntimeError', location: place };
}

/** Of types that cannot be loaded, as numbers of `StatusCode`. */
const TYPE_STATUS: Readonly<Record<TypeStatus, number>> = {
  CONSTRAINT_NOT_SATISFIED: 1075,
  NUMBER_OF_TYPE_ARGUMENTS_MISMATCH: 1076,
  TYPE_RESOLUTION_FAILURE: 2021,
};

/** Of a status that is none of execution. */
function kindOf(status: number): 'VMInvariantViolation' | 'VMVerificationOrDeserializationError' {
  return status >= INVARIANT_VIOLATION && status < DESERIALIZATION
    ? 'VMInvariantViolation'
    : 'VMVerificationOrDeserializationError';
}

function moveLocation(
  { module, function: name, definition, offset }: CodeLocation,
  relocate: Relocate,
): MoveLocation | undefined {
  if (module === undefined) return undefined;
  const at = module.indexOf('::');
  const original = Address.parse(module.slice(0, at));
  return {
    package: Address.parse(relocate(original.hex)).bytes,
    module: module.slice(at + 2),
    function: definition,
    instruction: offset,
    functionName: name,
  };
}
