/** The rules for loops in binaries up to version 5, which go by the order of the code (control_flow_v5.rs). */
import { at } from '../../loader/at';
import type { VerifierConfig } from '../config';
import { VerificationError } from '../errors';
import type { Instruction } from '../instruction';

interface Loop {
  readonly head: number;
  /** Offset of the last jump back to the head. */
  readonly lastContinue: number;
}

interface Jump {
  readonly from: number;
  readonly to: number;
}

export function checkLegacyLoops(
  instructions: readonly Instruction[],
  definition: number,
  config: VerifierConfig,
): void {
  const lastContinue = new Map<number, number>();
  for (const [from, instruction] of instructions.entries()) {
    const to = jumpTarget(instruction);
    if (to !== undefined && to <= from) lastContinue.set(to, from);
  }
  const refuse = (
    status: 'INVALID_LOOP_CONTINUE' | 'INVALID_LOOP_BREAK' | 'INVALID_LOOP_SPLIT',
    { from }: Jump,
  ): never => {
    throw new VerificationError(status).atCode(definition, from);
  };
  const jumps = (check: (jump: Jump, loop: Loop | undefined) => void): void =>
    eachJump(instructions, lastContinue, check);

  jumps((jump, loop) => {
    if (jump.to > jump.from) return;
    if (loop === undefined) throw missingLoop();
    if (jump.to !== loop.head) refuse('INVALID_LOOP_CONTINUE', jump);
  });
  jumps((jump, loop) => {
    if (jump.to <= jump.from || loop === undefined) return;
    if (jump.to > loop.lastContinue + 1) refuse('INVALID_LOOP_BREAK', jump);
  });
  const depths = loopDepths(instructions.length, lastContinue);
  jumps((jump, loop) => {
    const { from, to } = jump;
    const isBreak = loop !== undefined && to > loop.lastContinue;
    if (to <= from || isBreak) return;
    const after = at(depths, to) - (lastContinue.has(to) ? 1 : 0);
    if (at(depths, from) !== after) refuse('INVALID_LOOP_SPLIT', jump);
  });
  const tooDeep = depths.findIndex((depth) => depth > config.maxLoopDepth);
  if (tooDeep !== -1)
    throw new VerificationError('LOOP_MAX_DEPTH_REACHED').atCode(definition, tooDeep);
}

function jumpTarget({ operation, operand }: Instruction): number | undefined {
  return operation === 'Branch' || operation === 'BrTrue' || operation === 'BrFalse'
    ? operand
    : undefined;
}

/** Every jump with the innermost loop around it. */
function eachJump(
  instructions: readonly Instruction[],
  lastContinue: ReadonlyMap<number, number>,
  check: (jump: Jump, loop: Loop | undefined) => void,
): void {
  const loops: Loop[] = [];
  for (const [from, instruction] of instructions.entries()) {
    const last = lastContinue.get(from);
    if (last !== undefined) loops.push({ head: from, lastContinue: last });
    const to = jumpTarget(instruction);
    if (to === undefined) continue;
    check({ from, to }, loops.at(-1));
    if (to > from) continue;
    const loop = loops.at(-1);
    if (loop === undefined) throw missingLoop();
    if (from === loop.lastContinue) loops.pop();
  }
}

function loopDepths(length: number, lastContinue: ReadonlyMap<number, number>): readonly number[] {
  const ends = new Set(lastContinue.values());
  const depths: number[] = [];
  let depth = 0;
  for (let pc = 0; pc < length; pc++) {
    if (lastContinue.has(pc)) depth++;
    depths.push(depth);
    if (ends.has(pc)) depth--;
  }
  return depths;
}

function missingLoop(): VerificationError {
  return new VerificationError('UNKNOWN_INVARIANT_VIOLATION_ERROR', 'a jump back out of no loop');
}
