import { type Code, type Flavour, OPCODES, type OpcodeName } from '../format';
import { at } from './at';
import type { MoveFunction } from './function';
import type { Instruction, OnValue, Plain } from './instruction';
import { lowerOperand, type OperandContext } from './lower-operand';
import { primitive } from './type';
import { TypeStack } from './type-stack';

const BOOL = primitive('bool');

/** Takes two, gives the left one's type. */
const ARITHMETIC: ReadonlySet<OpcodeName> = new Set([
  ...(['Add', 'Sub', 'Mul', 'Mod', 'Div', 'BitOr', 'BitAnd', 'Xor', 'Shl', 'Shr'] as const),
]);
/** Takes two, gives a bool. */
const RELATIONS: ReadonlySet<OpcodeName> = new Set([
  ...(['Or', 'And', 'Lt', 'Gt', 'Le', 'Ge'] as const),
]);
const CASTS: ReadonlyMap<OpcodeName, Plain['integer']> = new Map([
  ['CastU8', 'u8'],
  ['CastU16', 'u16'],
  ['CastU32', 'u32'],
  ['CastU64', 'u64'],
  ['CastU128', 'u128'],
  ['CastU256', 'u256'],
  ['CastI8', 'i8'],
  ['CastI16', 'i16'],
  ['CastI32', 'i32'],
  ['CastI64', 'i64'],
  ['CastI128', 'i128'],
  ['CastI256', 'i256'],
]);

/**
 * Lowers a function's code: operands become what they point at, and integer instructions learn their
 * type, which the bytecode leaves to the values.
 *
 * @throws CannotPreview for code that the chain's verifier would not have passed
 */
export function lower(declared: MoveFunction): readonly Instruction[] {
  const { code, owner } = declared;
  if (code === undefined) return [];
  const stack = new TypeStack(declared.key);
  const context: OperandContext = { declared, owner, code, locals: declared.locals, stack };
  const starts = blockStarts(code, owner.unit.flavour);
  const instructions: Instruction[] = [];
  const opcodes = OPCODES[owner.unit.flavour];
  const { ops } = code;
  for (let pc = 0; pc < ops.length; pc++) {
    if (starts[pc] === 1) stack.requireEmpty();
    const byte = at(ops, pc);
    const opcode = opcodes[byte];
    if (opcode === undefined) throw stack.unverified(`has an opcode ${byte}`);
    const head = { op: opcode.name, byte };
    instructions.push(
      opcode.operand === 'none'
        ? (onValue(head, context) ?? {
            form: 'plain',
            ...head,
            integer: plain(opcode.name, context),
          })
        : lowerOperand(head, opcode.operand, pc, context),
    );
  }
  return instructions;
}

/** 1 where a block starts, by instruction. */
function blockStarts(code: Code, flavour: Flavour): Uint8Array {
  const { ops } = code;
  const starts = new Uint8Array(ops.length + 1);
  const opcodes = OPCODES[flavour];
  for (let pc = 0; pc < ops.length; pc++) {
    const operand = opcodes[at(ops, pc)]?.operand;
    if (operand === 'codeOffset') starts[at(code.operands, pc)] = 1;
    if (operand === 'codeOffset' || operand === 'jumpTable') starts[pc + 1] = 1;
  }
  for (const { offsets } of code.jumpTables) for (const offset of offsets) starts[offset] = 1;
  return starts;
}

/** Lowers an instruction whose price can depend on the type of a value, and applies it to the types. */
function onValue(
  head: Pick<OnValue, 'op' | 'byte'>,
  { stack }: OperandContext,
): OnValue | undefined {
  switch (head.op) {
    case 'ReadRef': {
      const type = stack.popReference();
      stack.push(type);
      return { form: 'value', ...head, type };
    }
    case 'WriteRef': {
      const type = stack.popReference();
      stack.pop();
      return { form: 'value', ...head, type };
    }
    case 'Eq':
    case 'Neq': {
      stack.pop();
      const type = stack.pop();
      stack.push(BOOL);
      return { form: 'value', ...head, type };
    }
    default:
      return undefined;
  }
}

/** Applies an instruction without operand to the types; gives the type it computes in, if any. */
function plain(op: OpcodeName, { declared, owner, stack }: OperandContext): Plain['integer'] {
  if (ARITHMETIC.has(op)) {
    stack.pop();
    const kind = stack.popInteger();
    stack.push(primitive(kind));
    return kind;
  }
  if (RELATIONS.has(op)) {
    stack.drop(2);
    stack.push(BOOL);
    return undefined;
  }
  const cast = CASTS.get(op);
  if (cast !== undefined) {
    stack.popInteger();
    stack.push(primitive(cast));
    return cast;
  }
  switch (op) {
    case 'Pop':
      stack.pop();
      break;
    case 'Ret':
      stack.drop(declared.results.length);
      stack.requireEmpty();
      break;
    case 'LdTrue':
    case 'LdFalse':
      stack.push(BOOL);
      break;
    case 'FreezeRef':
      stack.push(owner.loader.types.reference(stack.popReference(), false));
      break;
    case 'Not':
      stack.pop();
      stack.push(BOOL);
      break;
    case 'Negate': {
      const kind = stack.popInteger();
      stack.push(primitive(kind));
      return kind;
    }
    case 'Abort':
      stack.pop();
      stack.requireEmpty();
      break;
    case 'AbortMsg':
      stack.drop(2);
      stack.requireEmpty();
      break;
    case 'Nop':
      break;
    default:
      throw stack.unverified(`has ${op} without its operand`);
  }
  return undefined;
}
