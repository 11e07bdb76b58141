/** Stack, references, bools and comparisons: what needs neither operand nor integer type. */
import type { OpcodeName } from '../../format';
import {
  asBool,
  asInteger,
  asReference,
  copyValue,
  equalValues,
  type Integer,
  type Value,
} from '../../values';
import type { Interpreter } from '../interpreter';
import type { Step } from '../program';

const relation =
  (holds: (left: Integer, right: Integer) => boolean): Step =>
  (machine) => {
    const right = asInteger(machine.pop());
    machine.push(holds(asInteger(machine.pop()), right));
  };

const logic =
  (combine: (left: boolean, right: boolean) => boolean): Step =>
  (machine) => {
    const right = asBool(machine.pop());
    machine.push(combine(asBool(machine.pop()), right));
  };

function areEqual(machine: Interpreter, negated: boolean): boolean {
  const right: Value = machine.pop();
  const left: Value = machine.pop();
  machine.gas.compare(left, right, negated);
  return equalValues(left, right);
}

function readReference(machine: Interpreter): void {
  const value = asReference(machine.pop()).get();
  machine.gas.readReference(value);
  machine.push(copyValue(value));
}

function writeReference(machine: Interpreter): void {
  const reference = asReference(machine.pop());
  const value = machine.pop();
  machine.gas.writeReference(value, reference.get());
  reference.set(value);
}

export const REFERENCE_AND_LOGIC: ReadonlyMap<OpcodeName, Step> = new Map<OpcodeName, Step>([
  ['Pop', (machine) => machine.gas.pop(machine.pop())],
  ['LdTrue', (machine) => machine.push(true)],
  ['LdFalse', (machine) => machine.push(false)],
  ['ReadRef', readReference],
  ['WriteRef', writeReference],
  ['FreezeRef', () => undefined],
  ['Not', (machine) => machine.push(!asBool(machine.pop()))],
  ['And', logic((left, right) => left && right)],
  ['Or', logic((left, right) => left || right)],
  ['Eq', (machine) => machine.push(areEqual(machine, false))],
  ['Neq', (machine) => machine.push(!areEqual(machine, true))],
  ['Lt', relation((left, right) => left < right)],
  ['Gt', relation((left, right) => left > right)],
  ['Le', relation((left, right) => left <= right)],
  ['Ge', relation((left, right) => left >= right)],
  ['Nop', () => undefined],
]);
