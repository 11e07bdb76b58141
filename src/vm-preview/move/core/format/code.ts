import { type Codec, choice, list, record, since, uleb } from './codec';
import { FormatError } from './errors';
import {
  BYTECODE_COUNT_MAX,
  JUMP_TABLE_INDEX_MAX,
  TABLE_INDEX_MAX,
  VARIANT_COUNT_MAX,
} from './limits';
import { OPCODES } from './opcodes';
import { OPERANDS, type Operand } from './operands';
import type { Reader } from './reader';
import type { Writer } from './writer';

/** Instructions as parallel arrays: instruction `pc` is `ops[pc]` with its operand. */
export interface Instructions {
  /** Opcode bytes, to be read with the flavour's table. */
  readonly ops: Uint8Array;
  /** The index or offset that follows the opcode, 0 where none does. */
  readonly operands: Uint32Array;
  /** By `pc`: literals, element counts of vectors, capture masks of closures. */
  readonly immediates: ReadonlyMap<number, bigint>;
}

/** Where Sui's `VariantSwitch` goes: one offset per variant. */
export interface JumpTable {
  readonly enumDefinition: number;
  readonly offsets: readonly number[];
}

export interface Code extends Instructions {
  /** Signature of the locals that are no parameters. */
  readonly locals: number;
  /** Sui, since version 7. */
  readonly jumpTables: readonly JumpTable[];
}

const NO_IMMEDIATES: ReadonlyMap<number, bigint> = new Map();

const INSTRUCTIONS: Codec<Instructions> = { read: readInstructions, write: writeInstructions };

const FULL = choice('kind of jump table', [[1, true]], 'UNKNOWN_JUMP_TABLE_FLAG');

// The kind stands between the number of branches and the branches.
const JUMP_TABLE: Codec<JumpTable> = {
  read(reader) {
    const enumDefinition = reader.uleb(TABLE_INDEX_MAX, 'enum of a jump table');
    const count = reader.uleb(VARIANT_COUNT_MAX, 'number of branches');
    FULL.read(reader);
    const offsets: number[] = [];
    for (let i = 0; i < count; i++) offsets.push(reader.uleb(BYTECODE_COUNT_MAX, 'branch offset'));
    return { enumDefinition, offsets };
  },
  write(writer, { enumDefinition, offsets }) {
    writer.uleb(enumDefinition, TABLE_INDEX_MAX, 'enum of a jump table');
    writer.uleb(offsets.length, VARIANT_COUNT_MAX, 'number of branches');
    FULL.write(writer, true);
    for (const offset of offsets) writer.uleb(offset, BYTECODE_COUNT_MAX, 'branch offset');
  },
};

const PARTS = record<{
  locals: number;
  instructions: Instructions;
  jumpTables: Code['jumpTables'];
}>({
  locals: uleb(TABLE_INDEX_MAX, 'signature of the locals'),
  instructions: INSTRUCTIONS,
  jumpTables: since('sui', 7, list(JUMP_TABLE_INDEX_MAX, 'jump tables', JUMP_TABLE), []),
});

export const CODE: Codec<Code> = {
  read(reader) {
    const { locals, instructions, jumpTables } = PARTS.read(reader);
    return { locals, ...instructions, jumpTables };
  },
  write(writer, code) {
    PARTS.write(writer, { locals: code.locals, instructions: code, jumpTables: code.jumpTables });
  },
};

function readInstructions(reader: Reader): Instructions {
  const count = reader.uleb(BYTECODE_COUNT_MAX, 'number of instructions');
  // Each takes a byte or more: a count that the bytes cannot hold must not reserve memory.
  if (count > reader.end - reader.position) throw reader.fail('MALFORMED', 'code is cut off');
  const { config, version } = reader.format;
  const opcodes = OPCODES[config.flavour];
  const ops = new Uint8Array(count);
  const operands = new Uint32Array(count);
  const immediates = new Map<number, bigint>();
  for (let pc = 0; pc < count; pc++) {
    const at = reader.position;
    const byte = reader.u8('opcode');
    const opcode = opcodes[byte];
    if (opcode === undefined)
      throw reader.fail('UNKNOWN_OPCODE', `opcode ${byte} of ${config.flavour}`, at);
    if (version < opcode.since)
      throw reader.fail('MALFORMED', `${opcode.name} in version ${version}`, at);
    ops[pc] = byte;
    const operand: Operand = OPERANDS[opcode.operand];
    if (operand.form === 'index') {
      operands[pc] = reader.uleb(operand.max, opcode.name);
      if (operand.then === 'u64') immediates.set(pc, reader.u64(opcode.name));
      else if (operand.then === 'uleb64') immediates.set(pc, reader.uleb64(opcode.name));
    } else if (operand.form === 'literal') {
      const { size, signed, status } = operand;
      immediates.set(pc, integer(reader.take(size, opcode.name, status), signed));
    }
  }
  return { ops, operands, immediates: immediates.size === 0 ? NO_IMMEDIATES : immediates };
}

function writeInstructions(writer: Writer, code: Instructions): void {
  const { config, version } = writer.format;
  writer.uleb(code.ops.length, BYTECODE_COUNT_MAX, 'number of instructions');
  for (const [pc, byte] of code.ops.entries()) {
    const opcode = OPCODES[config.flavour][byte];
    if (opcode === undefined || version < opcode.since)
      throw new FormatError('UNKNOWN_OPCODE', `opcode ${byte} of ${config.flavour} ${version}`);
    writer.u8(byte, 'opcode');
    const operand: Operand = OPERANDS[opcode.operand];
    if (operand.form === 'none') continue;
    const immediate = code.immediates.get(pc);
    if (operand.form === 'index') {
      writer.uleb(code.operands[pc] ?? -1, operand.max, opcode.name);
      if (operand.then === undefined) continue;
    }
    if (immediate === undefined)
      throw new FormatError('MALFORMED', `${opcode.name} has no number`, { pc });
    if (operand.form === 'literal')
      writer.integer(immediate, operand.size, operand.signed, opcode.name);
    else if (operand.then === 'u64') writer.integer(immediate, 8, false, opcode.name);
    else writer.uleb64(immediate, opcode.name);
  }
}

function integer(bytes: Uint8Array, signed: boolean): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return signed ? BigInt.asIntN(bytes.length * 8, value) : value;
}
