import type { Type } from '../../loader';
import type { OnVector } from '../../loader/instruction';
import {
  asInteger,
  asReference,
  asVector,
  ByteVector,
  type Integer,
  ItemVector,
  illTyped,
  type Value,
  type Vector,
} from '../../values';
import { MoveError, VECTOR_ERROR } from '../errors';
import type { Step } from '../program';

type Maker = (instruction: OnVector) => Step;

function vectorError(kind: keyof typeof VECTOR_ERROR): MoveError {
  return new MoveError('VECTOR_OPERATION_ERROR', { code: BigInt(VECTOR_ERROR[kind]) });
}

/** A vector of the given element type. */
export function makeVector(element: Type, values: Value[]): Vector {
  if (element.kind !== 'u8') return new ItemVector(values);
  const bytes = new ByteVector(new Uint8Array(values.length));
  for (const [i, value] of values.entries()) bytes.put(i, Number(asInteger(value)));
  return bytes;
}

function checkedIndex(index: Integer, vector: Vector): number {
  if (index >= vector.length) throw vectorError('indexOutOfBounds');
  return Number(index);
}

const pack: Maker =
  ({ element, count }) =>
  (machine, frame) => {
    const type = frame.instance.type(element);
    machine.loader.depths.check(machine.loader.types.vector(type));
    const values = machine.popMany(count);
    machine.gas.packVector(values);
    machine.push(makeVector(type, values));
  };

const length: Maker = () => (machine) =>
  machine.push(asVector(asReference(machine.pop()).get()).length);

const borrow: Maker = () => (machine) => {
  const index = asInteger(machine.pop());
  const reference = asReference(machine.pop());
  const vector = asVector(reference.get());
  machine.push(vector.reference(checkedIndex(index, vector), reference.root));
};

const pushBack: Maker = () => (machine) => {
  const value = machine.pop();
  const reference = asReference(machine.pop());
  machine.gas.pushBack(value);
  asVector(reference.get()).push(value);
  reference.touch();
};

const popBack: Maker = () => (machine) => {
  const reference = asReference(machine.pop());
  const vector = asVector(reference.get());
  machine.gas.popBack(vector.get(vector.length - 1));
  const value = vector.pop();
  if (value === undefined) throw vectorError('popEmpty');
  reference.touch();
  machine.push(value);
};

const unpack: Maker =
  ({ count }) =>
  (machine) => {
    const vector = asVector(machine.pop());
    const values: readonly Value[] =
      vector instanceof ByteVector ? [...vector.bytes] : vector.items;
    machine.gas.unpackVector(values);
    if (values.length !== count) throw vectorError('lengthMismatch');
    for (const value of values) machine.push(value);
  };

const swap: Maker = () => (machine) => {
  const second = asInteger(machine.pop());
  const first = asInteger(machine.pop());
  const reference = asReference(machine.pop());
  const vector = asVector(reference.get());
  vector.swap(checkedIndex(first, vector), checkedIndex(second, vector));
  reference.touch();
};

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ['VecPack', pack],
  ['VecLen', length],
  ['VecImmBorrow', borrow],
  ['VecMutBorrow', borrow],
  ['VecPushBack', pushBack],
  ['VecPopBack', popBack],
  ['VecUnpack', unpack],
  ['VecSwap', swap],
]);

export function vectorStep(instruction: OnVector): Step {
  const maker = MAKERS.get(instruction.op);
  if (maker === undefined) throw illTyped(`has ${instruction.op} on a vector`);
  return maker(instruction);
}
