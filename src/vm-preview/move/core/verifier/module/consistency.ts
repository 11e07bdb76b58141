/** Generic instructions on generic things only, counts and masks in range (instruction_consistency.rs). */
import type { Code } from '../../format';
import { at } from '../../loader/at';
import { VerificationError } from '../errors';
import type { CodeReader, Instruction, Unit } from '../instruction';

const ELEMENTS_MAX = 0xffffn;

/** @param definition - of the function; 0 for a script */
export function checkConsistency(
  unit: Unit,
  definition: number,
  code: Code,
  reader: CodeReader,
): void {
  for (const [pc, instruction] of reader.instructions(code).entries()) {
    const isGeneric = needsTypeArguments(unit, instruction);
    if (isGeneric !== undefined && isGeneric !== instruction.generic)
      throw new VerificationError('GENERIC_MEMBER_OPCODE_MISMATCH').atCode(definition, pc);
    const { operation, immediate } = instruction;
    if ((operation === 'VecPack' || operation === 'VecUnpack') && immediate > ELEMENTS_MAX)
      throw new VerificationError(
        'CONSTRAINT_NOT_SATISFIED',
        'VecPack/VecUnpack argument out of range',
      ).atCode(definition, pc);
    if (operation === 'PackClosure') checkMask(unit, definition, pc, instruction);
  }
}

/** Undefined for an instruction that names nothing which could be generic. */
function needsTypeArguments(
  unit: Unit,
  { datatype, functionHandle }: Instruction,
): boolean | undefined {
  if (functionHandle !== undefined)
    return at(unit.functionHandles, functionHandle).typeParameters.length > 0;
  if (datatype !== undefined)
    return at(unit.datatypeHandles, datatype.handle).typeParameters.length > 0;
  return undefined;
}

function checkMask(unit: Unit, definition: number, pc: number, instruction: Instruction): void {
  const { parameters } = at(unit.functionHandles, instruction.functionHandle ?? 0);
  if (instruction.immediate >> BigInt(at(unit.signatures, parameters).length) !== 0n)
    throw new VerificationError('INVALID_CLOSURE_MASK').atCode(definition, pc);
}
