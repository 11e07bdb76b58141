import type { Instruction, MoveFunction } from '../loader';
import type { Frame } from './frame';
import type { Interpreter } from './interpreter';
import { stepOf } from './steps';

/** Runs one instruction. The frame's `pc` is already past it. */
export type Step = (machine: Interpreter, frame: Frame) => void;

/** A function's code as functions. */
export interface Program {
  readonly steps: readonly Step[];
  /** Opcode bytes by `pc`, for gas. */
  readonly bytes: Uint8Array;
}

const programs = new WeakMap<MoveFunction, Program>();

/** Made when the function is first run. */
export function programOf(declared: MoveFunction): Program {
  let program = programs.get(declared);
  if (program === undefined) {
    const instructions: readonly Instruction[] = declared.instructions;
    program = {
      steps: instructions.map(stepOf),
      bytes: Uint8Array.from(instructions, ({ byte }) => byte),
    };
    programs.set(declared, program);
  }
  return program;
}
