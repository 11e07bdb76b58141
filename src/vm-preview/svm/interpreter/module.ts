import { base64 } from '@scure/base';
import { INTERPRETER } from './interpreter.generated';

/** What the AssemblyScript side exports. */
export interface Interpreter {
  /**
   * Runs from the address in PC for at most `fuel` instructions.
   *
   * @returns one of `layout.STATUS_*`
   */
  run(fuel: number): number;
}

let compiled: WebAssembly.Module | undefined;

/** An interpreter over a memory of its own. Compiles once; both steps are synchronous. */
export function createInterpreter(memory: WebAssembly.Memory): Interpreter {
  compiled ??= new WebAssembly.Module(base64.decode(INTERPRETER).slice());
  const { run } = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
  if (typeof run !== 'function') throw new Error('the interpreter does not export run');
  return { run: (fuel) => Number(run(fuel)) };
}
