/** Assembly instructions and what they need of the builder (move-asm, assembler.rs). */
import type { OpcodeName, Signature } from '../../../src/vm-preview/move/core/format';
import { NameError, type UnitBuilder } from './builder';
import { constantBytes, numberOf } from './constants';
import type { Argument, InstructionText, PartialName, TypeExpression } from './syntax';

/** One instruction; a label stands for the offset that it is put at. */
export interface Assembled {
  readonly op: OpcodeName;
  readonly operand?: number;
  readonly immediate?: bigint;
  readonly label?: string;
}

export interface InstructionContext {
  readonly builder: UnitBuilder;
  types(types: readonly TypeExpression[]): Signature;
  /** Its place among parameters and locals. */
  local(name: string): number | undefined;
}

type Assemble = (text: InstructionText, context: InstructionContext) => Assembled;

const PLAIN: Readonly<Record<string, OpcodeName>> = {
  pop: 'Pop',
  ret: 'Ret',
  ld_false: 'LdFalse',
  ld_true: 'LdTrue',
  read_ref: 'ReadRef',
  write_ref: 'WriteRef',
  freeze_ref: 'FreezeRef',
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  mod: 'Mod',
  div: 'Div',
  bit_or: 'BitOr',
  bit_and: 'BitAnd',
  xor: 'Xor',
  or: 'Or',
  and: 'And',
  not: 'Not',
  eq: 'Eq',
  neq: 'Neq',
  lt: 'Lt',
  gt: 'Gt',
  le: 'Le',
  ge: 'Ge',
  abort: 'Abort',
  nop: 'Nop',
  shl: 'Shl',
  shr: 'Shr',
  negate: 'Negate',
  cast_u8: 'CastU8',
  cast_u16: 'CastU16',
  cast_u32: 'CastU32',
  cast_u64: 'CastU64',
  cast_u128: 'CastU128',
  cast_u256: 'CastU256',
  cast_i8: 'CastI8',
  cast_i16: 'CastI16',
  cast_i32: 'CastI32',
  cast_i64: 'CastI64',
  cast_i128: 'CastI128',
  cast_i256: 'CastI256',
};

const BRANCHES: Readonly<Record<string, OpcodeName>> = {
  br_true: 'BrTrue',
  br_false: 'BrFalse',
  branch: 'Branch',
};

const LITERALS: Readonly<Record<string, readonly [OpcodeName, string]>> = {
  ld_u8: ['LdU8', 'u8'],
  ld_u16: ['LdU16', 'u16'],
  ld_u32: ['LdU32', 'u32'],
  ld_u64: ['LdU64', 'u64'],
  ld_u128: ['LdU128', 'u128'],
  ld_u256: ['LdU256', 'u256'],
  ld_i8: ['LdI8', 'i8'],
  ld_i16: ['LdI16', 'i16'],
  ld_i32: ['LdI32', 'i32'],
  ld_i64: ['LdI64', 'i64'],
  ld_i128: ['LdI128', 'i128'],
  ld_i256: ['LdI256', 'i256'],
};

const LOCALS: Readonly<Record<string, OpcodeName>> = {
  copy_loc: 'CopyLoc',
  move_loc: 'MoveLoc',
  st_loc: 'StLoc',
  mut_borrow_loc: 'MutBorrowLoc',
  borrow_loc: 'ImmBorrowLoc',
};

const ON_ELEMENT: Readonly<Record<string, OpcodeName>> = {
  vec_len: 'VecLen',
  vec_borrow: 'VecImmBorrow',
  vec_mut_borrow: 'VecMutBorrow',
  vec_push_back: 'VecPushBack',
  vec_pop_back: 'VecPopBack',
  vec_swap: 'VecSwap',
  call_closure: 'CallClosure',
};

const ON_COUNT: Readonly<Record<string, OpcodeName>> = {
  vec_pack: 'VecPack',
  vec_unpack: 'VecUnpack',
};

/** The plain form, and the one with type arguments. */
type Forms = readonly [OpcodeName, OpcodeName];

const ON_STRUCT: Readonly<Record<string, Forms>> = {
  pack: ['Pack', 'PackGeneric'],
  unpack: ['Unpack', 'UnpackGeneric'],
  borrow_global: ['ImmBorrowGlobal', 'ImmBorrowGlobalGeneric'],
  mut_borrow_global: ['MutBorrowGlobal', 'MutBorrowGlobalGeneric'],
  exists: ['Exists', 'ExistsGeneric'],
  move_from: ['MoveFrom', 'MoveFromGeneric'],
  move_to: ['MoveTo', 'MoveToGeneric'],
};

const ON_VARIANT: Readonly<Record<string, Forms>> = {
  pack_variant: ['PackVariant', 'PackVariantGeneric'],
  unpack_variant: ['UnpackVariant', 'UnpackVariantGeneric'],
  test_variant: ['TestVariant', 'TestVariantGeneric'],
};

