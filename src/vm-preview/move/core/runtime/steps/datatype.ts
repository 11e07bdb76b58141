import type { DatatypeType } from '../../loader';
import type { OnDatatype } from '../../loader/instruction';
import {
  type Address,
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
    const type = typeOf(instruction, frame);
    if (generic) machine.gas.createDatatype(type, variant);
    machine.loader.depths.check(type);
    const fields = machine.popMany(fieldCount);
    machine.gas.pack(type, fields, generic);
    machine.push(variant === undefined ? new Struct(fields) : new Struct(fields, variant));
  };
};

const unpack: Maker = (instruction) => {
  const { variant } = instruction;
  const generic = isGeneric(instruction);
  return (machine, frame) => {
    if (generic) machine.gas.createDatatype(typeOf(instruction, frame), variant);
    const struct = asStruct(machine.pop());
    machine.gas.unpack(struct, generic);
    if (struct.variant !== variant) throw mismatch(frame);
    for (const field of struct.fields) machine.push(present(field));
  };
};

/** Sui: references to each field of a variant. */
const unpackReference: Maker = (instruction) => {
  const { variant, fieldCount } = instruction;
  const generic = isGeneric(instruction);
  return (machine, frame) => {
    const reference = asReference(machine.pop());
    const struct = asStruct(reference.get());
    machine.gas.unpack(struct, generic);
    if (struct.variant !== variant) throw mismatch(frame);
    for (let i = 0; i < fieldCount; i++)
      machine.push(new SlotReference(struct.fields, i, reference.root));
  };
};

const testVariant: Maker = (instruction) => {
  const { variant } = instruction;
  const generic = isGeneric(instruction);
  return (machine, frame) => {
    if (generic) machine.gas.createType(typeOf(instruction, frame));
    machine.push(asStruct(asReference(machine.pop()).get()).variant === variant);
  };
};

function loadCell(
  machine: Interpreter,
  address: Address,
  instruction: OnDatatype,
  frame: Frame,
): GlobalCell {
  const { gas } = machine;
  const type = typeOf(instruction, frame);
  if (isGeneric(instruction)) gas.createType(type);
  // Storage is read by the type's layout, which is bounded.
  machine.loader.layouts.of(type);
  const cell = machine.storage.cell(address, type);
  const bytes = cell.takeLoadedBytes();
  if (bytes !== undefined) gas.loadResource(type, cell.value, bytes);
  gas.global(instruction.byte, type, cell.exists);
  return cell;
}

const popCell = (machine: Interpreter, instruction: OnDatatype, frame: Frame): GlobalCell =>
  loadCell(machine, asAddress(machine.pop()), instruction, frame);

const exists: Maker = (instruction) => (machine, frame) => {
  const cell = popCell(machine, instruction, frame);
  machine.requireAccess(typeOf(instruction, frame));
  machine.push(cell.exists);
};

const borrowGlobal: Maker = (instruction) => (machine, frame) => {
  const cell = popCell(machine, instruction, frame);
  machine.requireAccess(typeOf(instruction, frame));
  machine.push(cell.borrow());
};

/** That there is nothing to take, or no room to put, is found before access is. */
const moveFrom: Maker = (instruction) => (machine, frame) => {
  const value = popCell(machine, instruction, frame).moveFrom();
  machine.requireAccess(typeOf(instruction, frame));
  machine.push(value);
};

/** The signer's reference lies under the value. */
const moveTo: Maker = (instruction) => (machine, frame) => {
  const value = machine.pop();
  const signer = asStruct(asReference(machine.pop()).get());
  loadCell(machine, asAddress(signer.fields[0]), instruction, frame).moveTo(value);
  machine.requireAccess(typeOf(instruction, frame));
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
