import type { Type } from '../../loader';
import type { OnVector } from '../../loader/instruction';
import {
  asInteger,
  asReference,
  asVector,
  ByteVector,
  type Integer,
  illTyped,
  isIntegerKind,
  itemVector,
  type Value,
  type Vector,
} from '../../values';
import { MoveError, VECTOR_ERROR } from '../errors';
import type { Step } from '../program';

type Maker = (instruction: OnVector) => Step;

function vectorError(kind: keyof typeof VECTOR_ERROR, reason?: string): MoveError {
  const code = BigInt(VECTOR_ERROR[kind]);
  return new MoveError(
    'VECTOR_OPERATION_ERROR',
    reason === undefined ? { code } : { code, reason },
  );
}

/** A vector of the given element type. */
export function makeVector(element: Type, values: Value[]): Vector {
  if (element.kind !== 'u8')
    return itemVector(values, isIntegerKind(element.kind) ? element.kind : undefined);
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
    machine.gas.createType(type);
    const vector = machine.loader.types.vector(type);
    if (!machine.loader.config.countsReferences) machine.loader.types.requireBounded(vector);
    machine.loader.depths.check(vector);
    const values = machine.popMany(count);
    machine.gas.packVector(type, values);
    machine.push(makeVector(type, values));
  };

const length: Maker =
  ({ element }) =>
  (machine, frame) => {
    machine.gas.createType(frame.instance.type(element));
    machine.push(asVector(asReference(machine.pop()).get()).length);
  };

const borrow: Maker =
  ({ element }) =>
  (machine, frame) => {
    machine.gas.createType(frame.instance.type(element));
    const index = asInteger(machine.pop());
    const reference = asReference(machine.pop());
    const vector = asVector(reference.get());
    machine.push(vector.reference(checkedIndex(index, vector), reference.root));
  };

const pushBack: Maker =
  ({ element }) =>
  (machine, frame) => {
    const type = frame.instance.type(element);
    const value = machine.pop();
    const reference = asReference(machine.pop());
    machine.gas.createType(type);
    machine.gas.pushBack(type, value);
    const vector = asVector(reference.get());
    const { maxVectorLength } = machine.loader.config;
    if (vector.length >= maxVectorLength)
      throw vectorError('full', `vector size limit is ${maxVectorLength}`);
    vector.push(value);
    reference.touch();
  };

const popBack: Maker =
  ({ element }) =>
  (machine, frame) => {
    const type = frame.instance.type(element);
    const reference = asReference(machine.pop());
    const vector = asVector(reference.get());
    machine.gas.createType(type);
    machine.gas.popBack(type, vector.get(vector.length - 1));
    const value = vector.pop();
    if (value === undefined) throw vectorError('popEmpty');
    reference.touch();
    machine.push(value);
  };

const unpack: Maker =
  ({ element, count }) =>
  (machine, frame) => {
    const type = frame.instance.type(element);
    const vector = asVector(machine.pop());
    const values: readonly Value[] =
      vector instanceof ByteVector ? [...vector.bytes] : vector.items;
    machine.gas.createType(type);
    machine.gas.unpackVector(type, values, count);
    if (values.length !== count) throw vectorError('lengthMismatch');
    for (const value of values) machine.push(value);
  };

const swap: Maker =
  ({ element }) =>
  (machine, frame) => {
    machine.gas.createType(frame.instance.type(element));
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
