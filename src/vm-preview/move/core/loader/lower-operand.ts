import { type Code, OPERANDS, type OpcodeName, type Operand, type OperandKind } from '../format';
import { integer, isIntegerKind } from '../values';
import { at } from './at';
import type { CallSite, MoveFunction } from './function';
import type { Instruction } from './instruction';
import type { LinkedUnit } from './module';
import {
  type DatatypeTarget,
  type FieldTarget,
  fieldTarget,
  fieldTypes,
  structTarget,
  variantFieldTarget,
  variantTarget,
} from './targets';
import { primitive, type Type } from './type';
import type { TypeStack } from './type-stack';

/** What is known of the function while its code is lowered. */
export interface OperandContext {
  readonly declared: MoveFunction;
  readonly owner: LinkedUnit;
  readonly code: Code;
  readonly locals: readonly Type[];
  readonly stack: TypeStack;
}

interface Head {
  readonly op: OpcodeName;
  readonly byte: number;
}

/** Lowers an instruction with an operand and applies it to the types. */
export function lowerOperand(
  head: Head,
  kind: OperandKind,
  pc: number,
  context: OperandContext,
): Instruction {
  const { owner, code, stack, locals } = context;
  const { types } = owner.loader;
  const index = at(code.operands, pc);
  const operand: Operand = OPERANDS[kind];
  if (operand.form === 'literal')
    return literal(head, `${operand.signed ? 'i' : 'u'}${operand.size * 8}`, pc, context);
  switch (kind) {
    case 'codeOffset':
      if (head.op !== 'Branch') stack.pop();
      stack.requireEmpty();
      return { form: 'branch', ...head, target: index };
    case 'jumpTable':
      stack.popReference();
      stack.requireEmpty();
      return { form: 'switch', ...head, targets: at(code.jumpTables, index).offsets };
    case 'local': {
      const type = at(locals, index);
      if (head.op === 'StLoc') stack.pop();
      else if (head.op === 'CopyLoc' || head.op === 'MoveLoc') stack.push(type);
      else stack.push(types.reference(type, head.op === 'MutBorrowLoc'));
      return { form: 'local', ...head, index, type };
    }
    case 'constant': {
      const constant = at(owner.unit.constants, index);
      const type = owner.type(constant.type);
      stack.push(type);
      const value = owner.loader.codec.decode(constant.data, type);
      return { form: 'load', ...head, type, value, size: constant.data.length };
    }
    case 'fieldHandle':
    case 'fieldInstantiation':
      return borrow(head, fieldTarget(owner, index, kind === 'fieldInstantiation'), context);
    case 'variantFieldHandle':
    case 'variantFieldInstantiation': {
      const generic = kind === 'variantFieldInstantiation';
      return borrow(head, variantFieldTarget(owner, index, generic), context);
    }
    case 'structDefinition':
    case 'structInstantiation':
      return onDatatype(head, structTarget(owner, index, kind === 'structInstantiation'), context);
    case 'variantHandle':
    case 'enumVariantHandle':
      return onDatatype(head, variantTarget(owner, index, false), context);
    case 'variantInstantiation':
    case 'enumVariantInstantiation':
      return onDatatype(head, variantTarget(owner, index, true), context);
    case 'functionHandle':
    case 'functionInstantiation':
      return call(head, index, kind === 'functionInstantiation', context);
    case 'closure':
    case 'closureGeneric':
      return packClosure(head, index, kind === 'closureGeneric', pc, context);
    case 'signature':
      if (head.op === 'CallClosure') return callClosure(head, index, context);
      return onVector(head, at(owner.signature(index), 0), 0, context);
    case 'signatureCount':
      return onVector(head, at(owner.signature(index), 0), Number(immediate(pc, context)), context);
    default:
      throw stack.unverified(`has ${head.op} with an operand`);
  }
}

function immediate(pc: number, { code, stack }: OperandContext): bigint {
  const value = code.immediates.get(pc);
  if (value === undefined) throw stack.unverified('lacks a number');
  return value;
}

function literal(head: Head, kind: string, pc: number, context: OperandContext): Instruction {
  if (!isIntegerKind(kind)) throw context.stack.unverified(`has a literal of type ${kind}`);
  context.stack.push(primitive(kind));
  const value = integer(immediate(pc, context));
  return { form: 'load', ...head, type: primitive(kind), value, size: 0 };
}

function borrow(head: Head, target: FieldTarget, { owner, stack }: OperandContext): Instruction {
  stack.popReference();
  stack.push(owner.loader.types.reference(target.type, head.op.startsWith('Mut')));
  const { index, variants, owner: type, type: fieldType } = target;
  return { form: 'field', ...head, index, variants, type, fieldType };
}

