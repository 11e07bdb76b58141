import type { Instruction } from '../../loader';
import { illTyped } from '../../values';
import type { Step } from '../program';
import { arithmeticStep } from './arithmetic';
import { callClosureStep, callStep, packClosureStep } from './call';
import { branchStep, CONTROL, switchStep } from './control';
import { datatypeStep } from './datatype';
import { fieldStep, loadStep, localStep } from './local';
import { REFERENCE_AND_LOGIC, valueStep } from './logic';
import { vectorStep } from './vector';

/** The function that runs an instruction. */
export function stepOf(instruction: Instruction): Step {
  switch (instruction.form) {
    case 'plain': {
      if (instruction.integer !== undefined)
        return arithmeticStep(instruction.op, instruction.integer);
      const step = CONTROL.get(instruction.op) ?? REFERENCE_AND_LOGIC.get(instruction.op);
      if (step === undefined) throw illTyped(`has ${instruction.op} where it cannot be`);
      return step;
    }
    case 'value':
      return valueStep(instruction);
    case 'branch':
      return branchStep(instruction);
    case 'switch':
      return switchStep(instruction);
    case 'local':
      return localStep(instruction);
    case 'load':
      return loadStep(instruction);
    case 'field':
      return fieldStep(instruction);
    case 'call':
      return callStep(instruction);
    case 'packClosure':
      return packClosureStep(instruction);
    case 'callClosure':
      return callClosureStep();
    case 'datatype':
      return datatypeStep(instruction);
    case 'vector':
      return vectorStep(instruction);
  }
}