const ON_FIELD: Readonly<Record<string, Forms>> = {
  borrow_field: ['ImmBorrowField', 'ImmBorrowFieldGeneric'],
  mut_borrow_field: ['MutBorrowField', 'MutBorrowFieldGeneric'],
};

const ON_VARIANT_FIELD: Readonly<Record<string, Forms>> = {
  borrow_variant_field: ['ImmBorrowVariantField', 'ImmBorrowVariantFieldGeneric'],
  mut_borrow_variant_field: ['MutBorrowVariantField', 'MutBorrowVariantFieldGeneric'],
};

function plain(op: OpcodeName): Assemble {
  return (text) => {
    if (text.arguments.length > 0)
      throw new NameError(
        `expected zero but found ${text.arguments.length} arguments for instruction \`${text.name}\``,
      );
    return { op };
  };
}

function branch(op: OpcodeName): Assemble {
  return (text) => ({ op, label: simpleName(one(text), ' for label') });
}

function literal([op, kind]: readonly [OpcodeName, string]): Assemble {
  return (text) => ({ op, immediate: numberArgument(one(text), kind) });
}

function onLocal(op: OpcodeName): Assemble {
  return (text, context) => {
    const name = simpleName(one(text), ' for local');
    const operand = context.local(name);
    if (operand === undefined) throw new NameError(`unknown local \`${name}\``);
    return { op, operand };
  };
}

function onElement(op: OpcodeName): Assemble {
  return (text, context) => ({ op, operand: typeIndex(one(text), context) });
}

function onCount(op: OpcodeName): Assemble {
  return (text, context) => {
    const [type, count] = two(text);
    const operand = typeIndex(type, context);
    return { op, operand, immediate: numberArgument(count, 'u64') };
  };
}

function onStruct([op, generic]: Forms): Assemble {
  return (text, context) => {
    const [definition, types] = structArgument(one(text), context);
    if (types === undefined) return { op, operand: definition };
    return { op: generic, operand: context.builder.structInstantiation(definition, types) };
  };
}

function onVariant([op, generic]: Forms): Assemble {
  return (text, context) => {
    const { builder } = context;
    const [struct, variant] = two(text);
    const [definition, types] = structArgument(struct, context);
    const name = simpleName(variant, ' for variant');
    const handle = builder.variantHandle(definition, builder.variant(definition, name));
    if (types === undefined) return { op, operand: handle };
    return { op: generic, operand: builder.variantInstantiation(handle, types) };
  };
}

function onField([op, generic]: Forms): Assemble {
  return (text, context) => {
    const { builder } = context;
    const [struct, field] = two(text);
    const [definition, types] = structArgument(struct, context);
    const name = simpleName(field, ' for field');
    const handle = builder.fieldHandle(definition, builder.field(definition, undefined, name));
    if (types === undefined) return { op, operand: handle };
    return { op: generic, operand: builder.fieldInstantiation(handle, types) };
  };
}

function onVariantField([op, generic]: Forms): Assemble {
  return (text, context) => {
    const { builder } = context;
    const [struct, ...fields] = text.arguments;
    if (struct === undefined || fields.length === 0)
      throw new NameError('expected at least 2 arguments for variant field borrow');
    const [definition, types] = structArgument(struct, context);
    const variants: number[] = [];
    let place: number | undefined;
    for (const field of fields) {
      const [variant, name] = variantField(field);
      variants.push(builder.variant(definition, variant));
      const found = builder.field(definition, variants.at(-1), name);
      place ??= found;
      if (place !== found)
        throw new NameError(
          `variants of fields must be at some position, previous was ${place} while this is ${found}`,
        );
    }
    const handle = builder.variantFieldHandle(definition, variants, place ?? 0);
    if (types === undefined) return { op, operand: handle };
    return { op: generic, operand: builder.variantFieldInstantiation(handle, types) };
  };
}

const loadConstant: Assemble = (text, { builder, types }) => {
  const [typeArgument, value] = two(text);
  const [type] = types([typeOf(typeArgument)]);
  if (type === undefined || value.kind !== 'literal')
    throw new NameError('expected a constant value');
  return { op: 'LdConst', operand: builder.constant(constantBytes(value.literal, type), type) };
};

const call: Assemble = (text, context) => {
  const [handle, types] = functionArgument(one(text), context);
  if (types === undefined) return { op: 'Call', operand: handle };
  return { op: 'CallGeneric', operand: context.builder.functionInstantiation(handle, types) };
};

const packClosure: Assemble = (text, context) => {
  const [target, mask] = two(text);
  const [handle, types] = functionArgument(target, context);
  const immediate = numberArgument(mask, 'u64');
  if (types === undefined) return { op: 'PackClosure', operand: handle, immediate };
  const operand = context.builder.functionInstantiation(handle, types);
  return { op: 'PackClosureGeneric', operand, immediate };
};

