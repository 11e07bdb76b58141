import { type Bounds, outOfBounds } from './bounds-index';
import type { Code } from './code';
import { FormatError } from './errors';
import { LOCAL_INDEX_MAX } from './limits';
import { OPCODES } from './opcodes';
import { OPERANDS, type Operand } from './operands';
import type { TableName } from './types';

/** Checks what each instruction points at, and Sui's jump tables. */
export function checkCode(
  bounds: Bounds,
  code: Code,
  typeParameters: number,
  parameters: number,
): void {
  const declared = bounds.at('signatures', code.locals, 'signature of the locals').length;
  const locals = declared + bounds.at('signatures', parameters, 'parameters').length;
  if (locals > LOCAL_INDEX_MAX)
    throw outOfBounds('number of locals', locals, LOCAL_INDEX_MAX, 'TOO_MANY_LOCALS');
  bounds.coversSignature(code.locals, typeParameters, 'type parameter of a local');
  const limits = {
    codeOffset: code.ops.length,
    local: locals,
    jumpTable: code.jumpTables.length,
  };
  const opcodes = OPCODES[bounds.unit.flavour];
  const { ops } = code;
  for (let pc = 0; pc < ops.length; pc++) {
    const byte = ops[pc] ?? 0;
    const opcode = opcodes[byte];
    if (opcode === undefined) throw new FormatError('UNKNOWN_OPCODE', `opcode ${byte}`, { pc });
    const kind = opcode.operand;
    const operand: Operand = OPERANDS[kind];
    if (operand.form !== 'index') continue;
    const index = code.operands[pc] ?? -1;
    if (kind === 'codeOffset' || kind === 'local' || kind === 'jumpTable') {
      if (index >= limits[kind]) throw outOfBounds(opcode.name, index, limits[kind]);
    } else if (operand.table !== undefined) {
      bounds.at(operand.table, index, opcode.name);
      const signature = typeArgumentsOf(bounds, operand.table, index);
      if (signature !== undefined) bounds.coversSignature(signature, typeParameters, opcode.name);
    }
  }
  for (const { enumDefinition, offsets } of code.jumpTables) {
    const { variants } = bounds.at('enumDefinitions', enumDefinition, 'enum of a jump table');
    if (offsets.length !== variants.length)
      throw outOfBounds('jump table', offsets.length, variants.length, 'INVALID_ENUM_SWITCH');
    for (const offset of offsets)
      if (offset >= code.ops.length) throw outOfBounds('branch', offset, code.ops.length);
  }
}

/** The signature whose type parameters must be those of the function. */
function typeArgumentsOf(bounds: Bounds, table: TableName, index: number): number | undefined {
  switch (table) {
    case 'signatures':
      return index;
    case 'functionInstantiations':
    case 'structInstantiations':
    case 'fieldInstantiations':
    case 'variantInstantiations':
    case 'variantFieldInstantiations':
      return bounds.at(table, index, table).typeArguments;
    case 'enumVariantInstantiations': {
      const { owner } = bounds.at(table, index, table);
      return bounds.at('enumInstantiations', owner, table).typeArguments;
    }
    default:
      return undefined;
  }
}