function onDatatype(head: Head, target: DatatypeTarget, context: OperandContext): Instruction {
  const { owner, stack } = context;
  const { types } = owner.loader;
  const fields = fieldTypes(owner, target);
  switch (head.op) {
    case 'Pack':
    case 'PackGeneric':
    case 'PackVariant':
    case 'PackVariantGeneric':
      stack.drop(fields.length);
      stack.push(target.type);
      break;
    case 'Unpack':
    case 'UnpackGeneric':
    case 'UnpackVariant':
    case 'UnpackVariantGeneric':
      stack.pop();
      stack.push(...fields);
      break;
    case 'UnpackVariantImmRef':
    case 'UnpackVariantGenericImmRef':
    case 'UnpackVariantMutRef':
    case 'UnpackVariantGenericMutRef': {
      stack.popReference();
      const mutable = head.op.endsWith('MutRef');
      stack.push(...fields.map((field) => types.reference(field, mutable)));
      break;
    }
    case 'TestVariant':
    case 'TestVariantGeneric':
    case 'Exists':
    case 'ExistsGeneric':
      stack.pop();
      stack.push(primitive('bool'));
      break;
    case 'MutBorrowGlobal':
    case 'MutBorrowGlobalGeneric':
    case 'ImmBorrowGlobal':
    case 'ImmBorrowGlobalGeneric':
      stack.pop();
      stack.push(types.reference(target.type, head.op.startsWith('Mut')));
      break;
    case 'MoveFrom':
    case 'MoveFromGeneric':
      stack.pop();
      stack.push(target.type);
      break;
    case 'MoveTo':
    case 'MoveToGeneric':
      stack.drop(2);
      break;
    default:
      throw stack.unverified(`has ${head.op} on a datatype`);
  }
  return { form: 'datatype', ...head, ...target, fieldCount: fields.length };
}

interface Callee {
  readonly site: CallSite;
  readonly results: readonly Type[];
}

/** The callee's types as its handle in this module has them; its own module is not needed yet. */
function callee(index: number, generic: boolean, { owner }: OperandContext): Callee {
  const { unit, loader } = owner;
  const instantiation = generic ? at(unit.functionInstantiations, index) : undefined;
  const handle = at(unit.functionHandles, instantiation?.generic ?? index);
  const typeArguments =
    instantiation === undefined ? [] : owner.signature(instantiation.typeArguments);
  const module = owner.moduleId(handle.module);
  const name = at(unit.identifiers, handle.name);
  const parameters = loader.types.substituteAll(owner.signature(handle.parameters), typeArguments);
  const results = loader.types.substituteAll(owner.signature(handle.returns), typeArguments);
  const resolve = () => loader.function(module, name);
  return { site: { index, parameters, typeArguments, resolve }, results };
}

function call(head: Head, index: number, generic: boolean, context: OperandContext): Instruction {
  const { site, results } = callee(index, generic, context);
  context.stack.drop(site.parameters.length);
  context.stack.push(...results);
  return { form: 'call', ...head, site };
}

function packClosure(
  head: Head,
  index: number,
  generic: boolean,
  pc: number,
  context: OperandContext,
): Instruction {
  const { site, results } = callee(index, generic, context);
  const mask = immediate(pc, context);
  const isCaptured = (i: number): boolean => ((mask >> BigInt(i)) & 1n) === 1n;
  const open = site.parameters.filter((_, i) => !isCaptured(i));
  context.stack.drop(site.parameters.length - open.length);
  // Its abilities depend on what is captured, and nothing here asks for them.
  context.stack.push(context.owner.loader.types.function(open, results, 0));
  return { form: 'packClosure', ...head, site, mask };
}

function callClosure(head: Head, index: number, { owner, stack }: OperandContext): Instruction {
  const type = at(owner.signature(index), 0);
  if (type.kind !== 'function') throw stack.unverified('calls what is no function');
  stack.drop(type.parameters.length + 1);
  stack.push(...type.results);
  return { form: 'callClosure', ...head, type };
}

function onVector(head: Head, element: Type, count: number, context: OperandContext): Instruction {
  const { owner, stack } = context;
  const { types } = owner.loader;
  switch (head.op) {
    case 'VecPack':
      stack.drop(count);
      stack.push(types.vector(element));
      break;
    case 'VecLen':
      stack.pop();
      stack.push(primitive('u64'));
      break;
    case 'VecImmBorrow':
    case 'VecMutBorrow':
      stack.drop(2);
      stack.push(types.reference(element, head.op === 'VecMutBorrow'));
      break;
    case 'VecPushBack':
      stack.drop(2);
      break;
    case 'VecPopBack':
      stack.pop();
      stack.push(element);
      break;
    case 'VecUnpack':
      stack.pop();
      for (let i = 0; i < count; i++) stack.push(element);
      break;
    case 'VecSwap':
      stack.drop(3);
      break;
    default:
      throw stack.unverified(`has ${head.op} on a vector`);
  }
  return { form: 'vector', ...head, element, count };
}
