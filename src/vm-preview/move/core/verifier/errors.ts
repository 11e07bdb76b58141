import { type ErrorContext, LookaheadError } from '../../../errors';

/** Names of Move's `StatusCode` that the verifiers of both chains give. */
export type VerificationStatus =
  | 'ABORT_TYPE_MISMATCH_ERROR'
  | 'BOOLEAN_OP_TYPE_MISMATCH_ERROR'
  | 'BORROWFIELD_BAD_FIELD_ERROR'
  | 'BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR'
  | 'BORROWFIELD_TYPE_MISMATCH_ERROR'
  | 'BORROWGLOBAL_TYPE_MISMATCH_ERROR'
  | 'BORROWGLOBAL_WITHOUT_KEY_ABILITY'
  | 'BORROWLOC_EXISTS_BORROW_ERROR'
  | 'BORROWLOC_REFERENCE_ERROR'
  | 'BORROWLOC_UNAVAILABLE_ERROR'
  | 'BR_TYPE_MISMATCH_ERROR'
  | 'CALL_BORROWED_MUTABLE_REFERENCE_ERROR'
  | 'CALL_TYPE_MISMATCH_ERROR'
  | 'CLOSURE_CALL_REQUIRES_FUNCTION'
  | 'CONSTRAINT_NOT_SATISFIED'
  | 'COPYLOC_EXISTS_BORROW_ERROR'
  | 'COPYLOC_UNAVAILABLE_ERROR'
  | 'COPYLOC_WITHOUT_COPY_ABILITY'
  | 'CYCLIC_MODULE_DEPENDENCY'
  | 'CYCLIC_MODULE_FRIENDSHIP'
  | 'DUPLICATE_ACQUIRES_ANNOTATION'
  | 'DUPLICATE_ELEMENT'
  | 'EMPTY_CODE_UNIT'
  | 'ENUM_SWITCH_BAD_OPERAND'
  | 'ENUM_TYPE_MISMATCH'
  | 'EQUALITY_OP_TYPE_MISMATCH_ERROR'
  | 'EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT'
  | 'EXTRANEOUS_ACQUIRES_ANNOTATION'
  | 'FEATURE_NOT_ENABLED'
  | 'FIELD_EXISTS_MUTABLE_BORROW_ERROR'
  | 'FIELD_MISSING_TYPE_ABILITY'
  | 'FREEZEREF_EXISTS_MUTABLE_BORROW_ERROR'
  | 'FREEZEREF_TYPE_MISMATCH_ERROR'
  | 'GENERIC_MEMBER_OPCODE_MISMATCH'
  | 'GLOBAL_REFERENCE_ERROR'
  | 'IDENTIFIER_TOO_LONG'
  | 'INVALID_IDENTIFIER'
  | 'INTEGER_OP_TYPE_MISMATCH_ERROR'
  | 'INVALID_ACQUIRES_ANNOTATION'
  | 'INVALID_CLOSURE_MASK'
  | 'INVALID_CONSTANT_TYPE'
  | 'INVALID_ENUM_SWITCH'
  | 'INVALID_FALL_THROUGH'
  | 'INVALID_FRIEND_DECL_WITH_MODULES_IN_DEPENDENCIES'
  | 'INVALID_FRIEND_DECL_WITH_MODULES_OUTSIDE_ACCOUNT_ADDRESS'
  | 'INVALID_FRIEND_DECL_WITH_SELF'
  | 'INVALID_LOOP_BREAK'
  | 'INVALID_LOOP_CONTINUE'
  | 'INVALID_LOOP_SPLIT'
  | 'INVALID_MODULE_HANDLE'
  | 'INVALID_PHANTOM_TYPE_PARAM_POSITION'
  | 'INVALID_SIGNATURE_TOKEN'
  | 'INVALID_STRUCT_API_CODE'
  | 'LINKER_ERROR'
  | 'LOOKUP_FAILED'
  | 'LOOP_IN_INSTANTIATION_GRAPH'
  | 'LOOP_MAX_DEPTH_REACHED'
  | 'MALFORMED_CONSTANT_DATA'
  | 'MAX_FIELD_DEFINITIONS_REACHED'
  | 'MAX_FUNCTION_DEFINITIONS_REACHED'
  | 'MAX_STRUCT_DEFINITIONS_REACHED'
  | 'MAX_STRUCT_VARIANTS_REACHED'
  | 'MAX_VARIANTS_REACHED'
  | 'MISSING_ACQUIRES_ANNOTATION'
  | 'MISSING_DEPENDENCY'
  | 'MOVEFROM_TYPE_MISMATCH_ERROR'
  | 'MOVEFROM_WITHOUT_KEY_ABILITY'
  | 'MOVELOC_EXISTS_BORROW_ERROR'
  | 'MOVELOC_UNAVAILABLE_ERROR'
  | 'MOVETO_TYPE_MISMATCH_ERROR'
  | 'MOVETO_WITHOUT_KEY_ABILITY'
  | 'NEGATIVE_STACK_SIZE_WITHIN_BLOCK'
  | 'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH'
  | 'PACK_TYPE_MISMATCH_ERROR'
  | 'POP_WITHOUT_DROP_ABILITY'
  | 'POSITIVE_STACK_SIZE_AT_BLOCK_END'
  | 'READREF_EXISTS_MUTABLE_BORROW_ERROR'
  | 'READREF_TYPE_MISMATCH_ERROR'
  | 'READREF_WITHOUT_COPY_ABILITY'
  | 'RECURSIVE_STRUCT_DEFINITION'
  | 'RECURSIVE_DATATYPE_DEFINITION'
  | 'RET_BORROWED_MUTABLE_REFERENCE_ERROR'
  | 'RET_TYPE_MISMATCH_ERROR'
  | 'STLOC_TYPE_MISMATCH_ERROR'
  | 'STLOC_UNSAFE_TO_DESTROY_ERROR'
  | 'TEST_VARIANT_TYPE_MISMATCH_ERROR'
  | 'TOO_MANY_BACK_EDGES'
  | 'TOO_MANY_BASIC_BLOCKS'
  | 'TOO_MANY_PARAMETERS'
  | 'TOO_MANY_TYPE_NODES'
  | 'TOO_MANY_TYPE_PARAMETERS'
  | 'TOO_MANY_VECTOR_ELEMENTS'
  | 'TYPE_MISMATCH'
  | 'UNIMPLEMENTED_HANDLE'
  | 'UNKNOWN_INVARIANT_VIOLATION_ERROR'
  | 'UNPACK_TYPE_MISMATCH_ERROR'
  | 'UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED'
  | 'UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP'
  | 'VALUE_STACK_OVERFLOW'
  | 'VALUE_STACK_PUSH_OVERFLOW'
  | 'VEC_BORROW_ELEMENT_EXISTS_MUTABLE_BORROW_ERROR'
  | 'VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR'
  | 'VERIFIER_INVARIANT_VIOLATION'
  | 'WRITEREF_EXISTS_BORROW_ERROR'
  | 'WRITEREF_NO_MUTABLE_REFERENCE_ERROR'
  | 'WRITEREF_TYPE_MISMATCH_ERROR'
  | 'WRITEREF_WITHOUT_DROP_ABILITY'
  | 'ZERO_SIZED_ENUM'
  | 'ZERO_SIZED_STRUCT'
  | 'ZERO_VARIANTS_ERROR';