function rows<T>(
  table: Readonly<Record<string, T>>,
  make: (row: T) => Assemble,
): [string, Assemble][] {
  return Object.entries(table).map(([name, row]) => [name, make(row)]);
}

const INSTRUCTIONS: ReadonlyMap<string, Assemble> = new Map([
  ...rows(PLAIN, plain),
  ...rows(BRANCHES, branch),
  ...rows(LITERALS, literal),
  ...rows(LOCALS, onLocal),
  ...rows(ON_ELEMENT, onElement),
  ...rows(ON_COUNT, onCount),
  ...rows(ON_STRUCT, onStruct),
  ...rows(ON_VARIANT, onVariant),
  ...rows(ON_FIELD, onField),
  ...rows(ON_VARIANT_FIELD, onVariantField),
  ['ld_const', loadConstant],
  ['call', call],
  ['pack_closure', packClosure],
]);

/** Assembly names of opcodes, generic forms left out. */
export const ASSEMBLY_NAMES: ReadonlyMap<string, string> = new Map([
  ...[PLAIN, BRANCHES, LOCALS, ON_ELEMENT, ON_COUNT].flatMap((table) =>
    Object.entries(table).map(([name, op]) => [op, name] as const),
  ),
  ...Object.entries(LITERALS).map(([name, [op]]) => [op, name] as const),
  ...[ON_STRUCT, ON_VARIANT, ON_FIELD, ON_VARIANT_FIELD].flatMap((table) =>
    Object.entries(table).flatMap(([name, ops]) => ops.map((op) => [op, name] as const)),
  ),
  ['LdConst', 'ld_const'],
  ['Call', 'call'],
  ['CallGeneric', 'call'],
  ['PackClosure', 'pack_closure'],
  ['PackClosureGeneric', 'pack_closure'],
]);

/** @throws NameError */
export function assembleInstruction(text: InstructionText, context: InstructionContext): Assembled {
  const assemble = INSTRUCTIONS.get(text.name.toLowerCase());
  if (assemble === undefined) throw new NameError(`unknown instruction \`${text.name}\``);
  return assemble(text, context);
}

function one(text: InstructionText): Argument {
  const [argument] = text.arguments;
  if (argument === undefined || text.arguments.length !== 1) throw wrongCount(text);
  return argument;
}

function two(text: InstructionText): readonly [Argument, Argument] {
  const [first, second] = text.arguments;
  if (first === undefined || second === undefined || text.arguments.length !== 2)
    throw wrongCount(text);
  return [first, second];
}

/** The chain's tool says 1 for instructions with two arguments too. */
function wrongCount({ name, arguments: { length } }: InstructionText): NameError {
  return new NameError(`expected 1 but found ${length} arguments for instruction \`${name}\``);
}

function simpleName(argument: Argument, what: string): string {
  if (argument.kind === 'name' && argument.typeArguments === undefined) {
    const [part, ...rest] = argument.name.parts;
    if (part !== undefined && rest.length === 0 && argument.name.address === undefined) return part;
  }
  throw new NameError(`expected simple identifier${what}`);
}

function numberArgument(argument: Argument, kind: string): bigint {
  if (argument.kind !== 'literal')
    throw new NameError(`expected ${kind.startsWith('i') ? '' : 'un'}signed number argument`);
  return numberOf(argument.literal, kind);
}

function typeOf(argument: Argument): TypeExpression {
  if (argument.kind !== 'type') throw new NameError('expected type argument');
  return argument.type;
}

function typeIndex(argument: Argument, { builder, types }: InstructionContext): number {
  return builder.signature(types([typeOf(argument)]));
}

type Resolved = readonly [index: number, typeArguments: Signature | undefined];

function structArgument(argument: Argument, { builder, types }: InstructionContext): Resolved {
  if (argument.kind !== 'name' || !isSimple(argument.name))
    throw new NameError('expected simple struct name with optional type instantiation');
  const definition = builder.structDefinition(argument.name.parts[0] ?? '');
  return [definition, argument.typeArguments && types(argument.typeArguments)];
}

function functionArgument(argument: Argument, { builder, types }: InstructionContext): Resolved {
  if (argument.kind !== 'name') throw new NameError('expected function name');
  const handle = builder.function(argument.name);
  return [handle, argument.typeArguments && types(argument.typeArguments)];
}

function variantField(argument: Argument): readonly [variant: string, field: string] {
  if (argument.kind === 'name' && argument.typeArguments === undefined) {
    const { address, parts } = argument.name;
    const [variant, field, ...rest] = parts;
    if (address === undefined && variant !== undefined && field !== undefined && rest.length === 0)
      return [variant, field];
  }
  throw new NameError('expected `<variant>::<field>` to describe field of variant');
}

function isSimple({ address, parts }: PartialName): boolean {
  return address === undefined && parts.length === 1;
}
