import type { BorrowField, Load, Local } from '../../loader/instruction';
import { asReference, asStruct, copyValue, illTyped, SlotReference } from '../../values';
import type { Frame } from '../frame';
import type { Step } from '../program';
import { variantMismatch } from './variant';

export function localStep({ op, index, type }: Local): Step {
  const read = (frame: Frame) => {
    const value = frame.locals[index];
    if (value === undefined) throw illTyped('reads a local without a value');
    return value;
  };
  switch (op) {
    case 'CopyLoc':
      return (machine, frame) => {
        const value = read(frame);
        machine.gas.copyLocal(value, type, frame.instance);
        machine.push(copyValue(value));
      };
    case 'MoveLoc':
      return (machine, frame) => {
        const value = read(frame);
        machine.gas.moveLocal(value);
        frame.locals[index] = undefined;
        machine.push(value);
      };
    case 'StLoc':
      return (machine, frame) => {
        const value = machine.pop();
        machine.gas.storeLocal(value);
        frame.locals[index] = value;
      };
    default:
      return (machine, frame) => machine.push(new SlotReference(frame.locals, index, undefined));
  }
}

export function loadStep({ op, type, value, size }: Load): Step {
  if (op !== 'LdConst') return (machine) => machine.push(value);
  return (machine, frame) => {
    machine.gas.createType(type);
    machine.gas.loadConstant(size, value, type, frame.instance);
    machine.push(copyValue(value));
  };
}

export function fieldStep({ index, variants, type, fieldType }: BorrowField): Step {
  const generic = type.typeArguments.length > 0;
  return (machine, frame) => {
    if (generic) {
      machine.gas.createType(frame.instance.type(type));
      machine.gas.createType(frame.instance.type(fieldType));
    }
    const reference = asReference(machine.pop());
    const { fields, variant } = asStruct(reference.get());
    if (variants !== undefined && !variants.includes(variant ?? -1)) throw variantMismatch('aptos');
    machine.push(new SlotReference(fields, index, reference.root));
  };
}
