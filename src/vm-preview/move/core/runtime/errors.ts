import { LookaheadError } from '../../../errors';

/** Move's `StatusCode` of what a run can end in (move-core-types, vm_status.rs). */
export const MOVE_STATUS = {
  LINKER_ERROR: 1081,
  FUNCTION_RESOLUTION_FAILURE: 1091,
  TOO_MANY_TYPE_NODES: 1116,
  DEPENDENCY_LIMIT_REACHED: 1124,
  UNKNOWN_INVARIANT_VIOLATION_ERROR: 2000,
  INTERNAL_TYPE_ERROR: 2009,
  EVENT_KEY_MISMATCH: 2010,
  VALUE_SERIALIZATION_ERROR: 3022,
  /** Aptos. */
  UNABLE_TO_CAPTURE_OPTION_TYPE: 3026,
  OUT_OF_GAS: 4002,
  RESOURCE_ALREADY_EXISTS: 4004,
  MISSING_DATA: 4008,
  ABORTED: 4016,
  ARITHMETIC_ERROR: 4017,
  VECTOR_OPERATION_ERROR: 4018,
  EXECUTION_STACK_OVERFLOW: 4020,
  CALL_STACK_OVERFLOW: 4021,
  VM_MAX_TYPE_DEPTH_REACHED: 4024,
  VM_MAX_VALUE_DEPTH_REACHED: 4025,
  VM_EXTENSION_ERROR: 4026,
  STORAGE_WRITE_LIMIT_REACHED: 4027,
  MEMORY_LIMIT_EXCEEDED: 4028,
  /** Sui's name for a variant that is another; the number is the next one's too. */
  VARIANT_TAG_MISMATCH: 4030,
  /** Aptos. */
  EXECUTION_LIMIT_REACHED: 4030,
  IO_LIMIT_REACHED: 4031,
  STORAGE_LIMIT_REACHED: 4032,
  TYPE_TAG_LIMIT_EXCEEDED: 4033,
  RUNTIME_DISPATCH_ERROR: 4037,
  STRUCT_VARIANT_MISMATCH: 4038,
  INVALID_ABORT_MESSAGE: 4042,
  ABORT_MESSAGE_LIMIT_EXCEEDED: 4043,
} as const;

export type MoveStatus = keyof typeof MOVE_STATUS;

/** Sub-status of VECTOR_OPERATION_ERROR (values_impl.rs). */
export const VECTOR_ERROR = {
  indexOutOfBounds: 1,
  popEmpty: 2,
  lengthMismatch: 3,
  full: 4,
} as const;

export interface CodeLocation {
  /** `0x1::coin`; absent in a script. */
  readonly module: string | undefined;
  readonly function: string;
  /** Index of the function's definition; 0 in a script. */
  readonly definition: number;
  /** Offset of the instruction in its function; 0 in a native. */
  readonly offset: number;
}

export interface MoveErrorDetails {
  /** The abort code, or the sub-status of an error. */
  readonly code?: bigint;
  /** The chain's words where it has any. */
  readonly reason?: string;
}

/** A run that the chain would end in an abort or an execution failure. */
export class MoveError extends LookaheadError {
  override readonly name = 'MoveError';
  readonly subStatus: bigint | undefined;
  readonly reason: string | undefined;
  /** Where it happened; the interpreter fills it in once. */
  location: CodeLocation | undefined;
  /** Where the functions stand that were running, innermost first; undefined when a call failed. */
  callers: readonly CodeLocation[] | undefined;

  constructor(
    readonly status: MoveStatus,
    details: MoveErrorDetails = {},
  ) {
    const words = [status, details.code?.toString(), details.reason];
    super(
      'rejected',
      `move-${status.toLowerCase().replaceAll('_', '-')}`,
      words.filter((word) => word !== undefined).join(': '),
      { status },
    );
    this.subStatus = details.code;
    this.reason = details.reason;
  }
}

/** The abort of a Move function or a native, by its code. */
export function aborted(code: bigint, reason?: string): MoveError {
  return new MoveError('ABORTED', reason === undefined ? { code } : { code, reason });
}
