import type { OpcodeName } from '../../format';
import {
  adder,
  asInteger,
  bitAnd,
  bitOr,
  bitXor,
  type CheckedOperation,
  caster,
  divider,
  INTEGERS,
  type Integer,
  type IntegerBounds,
  type IntegerKind,
  illTyped,
  leftShifter,
  multiplier,
  remainder,
  rightShifter,
  subtracter,
} from '../../values';
import { MoveError } from '../errors';
import type { Step } from '../program';

interface Binary {
  readonly make: (range: IntegerBounds) => CheckedOperation;
  /** The chain's words for a result that does not fit (values_impl.rs). */
  readonly failure: string;
}

const BINARY: ReadonlyMap<OpcodeName, Binary> = new Map([
  ['Add', { make: adder, failure: 'Addition overflow' }],
  ['Sub', { make: subtracter, failure: 'Subtraction overflow' }],
  ['Mul', { make: multiplier, failure: 'Multiplication overflow' }],
  ['Div', { make: divider, failure: 'Division by zero' }],
  ['Mod', { make: remainder, failure: 'Integer remainder by zero' }],
  ['Shl', { make: leftShifter, failure: 'Shift Left overflow' }],
  ['Shr', { make: rightShifter, failure: 'Shift Right overflow' }],
  ['BitAnd', { make: () => bitAnd, failure: '' }],
  ['BitOr', { make: () => bitOr, failure: '' }],
  ['Xor', { make: () => bitXor, failure: '' }],
]);

export function arithmeticStep(op: OpcodeName, kind: IntegerKind): Step {
  const range = INTEGERS[kind];
  const binary = BINARY.get(op);
  if (binary !== undefined) return binaryStep(binary.make(range), binary.failure);
  if (op === 'Negate') return negateStep(range);
  if (op.startsWith('Cast')) return castStep(caster(range), kind);
  throw illTyped(`has ${op} on integers`);
}

function binaryStep(compute: CheckedOperation, failure: string): Step {
  return (machine) => {
    const right = asInteger(machine.pop());
    const result = compute(asInteger(machine.pop()), right);
    if (result === undefined) throw overflow(failure);
    machine.push(result);
  };
}

function castStep(cast: (value: Integer) => Integer | undefined, kind: IntegerKind): Step {
  return (machine) => {
    const value = asInteger(machine.pop());
    const result = cast(value);
    if (result === undefined) throw overflow(`Cannot cast to ${kind}`);
    machine.push(result);
  };
}

function negateStep(range: IntegerBounds): Step {
  const subtract = subtracter(range);
  return (machine) => {
    const result = subtract(0, asInteger(machine.pop()));
    if (result === undefined) throw overflow('Negation overflow');
    machine.push(result);
  };
}

function overflow(reason: string): MoveError {
  return new MoveError('ARITHMETIC_ERROR', { reason });
}