/** Names of the chain's `IndexKind`: the table that an index of an error points into. */
export type IndexKind =
  | 'AddressIdentifier'
  | 'ConstantPool'
  | 'EnumDefInstantiation'
  | 'EnumDefinition'
  | 'FieldDefinition'
  | 'FieldHandle'
  | 'FieldInstantiation'
  | 'FunctionDefinition'
  | 'FunctionHandle'
  | 'FunctionInstantiation'
  | 'Identifier'
  | 'ModuleHandle'
  | 'Signature'
  | 'StructDefInstantiation'
  | 'StructDefinition'
  | 'StructHandle'
  | 'StructVariantHandle'
  | 'StructVariantInstantiation'
  | 'VariantDefinition'
  | 'VariantFieldHandle'
  | 'VariantFieldInstantiation'
  | 'VariantHandle'
  | 'VariantTag';

/** Code or tables that the chain's verifier refuses. */
export class VerificationError extends LookaheadError {
  override readonly name = 'VerificationError';
  /** What the error points at, in the order the chain adds it. */
  readonly indices: (readonly [kind: IndexKind, index: number])[] = [];
  /** Definition of the function (0 in a script) and offset of the instruction. */
  readonly offsets: (readonly [functionDefinition: number, codeOffset: number])[] = [];

  constructor(
    readonly status: VerificationStatus,
    /** The chain's words, where it has any. */
    readonly reason?: string,
    context: ErrorContext = {},
  ) {
    const code = `move-${status.toLowerCase().replaceAll('_', '-')}`;
    const words = reason === undefined ? status : `${status}: ${reason}`;
    super('rejected', code, `the verifier refuses the code: ${words}`, { status, ...context });
  }

  at(kind: IndexKind, index: number): this {
    this.indices.push([kind, index]);
    return this;
  }

  atCode(functionDefinition: number, codeOffset: number): this {
    this.offsets.push([functionDefinition, codeOffset]);
    return this;
  }
}

/** What the chain's verifier answers where an assumption of its own does not hold (a panic of its). */
export function invariantViolated(what: string): VerificationError {
  return new VerificationError('VERIFIER_INVARIANT_VIOLATION', what);
}

/** Runs a check and adds to its error where it happened. */
export function within<T>(kind: IndexKind, index: number, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof VerificationError ? error.at(kind, index) : error;
  }
}
