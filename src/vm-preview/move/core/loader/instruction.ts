import type { OpcodeName } from '../format';
import type { Value } from '../values';
import type { IntegerKind } from '../values/integer';
import type { CallSite } from './function';
import type { DatatypeType, FunctionType, Type } from './type';

interface Base {
  readonly op: OpcodeName;
  /** The opcode's byte in the flavour of the code, for the gas schedule. */
  readonly byte: number;
}

/** No operand. `integer` is the type of the left operand where the instruction works on integers. */
export interface Plain extends Base {
  readonly form: 'plain';
  readonly integer: IntegerKind | undefined;
}

/** Works on a value of any type: reads or writes it through a reference, or compares two of it. */
export interface OnValue extends Base {
  readonly form: 'value';
  readonly type: Type;
}

export interface Branch extends Base {
  readonly form: 'branch';
  readonly target: number;
}

export interface Switch extends Base {
  readonly form: 'switch';
  /** By variant. */
  readonly targets: readonly number[];
}

export interface Local extends Base {
  readonly form: 'local';
  readonly index: number;
  readonly type: Type;
}

export interface Load extends Base {
  readonly form: 'load';
  readonly type: Type;
  readonly value: Value;
  /** Bytes in the constant pool; 0 for a literal. */
  readonly size: number;
}

export interface BorrowField extends Base {
  readonly form: 'field';
  /** The datatype that has the field, and the field's type. */
  readonly type: DatatypeType;
  readonly fieldType: Type;
  readonly index: number;
  /** Those that have the field; undefined for a struct. */
  readonly variants: readonly number[] | undefined;
}

export interface Call extends Base {
  readonly form: 'call';
  readonly site: CallSite;
}

export interface PackClosure extends Base {
  readonly form: 'packClosure';
  readonly site: CallSite;
  readonly mask: bigint;
}

export interface CallClosure extends Base {
  readonly form: 'callClosure';
  readonly type: FunctionType;
}

/** On a struct, a variant of an enum, or a resource. */
export interface OnDatatype extends Base {
  readonly form: 'datatype';
  readonly type: DatatypeType;
  readonly variant: number | undefined;
  readonly fieldCount: number;
}

export interface OnVector extends Base {
  readonly form: 'vector';
  readonly element: Type;
  /** Of VecPack and VecUnpack. */
  readonly count: number;
}

/** A lowered instruction: what its operand pointed at, in terms of the function's type parameters. */
export type Instruction =
  | Plain
  | OnValue
  | Branch
  | Switch
  | Local
  | Load
  | BorrowField
  | Call
  | PackClosure
  | CallClosure
  | OnDatatype
  | OnVector;
