/** Stack, references, bools and comparisons: what needs neither operand nor integer type. */
import type { OpcodeName } from '../../format';
import type { OnValue } from '../../loader/instruction';
import {
  asBool,
  asInteger,
  asReference,
  copyValue,
  equalValues,
  type Integer,
  type Value,
} from '../../values';
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

export function valueStep({ op, type }: OnValue): Step {
  switch (op) {
    case 'ReadRef':
      return (machine, { instance }) => {
        const value = asReference(machine.pop()).get();
        machine.gas.readReference(value, type, instance);
        machine.push(copyValue(value));
      };
    case 'WriteRef':
      return (machine, { instance }) => {
        const reference = asReference(machine.pop());
        const value = machine.pop();
        machine.gas.writeReference(value, reference.get(), type, instance);
        reference.set(value);
      };
    default: {
      const negated = op === 'Neq';
      return (machine, { instance }) => {
        const right: Value = machine.pop();
        const left: Value = machine.pop();
        machine.gas.compare(left, right, negated, type, instance);
        machine.push(equalValues(left, right) !== negated);
      };
    }
  }
}

export const REFERENCE_AND_LOGIC: ReadonlyMap<OpcodeName, Step> = new Map<OpcodeName, Step>([
  ['Pop', (machine) => machine.gas.pop(machine.pop())],
  ['LdTrue', (machine) => machine.push(true)],
  ['LdFalse', (machine) => machine.push(false)],
  ['FreezeRef', () => undefined],
  ['Not', (machine) => machine.push(!asBool(machine.pop()))],
  ['And', logic((left, right) => left && right)],
  ['Or', logic((left, right) => left || right)],
  ['Lt', relation((left, right) => left < right)],
  ['Gt', relation((left, right) => left > right)],
  ['Le', relation((left, right) => left <= right)],
  ['Ge', relation((left, right) => left >= right)],
  ['Nop', () => undefined],
]);
