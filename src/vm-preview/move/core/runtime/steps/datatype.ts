import type { DatatypeType } from '../../loader';
import type { OnDatatype } from '../../loader/instruction';
import {
  asAddress,
  asReference,
  asStruct,
  illTyped,
  SlotReference,
  Struct,
  type Value,
} from '../../values';
import type { Frame } from '../frame';
import type { GlobalCell } from '../global-cell';
import type { Interpreter } from '../interpreter';
import type { Step } from '../program';
import { variantMismatch } from './variant';

type Maker = (instruction: OnDatatype) => Step;

const isGeneric = ({ type }: OnDatatype): boolean => type.typeArguments.length > 0;

function typeOf({ type }: OnDatatype, frame: Frame): DatatypeType {
  const concrete = frame.instance.type(type);
  if (concrete.kind !== 'datatype') throw illTyped('takes another type for a datatype');
  return concrete;
}

const pack: Maker = (instruction) => {
  const { fieldCount, variant } = instruction;
  const generic = isGeneric(instruction);
  return (machine, frame) => {
    machine.loader.depths.check(typeOf(instruction, frame));
    const fields = machine.popMany(fieldCount);
    machine.gas.pack(fields, generic);
    machine.push(variant === undefined ? new Struct(fields) : new Struct(fields, variant));
  };
};

const unpack: Maker = (instruction) => {
  const { variant } = instruction;
  const generic = isGeneric(instruction);
  return (machine, frame) => {
    const struct = asStruct(machine.pop());
    if (struct.variant !== variant) throw mismatch(frame);
    const fields: Value[] = struct.fields.map(present);
    machine.gas.unpack(fields, generic);
    for (const field of fields) machine.push(field);
  };
};

/** Sui: references to each field of a variant. */
const unpackReference: Maker =
  ({ variant, fieldCount }) =>
  (machine, frame) => {
    const reference = asReference(machine.pop());
    const struct = asStruct(reference.get());
    if (struct.variant !== variant) throw mismatch(frame);
    for (let i = 0; i < fieldCount; i++)
      machine.push(new SlotReference(struct.fields, i, reference.root));
  };

const testVariant: Maker =
  ({ variant }) =>
  (machine) =>
    machine.push(asStruct(asReference(machine.pop()).get()).variant === variant);

function popCell(machine: Interpreter, instruction: OnDatatype, frame: Frame): GlobalCell {
  const address = asAddress(machine.pop());
  const type = typeOf(instruction, frame);
  const cell = machine.storage.cell(address, type);
  machine.gas.global(instruction.byte, type, cell.exists);
  return cell;
}

const exists: Maker = (instruction) => (machine, frame) =>
  machine.push(popCell(machine, instruction, frame).exists);

const borrowGlobal: Maker = (instruction) => (machine, frame) =>
  machine.push(popCell(machine, instruction, frame).borrow());

const moveFrom: Maker = (instruction) => (machine, frame) =>
  machine.push(popCell(machine, instruction, frame).moveFrom());

/** The signer's reference lies under the value. */
const moveTo: Maker = (instruction) => (machine, frame) => {
  const value = machine.pop();
  const signer = asStruct(asReference(machine.pop()).get());
  const type = typeOf(instruction, frame);
  const cell = machine.storage.cell(asAddress(signer.fields[0]), type);
  machine.gas.global(instruction.byte, type, cell.exists);
  cell.moveTo(value);
};

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ['Pack', pack],
  ['PackVariant', pack],
  ['Unpack', unpack],
  ['UnpackVariant', unpack],
  ['UnpackVariantImmRef', unpackReference],
  ['UnpackVariantMutRef', unpackReference],
  ['TestVariant', testVariant],
  ['Exists', exists],
  ['MutBorrowGlobal', borrowGlobal],
  ['ImmBorrowGlobal', borrowGlobal],
  ['MoveFrom', moveFrom],
  ['MoveTo', moveTo],
]);

export function datatypeStep(instruction: OnDatatype): Step {
  // A generic form does the same with a type that depends on the instance.
  const maker = MAKERS.get(instruction.op.replace('Generic', ''));
  if (maker === undefined) throw illTyped(`has ${instruction.op} on a datatype`);
  return maker(instruction);
}

function present(value: Value | undefined): Value {
  if (value === undefined) throw illTyped('unpacks a field without a value');
  return value;
}

function mismatch(frame: Frame): Error {
  return variantMismatch(frame.instance.definition.owner.unit.flavour);
}
